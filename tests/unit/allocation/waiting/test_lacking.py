import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.resource import HOURS_A_YEAR
from medalloc.allocation.solving import solve
from medalloc.allocation.waiting.lacking import units_lacking
from medalloc.allocation.waiting.waits import waits

REGIONS = ("North", "South", "East")


def plan_of(loads, existing, stock=0.0, stay=48.0):
    beds = Resource("beds", stock, requirement=0.01, length_of_stay=stay)
    demand = np.array(loads) * HOURS_A_YEAR / stay
    return solve(Problem(REGIONS, demand, (beds,), existing=np.array([existing]).T, policy="today"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 60), min_size=3, max_size=3),
    st.lists(st.integers(0, 80), min_size=3, max_size=3),
    st.floats(0, 24),
    st.floats(0, 0.999),
)
def test_what_is_lacking_keeps_the_promise_and_one_unit_less_breaks_it(loads, existing, target, level):
    plan = plan_of(loads, existing)
    found = units_lacking(plan, target_wait=target, service_level=level)["beds"]
    assert (found.lacking == np.maximum(0, found.enough - existing)).all()
    demand = plan.problem.demand

    def kept(units):
        return waits(demand, 48, units, target_wait=target).share_longer <= (1 - level) * (1 + 1e-9)

    assert kept(found.enough).all()
    some = found.enough > 0
    fewer = waits(demand, 48, np.maximum(0, found.enough - 1), target_wait=target)
    assert (fewer.is_endless | (fewer.share_longer > (1 - level) * (1 - 1e-9)))[some].all()


def test_what_one_region_has_too_many_of_is_not_held_against_what_another_lacks():
    found = units_lacking(plan_of([8, 8, 0], [100, 0, 0]))["beds"]
    assert found.lacking.tolist() == [0, found.enough[1], 0]


def test_what_is_lacking_is_said_for_none_one_and_several_regions():
    def said(existing):
        return str(units_lacking(plan_of([8, 4, 0], existing))["beds"].said(REGIONS))

    assert said([99, 99, 0]) == "Every region has enough beds for 95% to wait no longer than 4 hours."
    assert said([99, 0, 0]) == "For 95% to wait no longer than 4 hours, South needs 8 more beds."
    assert "2 regions need 22 more beds, most of all North with 14." in said([0, 0, 0])


def test_without_a_length_of_stay_nothing_is_lacking():
    assert units_lacking(solve(Problem(("A",), [10], (Resource("beds", 5),)))) == {}


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_a_stricter_promise_never_takes_fewer_units(level):
    plan = plan_of([8, 4, 0.5], [0, 0, 0])
    loose = units_lacking(plan, service_level=level)["beds"].enough
    assert (units_lacking(plan, service_level=level + 0.09)["beds"].enough >= loose).all()
