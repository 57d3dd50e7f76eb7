"""Which patient goes where: as short ways as possible in all, within the places there are and minimum shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import maximum_flow

from medalloc.allocation.highs import new_solver
from medalloc.errors import InputError, refused
from medalloc.priority.facilities import Facilities
from medalloc.priority.listing import WaitingList, prioritise, ranked
from medalloc.priority.rule import Minimum, Override, Rule
from medalloc.priority.waiting import Floats, Waiting
from medalloc.sentences import Sentence, counted, sentence

ENTRIES = 5_000_000
"""Pairs of patients and facilities beyond which it would take minutes. [count]"""


@dataclass(frozen=True, eq=False)
class Placement:
    """Who goes where, and how good that provably is."""

    found: WaitingList
    """Who gets a unit."""

    facilities: Facilities
    """Where there are places."""

    longest: float | None
    """Longest way that is asked of a patient."""

    facility: NDArray[np.int64]
    """Where each goes, -1 for nowhere, shape (n_patients,)."""

    status: Literal["optimal", "best found"]
    """Whether no other placement of these patients has shorter ways in all."""

    value: float
    """Sum of all ways."""

    bound: float
    """What no placement of these patients can be below."""

    @property
    def gap(self) -> float:
        """How far the sum may be above the least, at most. [fraction]."""
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / self.value

    def taken(self) -> NDArray[np.int64]:
        """Return how many each facility takes, shape (n_facilities,). [patients]."""
        return np.bincount(self.facility[self.facility >= 0], minlength=len(self.facilities.names))


def place(
    waiting: Waiting,
    rule: Rule,
    units: int,
    overrides: Sequence[Override],
    facilities: Facilities,
    longest: float | None = None,
) -> Placement:
    """Give units by a rule to patients who can be taken somewhere, and send them where ways are shortest in all.

    Who cannot be placed beside those before them gets none, and the next one does.

    Parameters
    ----------
    waiting, rule, units, overrides
        As in `prioritise`; no more units are given than there are places.
    longest : float, optional
        Longest way that is asked of a patient.

    Raises
    ------
    InputError
        As in `prioritise`, or if the minimum shares cannot be kept.
    """
    way = facilities.way
    if way.size > ENTRIES:
        raise refused(
            "{patients} patients and {facilities} facilities are too many to place at once; the most is {most} pairs.",
            patients=way.shape[0],
            facilities=way.shape[1],
            most=ENTRIES,
        )
    reach = np.isfinite(way) & (facilities.places > 0) & (way <= (np.inf if longest is None else longest))
    able = np.asarray(reach.any(axis=1))
    units = min(units, int(facilities.places.sum()))
    given = {each.patient for each in overrides if each.decision == "give"}
    first, known = np.array([each not in given for each in waiting.patients]), ranked(waiting, rule)
    while True:
        found = prioritise(waiting, rule, units, overrides, able=able, known=known)
        served = np.flatnonzero(found.served)
        served = served[np.lexsort((found.rank[served], first[served]))]
        fits = placeable(reach[served], facilities.places)
        if fits.all():
            break
        able[served[~fits]] = False
    facility, status, value, bound = _shortest(found, np.sort(served), facilities, reach)
    return Placement(found, facilities, longest, facility, status, value, bound)


def placeable(reach: NDArray[np.bool_], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return who can be placed, each if that is possible beside all before them who are.

    Parameters
    ----------
    reach : ndarray of shape (n_patients, n_facilities)
        Where each may go.
    places : ndarray of shape (n_facilities,)
        How many each takes.
    """
    patterns, kind = np.unique(reach, axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    fits, shut, at = np.zeros(len(kind), dtype=bool), np.zeros(len(patterns), dtype=bool), 0
    while at < len(kind):
        free = at + np.flatnonzero(~shut[kind[at:]])
        low, high = 0, len(free)
        while low < high:
            middle = (low + high + 1) // 2
            counts = np.bincount(kind[np.concatenate([np.flatnonzero(fits), free[:middle]])], minlength=len(patterns))
            low, high = (middle, high) if _flow(patterns, counts, places) == counts.sum() else (low, middle - 1)
        fits[free[:low]] = True
        if low == len(free):
            break
        # whose like did not fit will not fit later: there are only fewer places
        shut[kind[free[low]]] = True
        at = int(free[low]) + 1
    return fits


def _flow(patterns: NDArray[np.bool_], counts: NDArray[np.int64], places: NDArray[np.int64]) -> int:
    """Return how many of these patients by where they may go can be placed."""
    kinds, facilities = patterns.shape
    kind, there = np.nonzero(patterns)
    start = np.concatenate([np.zeros(kinds, dtype=np.int64), 2 + kind, 2 + kinds + np.arange(facilities)])
    end = np.concatenate([2 + np.arange(kinds), 2 + kinds + there, np.ones(facilities, dtype=np.int64)])
    capacity = np.concatenate([counts, counts[kind], places]).astype(np.int32)
    nodes = 2 + kinds + facilities
    return int(maximum_flow(csr_array((capacity, (start, end)), shape=(nodes, nodes)), 0, 1).flow_value)


def _shortest(
    found: WaitingList, served: NDArray[np.intp], facilities: Facilities, reach: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], Literal["optimal", "best found"], float, float]:
    """Place all of these patients; those who are alike but for their rank are one flow."""
    facility = np.full(len(found.rank), -1)
    if not served.size:
        return facility, "optimal", 0.0, 0.0
    groups = [found.waiting.factor(each.who)[served] > 0 for each in found.rule.minimums]
    ways = np.where(reach, facilities.way, np.inf)[served]
    profile = np.column_stack([ways, *groups])
    kinds, kind, counts = np.unique(profile, axis=0, return_inverse=True, return_counts=True)
    kind, shape = kind.reshape(-1), (len(counts), len(facilities.names))
    row, column = np.nonzero(np.isfinite(kinds[:, : shape[1]]))
    cost = kinds[row, column]
    matrix, lower, upper = _limits(found.rule, kinds[:, shape[1] :], counts, facilities.places, (row, column))
    solver = new_solver(mip_rel_gap=0.0, mip_abs_gap=0.0)
    solver.passModel(_program(cost, counts[row], matrix, lower, upper, whole=len(groups) > 1))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise InputError(_impossible(found, groups, facilities))
    flow = np.zeros(shape, dtype=np.int64)
    flow[row, column] = np.rint(solver.getSolution().col_value)
    info = solver.getInfo()
    bound = info.mip_dual_bound if len(groups) > 1 else info.objective_function_value
    for each in range(shape[0]):
        alike = served[kind == each]
        alike = alike[np.argsort(found.rank[alike])]
        nearest = np.argsort(kinds[each, : shape[1]], kind="stable")
        facility[alike] = np.repeat(nearest, flow[each, nearest])
    value = float(facilities.way[served, facility[served]].sum())
    proved = value <= bound + 1e-6 * max(1.0, value)
    return facility, "optimal" if proved else "best found", value, value if proved else float(bound)


def _limits(
    rule: Rule,
    member: Floats,
    counts: NDArray[np.int64],
    places: NDArray[np.int64],
    arcs: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> tuple[csr_array, Floats, Floats]:
    """Return the rows: everybody goes somewhere, nowhere are too many, and groups have their share of places."""
    row, column = arcs
    kinds, facilities, arc = len(counts), len(places), np.arange(len(row))
    of_kind = csr_array((np.ones(len(row)), (row, arc)), shape=(kinds, len(row)))
    at = csr_array((np.ones(len(row)), (column, arc)), shape=(facilities, len(row)))
    least = [_share(each, places) for each in rule.minimums]
    in_group = [at * member[row, place] for place in range(len(rule.minimums))]
    matrix = csr_array(vstack([of_kind, at, *in_group], format="csr"))
    lower = np.concatenate([counts, np.zeros(facilities), *least]).astype(np.float64)
    upper = np.concatenate([counts, places, *(np.full(facilities, np.inf) for _ in least)]).astype(np.float64)
    return matrix, lower, upper


def _share(of: Minimum, places: NDArray[np.int64]) -> Floats:
    """Return how many places of each facility a group must have at least."""
    found: Floats = np.ceil(of.share * places - 1e-9)
    return found


def _program(
    cost: Floats, most: NDArray[np.int64], matrix: csr_array, lower: Floats, upper: Floats, *, whole: bool
) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = cost, np.zeros(len(cost)), most.astype(np.float64)
    program.row_lower_, program.row_upper_ = lower, upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.num_row_, program.a_matrix_.num_col_ = matrix.shape
    program.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    program.a_matrix_.index_ = matrix.indices.astype(np.int32)
    program.a_matrix_.value_ = np.asarray(matrix.data, dtype=np.float64)
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
    return program


def _impossible(found: WaitingList, groups: Sequence[NDArray[np.bool_]], facilities: Facilities) -> Sentence:
    """Return that the minimum shares cannot be kept, with what each would take."""
    said = [
        counted(
            "“{who}”: {needed} place of facilities is for this group, and those in it who get a unit are {have}",
            "“{who}”: {needed} places of facilities are for this group, and those in it who get a unit are {have}",
            "needed",
            who=each.who.sentence,
            needed=int(_share(each, facilities.places).sum()),
            have=int(group.sum()),
        )
        for each, group in zip(found.rule.minimums, groups, strict=True)
    ]
    parts = {f"part{place}": each for place, each in enumerate(said)}
    inner = Sentence("; ".join(f"{{{name}}}" for name in parts), parts)
    return sentence(
        "The minimum shares cannot be kept with these places: {shares}. Ask for a smaller share, allow longer travel, "
        "or reserve units for the group.",
        shares=inner,
    )
