"""The step that fills each missing number by what the other columns say of it."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.preparation.kind import FILLS, Columns, Options, StepKind, count, which
from medalloc.preparation.state import ColumnState, JointOperation, known_numbers, numbers_of
from medalloc.preparation.steps.filling import MARKS, is_part
from medalloc.sentences import Sentence, counted, sentence

LEARNT_ROWS = 20_000
"""Rows that regressions are learnt from, at most, evenly spread. [count]"""


@dataclass(frozen=True)
class Regression:
    """What the other columns say of one column, all of them standardised."""

    column: int
    """Place of the column."""

    weights: tuple[float, ...]
    """Of each column, 0 at the column's own place."""

    intercept: float
    """What is added."""


@dataclass(frozen=True)
class FillByOthers:
    """Fill missing numbers by regressions on the other columns, one after the other and round by round."""

    shift: tuple[float, ...]
    """What becomes 0, in each column's unit."""

    unit: tuple[float, ...]
    """What becomes 1 above it, in each column's unit."""

    start: tuple[float, ...]
    """What stands in before the first regression, in each column's unit."""

    low: tuple[float, ...]
    """Smallest value that is filled in, in each column's unit."""

    high: tuple[float, ...]
    """Largest value that is filled in, in each column's unit."""

    regressions: tuple[Regression, ...]
    """In the order in which they are done."""

    indicators: tuple[bool, ...]
    """For each column, whether a yes-or-no column says where a value was filled in."""

    def apply_together(self, states: tuple[ColumnState, ...]) -> tuple[ColumnState, ...]:
        """Return the columns after the step."""
        cells = np.column_stack([numbers_of(state) for state in states])
        missing = np.isnan(cells)
        shift, unit = np.array(self.shift), np.array(self.unit)
        scaled = (np.where(missing, np.array(self.start), cells) - shift) / unit
        low, high = (np.array(self.low) - shift) / unit, (np.array(self.high) - shift) / unit
        for each in self.regressions:
            rows = missing[:, each.column]
            if rows.any():
                found = scaled[rows] @ np.array(each.weights) + each.intercept
                scaled[rows, each.column] = np.clip(found, low[each.column], high[each.column])
        filled = np.where(missing, scaled * unit + shift, cells)
        return tuple(
            replace(state, values=filled[:, place], flags=state.marked(indicator=self.indicators[place]))
            for place, state in enumerate(states)
        )


def _learn(options: Options, states: tuple[ColumnState, ...]) -> JointOperation:
    known = [known_numbers(state) for state in states]
    shift = np.array([each.mean() if len(each) else 0.0 for each in known])
    unit = np.array([(each.std() if len(each) else 0.0) or 1.0 for each in known])
    start, low, high = (
        np.array([reduce(each) if len(each) else 0.0 for each in known]) for reduce in (np.median, np.min, np.max)
    )
    cells = np.column_stack([numbers_of(state) for state in states])
    taken = cells[:: max(1, len(cells) // LEARNT_ROWS)]
    regressions = _regressions((taken - shift) / unit, options["rounds"]) if len(states) > 1 else ()
    marked = tuple(bool(options["indicator"] and is_part(state)) for state in states)
    plain = [tuple(map(float, each)) for each in (shift, unit, start, low, high)]
    return FillByOthers(plain[0], plain[1], plain[2], plain[3], plain[4], regressions, marked)


def _regressions(scaled: NDArray[np.float64], rounds: int) -> tuple[Regression, ...]:
    """Learn from standardised columns with scikit-learn's imputer; those without any value say nothing."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    there = np.flatnonzero(~np.isnan(scaled).all(axis=0))
    if len(there) < 2 or not np.isnan(scaled[:, there]).any():
        return ()
    low, high = np.nanmin(scaled[:, there], axis=0), np.nanmax(scaled[:, there], axis=0)
    # a constant column has no room between its limits, which the imputer refuses
    room = np.where(high > low, 0.0, 1.0)
    imputer = IterativeImputer(
        max_iter=rounds, initial_strategy="median", random_state=0, min_value=low - room, max_value=high + room
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        imputer.fit(scaled[:, there])
    made = []
    for each in imputer.imputation_sequence_:
        weights = np.zeros(scaled.shape[1])
        weights[there[each.neighbor_feat_idx]] = each.estimator.coef_
        column, intercept = int(there[each.feat_idx]), float(each.estimator.intercept_)
        made.append(Regression(column, tuple(map(float, weights)), intercept))
    return tuple(made)


def _says(options: Options, columns: Columns) -> Sentence:
    if options["indicator"]:
        return counted(
            "In {columns}, fill missing numbers by regressions on the other ones, in up to {rounds} round, and add a "
            "column that says where they were missing.",
            "In {columns}, fill missing numbers by regressions on the other ones, in up to {rounds} rounds, and add a "
            "column that says where they were missing.",
            "rounds",
            columns=which(columns),
            rounds=options["rounds"],
        )
    return counted(
        "In {columns}, fill missing numbers by regressions on the other ones, in up to {rounds} round.",
        "In {columns}, fill missing numbers by regressions on the other ones, in up to {rounds} rounds.",
        "rounds",
        columns=which(columns),
        rounds=options["rounds"],
    )


KINDS = {
    "impute_iterative": StepKind(
        sentence("Fill missing numbers by the other columns"),
        "numeric",
        _says,
        {"rounds": count(sentence("Rounds, at most"), 10), "indicator": MARKS},
        learn_together=_learn,
        turn=FILLS,
    )
}
"""Steps that fill by other columns, by name."""
