"""Points, bands, time waiting and the lottery: in which order patients come."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.priority.rule import Reserve, Rule
from medalloc.priority.waiting import Floats, Waiting
from medalloc.sentences import Sentence, sentence

ALIKE = 9
"""Decimals from which on scores are the same; only rounding tells them apart. [count]"""


@dataclass(frozen=True, eq=False)
class Order:
    """In which order patients come, and by what; patients in the table's order."""

    points: Floats
    """What each term gives, shape (n_patients, n_terms). [points]"""

    score: Floats
    """Their sum, shape (n_patients,). [points]"""

    band: NDArray[np.int64]
    """How many bands begin at or below the score, shape (n_patients,)."""

    waited: Floats
    """By which equals are ordered, the highest first; NaN where that is not known. Shape (n_patients,)."""

    lot: Floats
    """What each drew, from 0 to 1, the lowest first; shape (n_patients,)."""

    places: NDArray[np.intp]
    """Places of patients in the table, the first one first, shape (n_patients,)."""

    notes: tuple[Sentence, ...]
    """What had to be decided."""

    def alike(self, one: int, other: int, rule: Rule) -> bool:
        """Whether nothing but the lottery decides between two patients."""
        same = self.band[one] == self.band[other] if rule.bands else abs(self.score[one] - self.score[other]) < 1e-9
        waited = (self.waited[one], self.waited[other])
        return bool(same and (waited[0] == waited[1] or np.isnan(waited).all()))


def order(waiting: Waiting, rule: Rule) -> Order:
    """Return in which order patients come by a rule, before any reserve.

    Raises
    ------
    InputError
        With every column that is not there or does not hold what the rule needs.
    """
    _require_columns(waiting, rule)
    factors = {each: waiting.factor(each) for term in rule.terms for each in term.factors}
    shape = (len(waiting.patients), len(rule.terms))
    points = np.empty(shape)
    for place, term in enumerate(rule.terms):
        points[:, place] = term.points * np.prod([factors[each] for each in term.factors], axis=0)
    missing = {each.column: int(np.isnan(found).sum()) for each, found in factors.items()}
    points = np.where(np.isnan(points), 0.0, points)
    score = np.round(points.sum(axis=1), ALIKE)
    band = np.searchsorted(np.array(rule.bands), score, side="right").astype(np.int64)
    waited = waiting.waited(rule.waiting) if rule.waiting else np.zeros(shape[0])
    if rule.waiting:
        missing[rule.waiting] = int(np.isnan(waited).sum())
    lot = lots(waiting.patients, rule.seed)
    key = (band if rule.bands else score) * (-1 if rule.lowest_first else 1)
    places = np.lexsort((lot, np.where(np.isnan(waited), np.inf, -waited), -key))
    return Order(points, score, band, waited, lot, places, tuple(_notes(waiting, missing, rule)))


def lots(patients: tuple[str, ...], seed: int) -> Floats:
    """Return what each patient draws, from 0 to 1: of the seed and the patient alone, whoever else waits.

    Examples
    --------
    >>> both, one = lots(("A", "B"), 1), lots(("B",), 1)
    >>> bool(both[1] == one[0]), bool((both < 1).all())
    (True, True)
    """
    drawn = (hashlib.sha256(f"{seed}:{each}".encode(errors="backslashreplace")).digest()[:6] for each in patients)
    return np.array([int.from_bytes(each) for each in drawn], dtype=np.float64) / 2.0**48


def members(waiting: Waiting, reserves: tuple[Reserve, ...]) -> NDArray[np.bool_]:
    """Return who is in which category, shape (n_patients, n_categories); who lacks the cell is in none."""
    found = np.empty((len(waiting.patients), len(reserves)), dtype=bool)
    for place, each in enumerate(reserves):
        found[:, place] = waiting.factor(each.who) > 0
    return found


def _require_columns(waiting: Waiting, rule: Rule) -> None:
    have = waiting.table.frame.columns
    if missing := [each for each in rule.columns if each not in have]:
        columns = ", ".join(map(str, have))
        raise InputError(
            *(
                sentence(
                    "The rule “{rule}” needs the column “{column}”; the table has: {columns}.",
                    rule=rule.name,
                    column=each,
                    columns=columns,
                )
                for each in missing
            )
        )


def _notes(waiting: Waiting, missing: dict[str, int], rule: Rule) -> Iterator[Sentence]:
    """Yield what had to be decided."""
    for each in dict.fromkeys(each for term in rule.terms for each in term.factors):
        if each.how == "days since" and not isinstance(each.value, str):
            day = pd.Timestamp(0) + pd.Timedelta(days=float(np.nanmax(waiting.days(each.column))))
            said = sentence("Days since “{column}” are counted up to its newest date, {day}.")
            yield replace(said, values={"column": each.column, "day": day.date().isoformat()})
    if rule.waiting and waiting.is_of_dates(rule.waiting):
        yield sentence("Among equals, the earliest date in “{column}” comes first.", column=rule.waiting)
    elif rule.waiting:
        yield sentence("Among equals, the largest number in “{column}” comes first.", column=rule.waiting)
    for column, count in missing.items():
        if count and column == rule.waiting:
            yield sentence(
                "Patients without “{column}”: {count}; among equals they come last.", column=column, count=count
            )
        elif count:
            yield sentence(
                "Patients without “{column}”: {count}; they get 0 points for it.", column=column, count=count
            )
