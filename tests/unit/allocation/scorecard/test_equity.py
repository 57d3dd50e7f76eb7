import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.scorecard.equity import can_be_compared, equity
from medalloc.allocation.solving import solve
from medalloc.errors import InputError


def planned(size: int, seed: int = 0):
    draw = np.random.default_rng(seed)
    regions = tuple(f"R{place}" for place in range(size))
    caps = draw.uniform(1, 60, (size, 1))
    return solve(Problem(regions, draw.uniform(5, 50, size), (Resource("beds", stock=12 * size),), cap=caps))


@given(st.integers(2, 40), st.integers(0, 99))
def test_everybody_is_in_exactly_one_group(size, seed):
    plan, draw = planned(size, seed), np.random.default_rng(seed)
    found = equity(plan, "income", draw.normal(size=size))
    assert sum(found.regions) == size
    assert found.demand.sum() == pytest.approx(plan.problem.demand.sum())
    assert found.served.sum() == pytest.approx(plan.served.sum())
    # the curve climbs from nothing to everything
    assert found.curve[0].tolist() == [0, 0] and found.curve[-1] == pytest.approx([1, 1])
    assert (np.diff(found.curve, axis=0) >= -1e-12).all()


def test_many_numbers_are_cut_into_fifths_of_the_people():
    found = equity(planned(100), "income", np.arange(100.0))
    assert len(found.groups) == 5
    assert found.demand == pytest.approx(np.full(5, found.demand.mean()), rel=0.1)
    assert str(found.groups[0]).startswith("0 to ")


def test_the_other_order_of_the_numbers_turns_index_and_groups_round():
    plan, income = planned(30), np.arange(30.0)
    there, back = equity(plan, "income", income), equity(plan, "income", -income)
    assert there.index == pytest.approx(-back.index)
    assert ("high numbers" in str(there.said)) == ("low numbers" in str(back.said))


def test_text_is_taken_as_groups_and_blank_cells_are_said_to_be_left_out():
    found = equity(planned(5), "province", ["east", "west", None, "east", "west"])
    assert [str(each) for each in found.groups] == ["east", "west"] and found.regions == (2, 2)
    assert found.index is None and "“province” is blank: 1." in str(found.said)


def test_a_column_that_tells_nothing_apart_is_refused():
    with pytest.raises(InputError, match="does not tell regions apart"):
        equity(planned(3), "province", ["east"] * 3)
    assert not can_be_compared(pd.Series(["east"] * 3))
    assert not can_be_compared(pd.Series(["a", "b", "c"]))
    assert can_be_compared(pd.Series([1, 2, None]))
