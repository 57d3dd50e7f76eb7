"""Published numbers about waiting: Erlang's formulas, staffing, waiting lists."""

from functools import partial

from medalloc.allocation.waiting.erlang import erlang_b, erlang_c
from medalloc.allocation.waiting.staffing import staffing
from medalloc.allocation.waiting.waiting_list import (
    relief_capacity,
    target_capacity,
    target_queue_size,
    waiting_list_pressure,
)
from medalloc.published.case import Case

ERLANG = "A. K. Erlang, 1917"
SUITE = "public test suite of an Erlang C library, recomputed"
TABLE = "Abstract Micro Systems, Erlang Library, load that a share turned away allows"
PYWORKFORCE = "pyworkforce, test_erlang.py"
NHS = "NHS England; R package NHSRwaitinglist, tests/testthat"


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]


def _waits(load: float, servers: int) -> float:
    return _number(erlang_c(load, servers))


def _turned_away(load: float, servers: int) -> float:
    return _number(erlang_b(load, servers))


def _staffed(field: str, most_occupied: float) -> float:
    found = staffing(100 / 30, 3, target_wait=0.33, service_level=0.8, most_occupied=most_occupied)
    return _number(getattr(found, field))


def _queue(demand: float, wait: float, factor: float) -> float:
    return _number(target_queue_size(demand, wait, factor=factor))


def _relief(demand: float, queue: float, target: float, weeks: float) -> float:
    return _number(relief_capacity(demand, queue, target, weeks))


def _pressure(wait: float, target: float) -> float:
    return _number(waiting_list_pressure(wait, target))


WAITING = (
    tuple(
        Case("Erlang C", f"{servers} servers, load {load}", expected, digits, source, partial(_waits, load, servers))
        for servers, load, expected, digits, source in (
            (10, 8, 0.4091801508, 10, ERLANG),
            (3, 2, 4 / 9, 12, ERLANG),
            (2, 1, 1 / 3, 12, ERLANG),
            (10, 6, 0.1012992, 7, ERLANG),
            (132, 123, 0.3211, 4, SUITE),
            (12421, 12345, 0.3812, 4, SUITE),
        )
    )
    + tuple(
        Case(
            "Erlang B",
            f"{servers} servers, load {load}",
            expected,
            digits,
            ERLANG,
            partial(_turned_away, load, servers),
        )
        for servers, load, expected, digits in ((190, 200, 0.08869684386923561, 14), (10, 20, 0.5379631686, 10))
    )
    + tuple(
        Case(
            "Erlang B", f"{servers} servers, load {load}", expected, digits, TABLE, partial(_turned_away, load, servers)
        )
        for servers, load, expected, digits in ((17, 9.65160, 0.01, 6), (17, 12.4613, 0.05, 5), (25, 16.1245, 0.01, 5))
    )
)
"""Probability of waiting, and of being turned away."""

STAFFING = tuple(
    Case(
        f"Staffing: {name}",
        f"100 calls in 30 min of 3 min, 80% within 0.33 min, at most {100 * most:.0f}% busy",
        expected,
        digits,
        PYWORKFORCE,
        partial(_staffed, field, most),
    )
    for most, numbers in ((1.0, (14, 0.888, 0.714, 0.174)), (0.7, (15, 0.941, 0.667, 0.102)))
    for (name, field, digits), expected in zip(
        (
            ("servers", "servers", 0),
            ("service level", "service_level", 3),
            ("occupancy", "occupancy", 3),
            ("probability of waiting", "share_waiting", 3),
        ),
        numbers,
        strict=True,
    )
)
"""Fewest servers for a service level."""

LISTS = (
    *(
        Case(
            "Target queue size",
            f"{demand} a week, target wait {wait} weeks, factor {factor}",
            expected,
            9,
            NHS,
            partial(_queue, demand, wait, factor),
        )
        for demand, wait, factor, expected in ((30, 52, 4, 390), (30, 50, 4, 375), (30, 50, 6, 250))
    ),
    *(
        Case(
            "Relief capacity",
            f"{demand} a week, queue {queue}, target {target}, {weeks} weeks",
            expected,
            6,
            NHS,
            partial(_relief, demand, queue, target, weeks),
        )
        for demand, queue, target, weeks, expected in (
            (30, 1200, 390, 26, 61.153846),
            (33, 800, 200, 30, 53),
            (35, 250, 100, 15, 45),
        )
    ),
    Case(
        "Target capacity",
        "30 a week, target wait 52 weeks, factor 3, cv of demand 1.1 and of capacity 1.2",
        30.076442,
        6,
        NHS,
        lambda: _number(target_capacity(30, 52, factor=3, cv_demand=1.1, cv_capacity=1.2)),
    ),
    *(
        Case(
            "Waiting list pressure",
            f"mean wait {wait}, target {target}",
            expected,
            8,
            NHS,
            partial(_pressure, wait, target),
        )
        for wait, target, expected in ((63, 52, 2.42307692), (42, 24, 3.5), (55, 50, 2.2))
    ),
)
"""Arithmetic of waiting lists."""
