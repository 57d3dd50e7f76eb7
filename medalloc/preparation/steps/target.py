"""The step that replaces text by the mean need of the rows that hold it, learned without looking at a row's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.preparation.kind import ENCODES, FEWEST, Options, StepKind, number, which
from medalloc.preparation.state import ColumnState, Operation, Target, levels_of
from medalloc.sentences import counted, sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MeanNeed:
    """The mean need of rows with the same text."""

    means: Mapping[str, float]
    """For each text that enough rows held, drawn towards the mean of all."""

    otherwise: float
    """Mean of all rows, for other text."""

    crossed: Floats | None = field(default=None, compare=False, repr=False)
    """For rows that were learned from, what the other folds say of their text; shape (rows of the table,)."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step; rows a model learns from are told what rows of other folds say."""
        if state.learning is not None and self.crossed is not None:
            return replace(state, values=self.crossed[state.learning], levels=None)
        by_level = [self.means.get(str(level), self.otherwise) for level in levels_of(state)]
        return replace(state, values=np.array([*by_level, np.nan])[state.values], levels=None)


def _learn(options: Options, state: ColumnState, target: Target | None) -> Operation:
    if target is None or state.learning is None:
        raise refused("Column “{column}”: target_encode needs to know who was in need.", column=state.name)
    rows, codes = state.learning, np.asarray(state.values, dtype=np.int64)
    values = target.values[rows]
    weights = np.ones(len(rows)) if target.weights is None else target.weights[rows]
    fold = target.fold[rows]
    width, extra = len(levels_of(state)), float(options["extra_rows"])
    means, enough, otherwise = _means(codes, values, weights, width, extra)
    crossed = np.full(len(target.values), np.nan)
    for number_ in np.unique(fold):
        inside = fold == number_
        others, _, of_all = _means(codes[~inside], values[~inside], weights[~inside], width, extra)
        # the last place answers for missing text, which stays missing
        crossed[rows[inside]] = np.append(np.where(np.isnan(others), of_all, others), np.nan)[codes[inside]]
    kept = {str(level): float(means[place]) for place, level in enumerate(levels_of(state)) if enough[place]}
    return MeanNeed(kept, otherwise, crossed)


def _means(
    codes: NDArray[np.int64], values: Floats, weights: Floats, width: int, extra: float
) -> tuple[Floats, NDArray[np.bool_], float]:
    """Return the mean of each level as if it had more average rows, which have rows enough, and the mean of all."""
    known = codes >= 0
    rows = np.bincount(codes[known], minlength=width)
    weight = np.bincount(codes[known], weights=weights[known], minlength=width)
    total = np.bincount(codes[known], weights=(weights * values)[known], minlength=width)
    of_all = float(np.average(values, weights=weights)) if weights.sum() else 0.0
    enough = (rows >= FEWEST) & (weight > 0)
    means = np.full(width, np.nan)
    means[enough] = (total[enough] + extra * of_all) / (weight[enough] + extra)
    return means, enough, of_all


KINDS = {
    "target_encode": StepKind(
        sentence("Replace text by the mean need of its rows"),
        "text",
        lambda options, columns: counted(
            "Replace text in {columns} by the mean need of the training rows that hold it, as if {extra_rows} average "
            "row more held it; for a training row, by the mean of rows in other folds, so that no row sees its own "
            "need. Text of fewer than {fewest} rows and text never seen before become the mean of all.",
            "Replace text in {columns} by the mean need of the training rows that hold it, as if {extra_rows} average "
            "rows more held it; for a training row, by the mean of rows in other folds, so that no row sees its own "
            "need. Text of fewer than {fewest} rows and text never seen before become the mean of all.",
            "extra_rows",
            columns=which(columns),
            fewest=FEWEST,
            **options,
        ),
        {"extra_rows": number(sentence("Average rows that are added"), 10.0)},
        learn=_learn,
        turn=ENCODES,
        becomes="numeric",
        needs_target=True,
        faults=lambda options, _columns: (
            [] if options["extra_rows"] >= 0 else [sentence("option “extra_rows” must not be below 0.")]
        ),
    )
}
"""Steps that learn from need, by name."""
