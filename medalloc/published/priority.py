"""Published numbers about who is first: a score of organ allocation, and reserves small enough for a hand."""

from functools import partial

import numpy as np
import pandas as pd

from medalloc.priority.choosing import NONE, choose
from medalloc.priority.rule import Factor, Rule, Term
from medalloc.priority.scoring import order
from medalloc.priority.waiting import waiting_of
from medalloc.published.case import Case
from medalloc.tables.table import Source, Table

TRANSPLANTR = "R package transplantr, examples of raw_epts; formula of the OPTN guide to EPTS"
PATHAK = "Pathak, Sönmez, Ünver and Yenmez, Management Science 2023, definition of smart reserves; by hand"

_AGE, _DIABETES, _PRIOR = Factor("age", "above", 25), Factor("diabetes"), Factor("prior_transplant")
_YEARS, _NEVER = Factor("dialysis_years", "log"), Factor("dialysis_years", "is", 0)
EPTS = Rule(
    "Raw EPTS",
    terms=tuple(
        Term(points, factors)
        for points, factors in (
            (0.047, (_AGE,)),
            (-0.015, (_DIABETES, _AGE)),
            (0.398, (_PRIOR,)),
            (-0.237, (_DIABETES, _PRIOR)),
            (0.315, (_YEARS,)),
            (-0.099, (_DIABETES, _YEARS)),
            (0.130, (_NEVER,)),
            (-0.348, (_DIABETES, _NEVER)),
            (1.262, (_DIABETES,)),
        )
    ),
    lowest_first=True,
)
"""Estimated post-transplant survival of a kidney candidate: fewer points, longer expected survival."""


def _raw_epts(*candidate: float) -> float:
    columns = ("age", "diabetes", "prior_transplant", "dialysis_years")
    frame = pd.DataFrame([candidate], columns=list(columns))
    return float(order(waiting_of(Table(frame, {}, Source("candidate", ""))), EPTS).score[0])


SCORES = tuple(
    Case(
        "Raw EPTS",
        f"age {age}, diabetes {diabetes}, prior transplant {prior}, years on dialysis {years}",
        expected,
        digits,
        TRANSPLANTR,
        partial(_raw_epts, age, diabetes, prior, years),
    )
    for age, diabetes, prior, years, expected, digits in (
        (23.5838467, 0, 1, 5.0814511, 0.9666517, 7),
        (52.8788501, 0, 0, 0, 1.440306, 6),
        (22.5242984, 1, 1, 6.8747433, 1.868751, 6),
    )
)
"""Points by declared columns and coefficients."""


def _reserved(eligible: tuple[tuple[int, ...], ...], reserved: tuple[int, ...]) -> float:
    who = np.array(eligible, dtype=bool)
    return float((choose(who, np.array(reserved), 0, open_first=False, keep_unfilled=True).category >= 0).sum())


def _last_served(open_first: bool) -> float:
    who = np.array([[1], [0], [1], [0]], dtype=bool)
    category = choose(who, np.array([1]), 1, open_first=open_first, keep_unfilled=False).category
    return float(np.flatnonzero(category != NONE).max() + 1)


RESERVES = (
    Case(
        "Smart reserves: patients given reserved units",
        "1 unit each for A and B; the first patient in both, the second in A only",
        2,
        9,
        PATHAK,
        partial(_reserved, ((1, 1), (1, 0)), (1, 1)),
    ),
    *(
        Case(
            f"Reserves: rank of the last patient served, {name}",
            "1 reserved and 1 open unit; patients 1 and 3 of 4 in the category",
            expected,
            9,
            PATHAK,
            partial(_last_served, open_first),
        )
        for name, open_first, expected in (("minimum guarantee", False, 2), ("over and above", True, 3))
    ),
)
"""Units for a category."""
