"""The smallest change of a patient that would put the model's answer on the other side of a threshold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from medalloc.need.explanation.ranges import ColumnRange, as_numbers, column_range, is_missing, plain
from medalloc.need.explanation.subject import Floats, Subject
from medalloc.sentences import Sentence, sentence, together

PAIR_VALUES = 30
"""Values of a column that are tried in pairs; of more, evenly many from small to large."""


@dataclass(frozen=True)
class Step:
    """One column that is changed."""

    column: str
    """The column."""

    before: Any
    """What the patient has; missing as None."""

    after: Any
    """A value that occurs among the training rows."""

    usual: bool = True
    """Whether at least 1 % of the training rows lie on either side of that value; True for text."""


@dataclass(frozen=True)
class SmallestChange:
    """What would turn the answer, or that nothing would."""

    steps: tuple[Step, ...]
    """One or two columns that are changed; empty where nothing that was tried crosses the threshold."""

    size: float
    """How large the change is: in standard deviations for a number, 1 for another level, the root of the squares of
    both for two columns; not a number (NaN) without steps. [1]"""

    probability: float
    """What the model would say then, or says now without steps. [fraction]"""

    to_need: bool
    """Whether the change would bring the patient above the threshold, or below it."""

    tried: int
    """Changes that were tried. [count]"""

    every_pair: bool
    """Whether every pair of values was tried, where one column alone does not do it; of more than 30 values of a
    column, 30 are tried in pairs."""


def smallest_change(
    subject: Subject, cells: pd.DataFrame, changeable: Sequence[str], *, threshold: float = 0.5
) -> SmallestChange:
    """Find the smallest change of columns that may change which crosses the threshold.

    Every value of the training rows is tried in every column alone. Only if none of them crosses are two columns
    changed together.

    Parameters
    ----------
    threshold : float
        Probability above which a patient is called in need.
    """
    now = float(subject.probability(cells)[0])
    to_need = not now > threshold
    columns = [_candidates(subject, cells, name) for name in subject.features if name in set(changeable)]
    tried, best = 0, None
    for trials in (
        [_Trials((one,)) for one in columns],
        [_Trials((a.thinned(), b.thinned())) for a, b in combinations(columns, 2)],
    ):
        for each in trials:
            said = each.ask(subject, cells)
            tried += len(said)
            size = np.where((said > threshold) == to_need, each.size, np.inf)
            place = int(np.argmin(size)) if len(size) else -1
            if place >= 0 and size[place] < (np.inf if best is None else best.size):
                best = SmallestChange(each.steps(place), float(size[place]), float(said[place]), to_need, 0, True)
        if best is not None:
            break
    if best is not None:
        return replace(best, tried=tried, every_pair=len(best.steps) == 1 or _all_few(columns))
    return SmallestChange((), float("nan"), now, to_need, tried, len(columns) < 2 or _all_few(columns))


def change_in_words(found: SmallestChange, threshold: float, write: Callable[[Any], object] = str) -> Sentence:
    """Say the smallest change, or that there is none.

    Parameters
    ----------
    threshold : float
        Probability above which a patient is called in need. [fraction]
    write : callable
        From a cell to a text or number that a sentence can hold.
    """
    if not found.steps:
        return sentence(
            "No change of the columns marked changeable crosses {threshold} (changes tried: {tried}).",
            threshold=threshold,
            tried=found.tried,
        )
    turned = [_in_words(step, write) for step in found.steps]
    both = turned[0] if len(turned) == 1 else sentence("{first} and {second}", first=turned[0], second=turned[1])
    what = (
        sentence(
            "Smallest change that would put this patient above {threshold}: {change}.", threshold=threshold, change=both
        )
        if found.to_need
        else sentence(
            "Smallest change that would take this patient to {threshold} or below: {change}.",
            threshold=threshold,
            change=both,
        )
    )
    said = [what, sentence("The model would then say {probability}.", probability=round(found.probability, 3))]
    extreme = [step.column for step in found.steps if not step.usual]
    if extreme:
        said.append(
            sentence(
                "Fewer than 1 in 100 training patients have so extreme a value of {columns}.",
                columns=", ".join(extreme),
            )
        )
    return together(said)


def _in_words(step: Step, write: Callable[[Any], object]) -> Sentence:
    before = sentence("not known") if step.before is None else write(step.before)
    return sentence("{column} from {before} to {after}", column=step.column, before=before, after=write(step.after))


@dataclass(frozen=True, eq=False)
class _Candidates:
    """Values that one column may be changed to, and how large each change is."""

    column: str
    before: Any
    values: tuple[Any, ...]
    size: Floats
    inside: tuple[Any, Any]

    def thinned(self) -> "_Candidates":
        """Return at most `PAIR_VALUES` of the values, evenly many from small to large."""
        if len(self.values) <= PAIR_VALUES:
            return self
        kept = np.linspace(0, len(self.values) - 1, PAIR_VALUES).round().astype(np.int64)
        return replace(self, values=tuple(self.values[place] for place in kept), size=self.size[kept])

    def step(self, place: int) -> Step:
        """Return the change to one of the values."""
        after, (low, high) = self.values[place], self.inside
        return Step(self.column, self.before, after, low is None or bool(low <= after <= high))


class _Trials:
    """Every combination of the candidates of one or two columns."""

    def __init__(self, columns: tuple[_Candidates, ...]) -> None:
        self.columns = columns
        grid = np.indices([len(each.values) for each in columns])
        self.places = [each.ravel() for each in grid]
        self.size = np.sqrt(sum(each.size[place] ** 2 for each, place in zip(self.columns, self.places, strict=True)))

    def ask(self, subject: Subject, cells: pd.DataFrame) -> Floats:
        """Return the probability of every combination, shape (combinations,). [fraction]."""
        if not len(self.size):
            return np.empty(0)
        many = cells.iloc[np.zeros(len(self.size), dtype=np.int64)].reset_index(drop=True)
        for each, places in zip(self.columns, self.places, strict=True):
            many = subject.with_values(many, each.column, [each.values[place] for place in places])
        return subject.probability(many)

    def steps(self, place: int) -> tuple[Step, ...]:
        """Return one combination as steps."""
        return tuple(each.step(places[place]) for each, places in zip(self.columns, self.places, strict=True))


def _candidates(subject: Subject, cells: pd.DataFrame, column: str) -> _Candidates:
    about, before = column_range(subject, column), cells[column].iloc[0]
    values = tuple(value for value in about.levels if is_missing(before) or value != before)
    return _Candidates(column, plain(before), values, _sizes(about, before, values), about.inside)


def _sizes(about: ColumnRange, before: Any, values: tuple[Any, ...]) -> Floats:
    if about.kind not in ("number", "date") or not values:
        return np.ones(len(values))
    # what is not known is taken for typical, so that its change has a size
    start = about.typical if is_missing(before) else before
    numbers = as_numbers(pd.Series([start, *values]))
    return np.asarray(np.abs(numbers[1:] - numbers[0]) / about.spread)


def _all_few(columns: Sequence[_Candidates]) -> bool:
    return all(len(each.values) <= PAIR_VALUES for each in columns)
