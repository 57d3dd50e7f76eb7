"""Published numbers about inequality, fair shares and stock under uncertainty."""

from functools import partial

import numpy as np

from medalloc.allocation.measures import (
    atkinson,
    concentration_index,
    equal_share_level,
    gini,
    mean_log_deviation,
    theil,
)
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import newsvendor
from medalloc.published.case import Case

INEQ = "R package ineq, data of ten incomes"
PYSAL = "pysal/inequality, test_atkinson.py"
KESHAV = "S. Keshav, An Engineering Approach to Computer Networking, 1997"
WORLD_BANK = "O'Donnell et al., Analyzing Health Equity Using Household Survey Data, World Bank 2008, table 8.1"
SNYDER = "Snyder and Shen, Fundamentals of Supply Chain Theory, example 4.3; stockpyl"

INCOMES = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
FIVE = (10, 20, 30, 40, 50)
BIRTHS = (29939, 28776, 26528, 24689, 19739)
DEATHS = (154.7, 152.9, 119.5, 86.9, 54.3)

INEQUALITY = (
    Case("Gini", "ten incomes", 0.4620911, 7, INEQ, lambda: gini(INCOMES)),
    Case("Atkinson 0.5", "ten incomes", 0.1796591, 7, INEQ, lambda: atkinson(INCOMES, 0.5)),
    Case("Atkinson 1", "ten incomes", 0.3518251, 7, INEQ, lambda: atkinson(INCOMES, 1)),
    Case("Theil T", "ten incomes", 0.3623412, 7, "recomputed from the formula", lambda: theil(INCOMES)),
    Case(
        "Mean log deviation",
        "ten incomes",
        0.4335946,
        7,
        "recomputed from the formula",
        lambda: mean_log_deviation(INCOMES),
    ),
    *(
        Case(
            f"Atkinson {aversion}: equal-share level",
            "10, 20, 30, 40, 50",
            expected,
            digits,
            PYSAL,
            partial(equal_share_level, FIVE, aversion),
        )
        for aversion, expected, digits in ((0.5, 28.105398, 6), (1, 26.0517108, 7))
    ),
    *(
        Case(f"Atkinson {aversion}", "10, 20, 30, 40, 50", expected, digits, PYSAL, partial(atkinson, FIVE, aversion))
        for aversion, expected, digits in ((0.5, 0.06315, 5), (1, 0.1316096, 7))
    ),
    Case(
        "Concentration index",
        "deaths under five by wealth, India 1982-92",
        -0.169417,
        6,
        WORLD_BANK,
        lambda: concentration_index(DEATHS, np.arange(5), BIRTHS),
    ),
)
"""How unequal."""


def _share(place: int, demand: tuple[float, ...], weight: tuple[float, ...], capacity: float) -> float:
    names = tuple(f"user {number}" for number in range(1, len(demand) + 1))
    asked = Problem(
        names,
        np.array(demand),
        (Resource("capacity", capacity),),
        population=np.array(weight),
        policy=Policy("per-head"),
    )
    return float(solve(asked).served[place])


FAIR_SHARES = tuple(
    Case(
        f"Max-min fair share of user {place + 1}",
        f"demands {', '.join(map(str, demand))}; weights {', '.join(map(str, weight))}; capacity {capacity}",
        expected,
        9,
        KESHAV,
        partial(_share, place, demand, weight, capacity),
    )
    for demand, weight, capacity, shares in (
        ((2, 2.6, 4, 5), (1, 1, 1, 1), 10, (2, 2.6, 2.7, 2.7)),
        ((4, 2, 10, 4), (2.5, 4, 0.5, 1), 16, (4, 2, 6, 4)),
    )
    for place, expected in enumerate(shares)
)
"""Who gets how much of one capacity."""


def _stock(field: str, given: tuple[float, float, float, float]) -> float:
    return float(getattr(newsvendor(*given), field))


STOCK = tuple(
    Case(
        f"Newsvendor: {name}",
        f"holding {given[0]}, shortage {given[1]}, demand Normal({given[2]}, {given[3]})",
        expected,
        10,
        SNYDER,
        partial(_stock, field, given),
    )
    for given, numbers in (
        ((0.18, 0.70, 50, 8), (56.60395592743389, 1.9976051931766445)),
        ((2, 18, 120, 10), (132.815515655446, 35.09966638649737)),
    )
    for (name, field), expected in zip((("level", "level"), ("cost", "cost")), numbers, strict=True)
)
"""How much to keep when demand is uncertain."""
