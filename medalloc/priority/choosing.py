"""Who gets a unit where some are reserved: the smart reserve rule, by the structure of the categories.

Patients of whom the same categories say that they are theirs are alike but for their priority, so that what limits a
set of them is, for each union of categories, that no more are in these alone than these have units (Hall). Of the
unions that are full, the largest says who can no longer be taken; it grows at most once a category.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

Counts = NDArray[np.int64]
OPEN, NONE = -1, -2
"""In place of a category: an open unit, and none at all."""


@dataclass(frozen=True, eq=False)
class Choice:
    """Who gets which unit, patients in the order of their priority."""

    category: Counts
    """Category whose unit each gets, `OPEN`, or `NONE`, shape (n_patients,)."""

    unfilled: Counts
    """Units of each category that nobody in it takes, shape (n_categories,). [units]"""

    opened: int
    """Of these, how many were open to all. [units]"""


def choose(
    eligible: NDArray[np.bool_], reserved: Counts, open_units: int, *, open_first: bool, keep_unfilled: bool
) -> Choice:
    """Give units to patients by the smart reserve rule.

    Parameters
    ----------
    eligible : ndarray of shape (n_patients, n_categories)
        Whether a patient is in a category; patients in the order of their priority, the first one first.
    reserved : ndarray of shape (n_categories,)
        Units of each category. [units]
    open_units : int
        Units that are open to all. [units]
    open_first : bool
        Whether these are given before the reserved ones, otherwise after them.
    keep_unfilled : bool
        Whether reserved units that too few in a category take stay where they are; otherwise they are open to all.

    Returns
    -------
    Choice
        As many reserved units as possible go to patients of their category. Nobody gets one who is not in it; no unit
        stays while somebody waits who may have it; nobody is passed over for one of lower priority who takes a unit
        that they could have; and who rises in priority does not lose a unit.

    References
    ----------
    .. [1] Pathak, Sonmez, Unver and Yenmez, Fair allocation of vaccines, ventilators and antiviral treatments,
       Management Science 2023.
    .. [2] Aziz and Brandl, Efficient and fair healthcare rationing, Journal of Artificial Intelligence Research 81,
       2024: the rule that rejects in reverse gives the same patients where categories share one priority.

    Examples
    --------
    >>> who = np.array([[False], [True], [False], [True]])
    >>> choose(who, np.array([1]), 1, open_first=False, keep_unfilled=False).category.tolist()
    [-1, 0, -2, -2]
    """
    patients, categories = eligible.shape
    kind = eligible @ (1 << np.arange(categories))
    unions = np.arange(1 << categories)
    units = (unions[:, None] >> np.arange(categories) & 1) @ reserved
    # of those who are in a category outside a union, all can have a reserved unit, and of the others what it has
    most = patients - subset_sums(np.bincount(kind, minlength=len(unions))) + units
    first = np.zeros(patients, dtype=bool)
    if open_first:
        # whoever takes an open unit must not be missed by the reserves
        first = _taken(kind, most - most.min(), open_units, outside=True)
    reserve = ~first & (kind > 0)
    reserve[reserve] = _taken(kind[reserve], units, patients, outside=False)
    category = np.full(patients, NONE)
    category[reserve] = _spread(kind[reserve], reserved)
    category[first] = OPEN
    unfilled = reserved - np.bincount(category[reserve], minlength=categories)
    opened = 0 if keep_unfilled else int(unfilled.sum())
    rest = np.flatnonzero(category == NONE)[: open_units - int(first.sum()) + opened]
    category[rest] = OPEN
    return Choice(category, unfilled, opened)


def subset_sums(counts: Counts) -> Counts:
    """Return, for each union of categories, how many patients are in none but these.

    Examples
    --------
    >>> subset_sums(np.array([1, 2, 3, 4])).tolist()
    [1, 3, 4, 10]
    """
    sums = counts.reshape((2,) * (len(counts).bit_length() - 1)).copy()
    for axis in range(sums.ndim):
        sums = np.cumsum(sums, axis=axis)
    return sums.reshape(-1)


def _taken(kind: Counts, room: Counts, most: int, *, outside: bool) -> NDArray[np.bool_]:
    """Take patients in their order, each unless a limit is full.

    Parameters
    ----------
    kind : ndarray of shape (n_patients,)
        Categories of each, as bits.
    room : ndarray of shape (2 ** n_categories,)
        How many each union of categories has room for.
    outside : bool
        Whether a union is used by those who are in a category outside it, rather than by those who are in no such one.
    """
    unions = np.arange(len(room))

    def used(of: Counts) -> Counts:
        counts = np.bincount(of, minlength=len(room))
        return len(of) - subset_sums(counts) if outside else subset_sums(counts)

    taken, at, left = np.zeros(len(kind), dtype=bool), 0, room.copy()
    while at < len(kind) and most > 0:
        # full unions taken together, or what they share, are full, too
        together = np.bitwise_and if outside else np.bitwise_or
        shut = ((unions & ~together.reduce(unions[left <= 0])) == 0) ^ outside
        free = (at + np.flatnonzero(~shut[kind[at:]]))[:most]
        # how many of those who are free fit before the next limit is full
        low, high = 0, len(free)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if (used(kind[free[:middle]]) <= left).all() else (low, middle - 1)
        taken[free[:low]] = True
        left -= used(kind[free[:low]])
        most -= low
        at = len(kind) if low == len(free) else int(free[low])
    return taken


def _spread(kind: Counts, reserved: Counts) -> Counts:
    """Return a category for each of some patients who all fit; among alike, the first declared go to the first."""
    categories = len(reserved)
    if not len(kind):
        return kind
    kinds, counts = np.unique(kind, return_counts=True)
    source, sink, nodes = 0, 1, 2 + len(kinds) + categories
    arcs = [(source, 2 + place, count) for place, count in enumerate(counts)]
    arcs += [
        (2 + place, 2 + len(kinds) + each, count)
        for place, (bits, count) in enumerate(zip(kinds, counts, strict=True))
        for each in range(categories)
        if bits >> each & 1
    ]
    arcs += [(2 + len(kinds) + each, sink, units) for each, units in enumerate(reserved)]
    start, end, capacity = (np.array(each, dtype=np.int32) for each in zip(*arcs, strict=True))
    flow = maximum_flow(csr_array((capacity, (start, end)), shape=(nodes, nodes)), source, sink).flow.toarray()
    category = np.full(len(kind), NONE)
    for place, bits in enumerate(kinds):
        sizes = np.maximum(flow[2 + place, 2 + len(kinds) :], 0)
        category[kind == bits] = np.repeat(np.arange(categories), sizes)
    return category
