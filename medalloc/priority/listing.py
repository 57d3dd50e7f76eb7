"""The list: who gets a unit by a rule, what people decided otherwise, and what the rule alone had said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError, require
from medalloc.priority.choosing import NONE, OPEN, Choice, choose
from medalloc.priority.rule import Override, Rule
from medalloc.priority.scoring import Order, members, order
from medalloc.priority.waiting import Waiting
from medalloc.sentences import counted, sentence

WITHHELD, NOWHERE = -3, -4
"""In place of a category: people decided that a patient gets none, and no facility can take them."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """In which order patients come, before anybody gets a unit."""

    order: Order
    """By what."""

    rank: NDArray[np.int64]
    """The first is 1, overrides aside, shape (n_patients,)."""

    member: NDArray[np.bool_]
    """Who is in which category, shape (n_patients, n_categories)."""


def ranked(waiting: Waiting, rule: Rule) -> Ranked:
    """Return in which order patients come by a rule, and who is in its categories."""
    come = order(waiting, rule)
    rank = np.empty(len(come.places), dtype=np.int64)
    rank[come.places] = np.arange(1, len(rank) + 1)
    return Ranked(come, rank, members(waiting, rule.reserves))


@dataclass(frozen=True, eq=False)
class WaitingList:
    """Who gets a unit, and by what; patients in the table's order."""

    waiting: Waiting
    """Who waits."""

    rule: Rule
    """What decides."""

    units: int
    """How many there are. [units]"""

    overrides: tuple[Override, ...]
    """What people decided otherwise."""

    order: Order
    """In which order patients come."""

    rank: NDArray[np.int64]
    """The first is 1, overrides aside, shape (n_patients,)."""

    member: NDArray[np.bool_]
    """Who is in which category, shape (n_patients, n_categories)."""

    category: NDArray[np.int64]
    """Category whose unit each gets, `OPEN`, `NONE`, `WITHHELD` or `NOWHERE`, shape (n_patients,)."""

    by_rule: NDArray[np.bool_]
    """Who had got a unit without overrides, shape (n_patients,)."""

    choice: Choice
    """The same with what is left, in the order of the rule."""

    @property
    def served(self) -> NDArray[np.bool_]:
        """Who gets a unit, shape (n_patients,)."""
        return self.category >= OPEN

    @property
    def open_units(self) -> int:
        """Units for nobody in particular. [units]."""
        return self.units - sum(each.units for each in self.rule.reserves) + self.choice.opened

    def override(self, place: int) -> Override | None:
        """Return what people decided about the patient in a row."""
        name = self.waiting.patients[place]
        return next((each for each in self.overrides if each.patient == name), None)


def prioritise(
    waiting: Waiting,
    rule: Rule,
    units: int,
    overrides: Sequence[Override] = (),
    *,
    able: NDArray[np.bool_] | None = None,
    known: Ranked | None = None,
) -> WaitingList:
    """Give units to those who are first by a rule.

    Parameters
    ----------
    units : int
        How many there are. [units]
    overrides : sequence of Override
        What people decide otherwise: those whom they give a unit come first of all, before the reserves are filled.
    able : ndarray of shape (n_patients,), optional
        Who can be given one at all; everybody when left out.
    known : Ranked, optional
        What `ranked` gives, where it is known already.

    Raises
    ------
    InputError
        If the rule does not suit the table, its reserves are more than there is, or an override is about nobody.

    Examples
    --------
    >>> import pandas as pd
    >>> from medalloc.priority.rule import Factor, Term
    >>> from medalloc.priority.waiting import Waiting
    >>> from medalloc.tables.table import Source, Table
    >>> table = Table(pd.DataFrame({"urgency": [1, 3, 2]}), {}, Source("three", ""))
    >>> rule = Rule("Urgency", terms=(Term(1, (Factor("urgency"),)),))
    >>> prioritise(Waiting(table), rule, 2).served.tolist()
    [False, True, True]
    """
    _require_fit(waiting, rule, units, overrides)
    by = ranked(waiting, rule) if known is None else known
    come, rank, member = by.order, by.rank, by.member
    can = np.ones(len(rank), dtype=bool) if able is None else able
    among = come.places[can[come.places]]
    choice, category = _chosen(rule, units, member, among)
    by_rule = category >= OPEN
    if overrides:
        decided = {each.patient: each.decision for each in overrides}
        of = np.array([decided.get(each, "") for each in waiting.patients])
        first, rest = np.flatnonzero(of == "give"), among[of[among] == ""]
        choice, category = _chosen(rule, units, member, np.concatenate([first[can[first]], rest]))
        category[of == "withhold"] = WITHHELD
        _require_given(waiting, (of == "give") & (category == NONE))
    category[(category == NONE) & ~can] = NOWHERE
    return WaitingList(waiting, rule, units, tuple(overrides), come, rank, member, category, by_rule, choice)


def _chosen(
    rule: Rule, units: int, member: NDArray[np.bool_], places: NDArray[np.intp]
) -> tuple[Choice, NDArray[np.int64]]:
    reserved = np.array([each.units for each in rule.reserves], dtype=np.int64)
    choice = choose(
        member[places],
        reserved,
        units - int(reserved.sum()),
        open_first=rule.open_first,
        keep_unfilled=rule.keep_unfilled,
    )
    category = np.full(len(member), NONE)
    category[places] = choice.category
    return choice, category


def _require_fit(waiting: Waiting, rule: Rule, units: int, overrides: Sequence[Override]) -> None:
    faults = []
    if units < 0:
        faults.append(sentence("There are {units} units; give a whole number of at least 0.", units=units))
    elif (reserved := sum(each.units for each in rule.reserves)) > units:
        faults.append(
            counted(
                "The reserves hold {reserved} unit, but there are {units}; reserve fewer, or give out more.",
                "The reserves hold {reserved} units, but there are {units}; reserve fewer, or give out more.",
                "reserved",
                reserved=reserved,
                units=units,
            )
        )
    known, named = set(waiting.patients), [each.patient for each in overrides]
    faults += [
        sentence("An override is about patient “{patient}”, who is not on the list.", patient=each)
        for each in dict.fromkeys(named)
        if each not in known
    ]
    faults += [
        sentence("Two overrides are about patient “{patient}”; keep one.", patient=each)
        for each in dict.fromkeys(named)
        if named.count(each) > 1
    ]
    require(*faults)


def _require_given(waiting: Waiting, lacking: NDArray[np.bool_]) -> None:
    if lacking.any():
        raise InputError(
            *(
                sentence(
                    "The override for patient “{patient}” cannot be kept: no unit is left that is not reserved for "
                    "others, or no facility within reach has a place.",
                    patient=waiting.patients[each],
                )
                for each in np.flatnonzero(lacking)
            )
        )
