"""Who waits, who is served and at what need, by group; and who would lose places if cost were taken for need."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.groups.grouping import group_labels
from medalloc.priority.listing import WaitingList
from medalloc.priority.waiting import Floats, Waiting
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class GroupOutcome:
    """What a list means for one group."""

    group: str
    """Its name; empty for patients of whom the group is not known."""

    waiting: int
    """Who wait. [patients]"""

    served: int
    """Of these, who get a unit. [patients]"""

    need_waiting: float | None
    """Mean need of those who wait; None where nothing says it."""

    need_served: float | None
    """Mean need of those who get a unit; None where nothing says it, or nobody does."""

    need_left: float | None
    """Mean need of those who get none; None where nothing says it, or nobody is left."""

    @property
    def share(self) -> float:
        """Of those who wait, how many get a unit. [fraction]."""
        return self.served / self.waiting


def by_group(found: WaitingList, column: str, need: str | None) -> tuple[GroupOutcome, ...]:
    """Return what a list means for each group of a column.

    Parameters
    ----------
    column : str
        Column of groups; numbers with many values are cut into four groups.
    need : str, optional
        Column that says how much each needs it.

    Raises
    ------
    InputError
        If a column is not there, has too many groups, or no numbers of need.
    """
    codes, names = group_labels(found.waiting.table, column)
    needs = None if need is None else found.waiting.numbers(need)
    return tuple(
        GroupOutcome(
            name,
            int((codes == code).sum()),
            int((found.served & (codes == code)).sum()),
            *(_mean(needs, (codes == code) & who) for who in (np.True_, found.served, ~found.served)),
        )
        for code, name in enumerate(names)
        if (codes == code).any()
    )


def _mean(needs: Floats | None, of: NDArray[np.bool_]) -> float | None:
    known = None if needs is None else needs[of & ~np.isnan(needs)]
    return None if known is None or not len(known) else float(known.mean())


@dataclass(frozen=True)
class LabelShift:
    """How many places a group has if one label orders the list, and if another does."""

    group: str
    """Its name."""

    waiting: int
    """Who wait. [patients]"""

    by_need: float
    """Places, expected over the lottery among equals, if the list goes by need. [units]"""

    by_cost: float
    """The same if it goes by use or cost. [units]"""


def label_shift(waiting: Waiting, units: int, need: str, cost: str, column: str) -> tuple[LabelShift, ...]:
    """Return who loses places if a label of use or cost stands for one of need; reserves aside.

    Parameters
    ----------
    units : int
        How many there are. [units]
    need, cost : str
        Columns by which the list would go, the highest first; who has no number comes last.

    Raises
    ------
    InputError
        If a column is not there or holds no numbers.
    """
    codes, names = group_labels(waiting.table, column)
    places = [chances(waiting.numbers(each), units) for each in (need, cost)]
    return tuple(
        LabelShift(name, int((codes == code).sum()), *(float(each[codes == code].sum()) for each in places))
        for code, name in enumerate(names)
        if (codes == code).any()
    )


def chances(values: Floats, units: int) -> Floats:
    """Return how likely each gets a unit if the highest values come first and the lottery decides between equals.

    Examples
    --------
    >>> chances(np.array([1.0, 3.0, 1.0]), 2).tolist()
    [0.5, 1.0, 0.5]
    """
    key = np.where(np.isnan(values), -np.inf, values)
    if units >= len(key):
        return np.ones(len(key))
    if units <= 0:
        return np.zeros(len(key))
    cut = np.sort(key)[-units]
    above, equal = key > cut, key == cut
    found: Floats = above + equal * (units - above.sum()) / equal.sum()
    return found


def shift_in_words(shifts: tuple[LabelShift, ...], need: str, cost: str) -> Sentence:
    """Say who loses places if cost stands for need."""
    lost = sum(max(0.0, each.by_need - each.by_cost) for each in shifts)
    if lost < 0.5:
        return sentence(
            "No group would lose a place if the list went by “{cost}” rather than “{need}”.", cost=cost, need=need
        )
    most = max(shifts, key=lambda each: (each.by_need - each.by_cost, each.group))
    return sentence(
        "If the list went by “{cost}” rather than “{need}”, so many places would go to other groups: {lost}. “{group}” "
        "would lose most: {after} rather than {before}.",
        cost=cost,
        need=need,
        lost=round(lost),
        group=most.group,
        before=round(most.by_need),
        after=round(most.by_cost),
    )
