"""The worst off first: levels by hand where there is one resource."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.levels import highest_level, level_by_level
from medalloc.allocation.program.model import model_of
from medalloc.allocation.solving import solve


def asked(demand, stock, *, cap=None, existing=None, whole=False):
    """Ask for beds that may be moved, so that the general program answers."""
    n = len(demand)
    beds = Resource("beds", stock, whole=whole, movable=0.5)
    cap, existing = cap or [99] * n, existing or [0] * n
    columns = {"cap": [[each] for each in cap], "existing": [[each] for each in existing]}
    return Problem(tuple("ABCDE"[:n]), demand, (beds,), policy="max-min", **columns)


@settings(max_examples=30, deadline=None)
@given(demand=st.lists(st.integers(0, 30), min_size=1, max_size=5), stock=st.integers(0, 60), data=st.data())
def test_the_highest_level_shares_the_stock_by_what_is_counted(demand, stock, data):
    counted = data.draw(st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=len(demand), max_size=len(demand)))
    model = model_of(asked(demand, stock))
    for share in (None, np.array(counted)):
        wanted = np.dot(demand, np.ones(len(demand)) if share is None else share)
        assert highest_level(model, share=share) == pytest.approx(min(1.0, stock / wanted) if wanted else 1.0)


def test_where_nobody_is_in_need_all_are_covered():
    amounts, lowest, highest = level_by_level(model_of(asked([0, 0], 5)), math.inf)
    assert (lowest, highest) == (1, 1) and not amounts.any()


@pytest.mark.parametrize(("stock", "level"), [(8, 0.2), (80, 1.0)])
@pytest.mark.parametrize("whole", [True, False])
def test_the_lowest_level_of_the_plan_is_the_highest_there_can_be_and_proved(stock, level, whole):
    _, lowest, highest = level_by_level(model_of(asked([10, 30], stock, whole=whole)), math.inf)
    assert (lowest, highest) == pytest.approx((level, level))


@pytest.mark.parametrize(
    ("cap", "served"), [([2, 9, 99], [2, 6, 12]), ([2, 4, 99], [2, 4, 14]), ([2, 4, 9], [2, 4, 9])]
)
def test_whoever_is_held_back_stays_and_the_others_go_on_up(cap, served):
    model = model_of(asked([10, 10, 20], 20, cap=cap))
    assert level_by_level(model, math.inf)[0][model.layout.served] == pytest.approx(served)
    assert solve(model.problem).served == pytest.approx(served)


@pytest.mark.parametrize("stock", [0, 3, 7, 8, 9])
@pytest.mark.parametrize("place", [0, 2])
def test_a_region_that_can_get_nothing_changes_nothing_for_the_others(stock, place):
    """Whole units, of which the program shares what is left above the lowest level."""
    demand, cap = [10, 20], [99, 99]
    alone = solve(asked(demand, stock, whole=True)).served.tolist()
    beside = solve(asked([*demand[:place], 5, *demand[place:]], stock, cap=[*cap[:place], 0, *cap[place:]], whole=True))
    assert np.delete(beside.served, place).tolist() == alone
    assert sum(alone) == stock


def test_what_whole_units_are_left_above_the_lowest_level_goes_to_the_worse_off():
    assert solve(asked([10, 10, 10], 8, cap=[1, 99, 99], whole=True)).served.tolist() in ([1, 3, 4], [1, 4, 3])
    assert solve(asked([10, 40], 10, existing=[1, 0], whole=True)).served.tolist() == [2, 9]


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e5])
def test_however_few_are_in_need_in_a_region_it_counts_like_the_others(size):
    model = model_of(asked([0.5 * size, 20 * size], 4.1 * size, cap=[1e9, 1e9]))
    amounts, lowest, highest = level_by_level(model, math.inf)
    assert (lowest, highest) == pytest.approx((0.2, 0.2))
    assert amounts[model.layout.served] == pytest.approx([0.1 * size, 4 * size])
    assert highest_level(model) == pytest.approx(0.2)
