from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.scenarios import Change, Scenario, apply, without_effect

BASE = Problem(
    ("North", "South"), [30, 10], (Resource("beds", stock=20, unit_cost=1), Resource("nurses", stock=30)), budget=50
)


def idle(*changes, base=BASE):
    scenario = Scenario("test", changes)
    return [str(each) for each in without_effect(solve(base), solve(apply(base, scenario)), scenario)]


def test_a_floor_below_what_everybody_has_is_said_to_do_nothing():
    assert idle(Change("floor", value=0.2)) == [
        "No effect: floor: 0.2. Every region is already covered to 50% or more."
    ]


def test_more_of_what_is_left_over_is_said_to_do_nothing():
    assert idle(Change("stock", factor=2, resource="nurses")) == [
        "No effect: stock (nurses): times 2. The plan leaves some of it in stock."
    ]
    assert idle(Change("budget", factor=2)) == ["No effect: budget: times 2. The plan spends 20."]


def test_a_change_to_what_it_was_already_is_said_to_be_one():
    assert idle(Change("demand", factor=1)) == ["No effect: demand: +0%. That is what it was already."]


def test_a_rule_that_gives_the_same_plan_is_said_to():
    assert idle(Change("policy", value="proportional")) == [
        "No effect: policy: Proportional to demand. The plan stays the same."
    ]


def test_a_change_with_an_effect_is_not_reported():
    assert idle(Change("stock", factor=2, resource="beds")) == []
    assert idle(Change("demand", factor=2)) == []


def test_two_changes_that_work_only_together_are_not_reported():
    both = Problem(("A",), [10], (Resource("beds", 5), Resource("nurses", 5)))
    assert idle(Change("stock", value=8, resource="beds"), Change("stock", value=8, resource="nurses"), base=both) == []


def test_a_change_that_alone_leaves_no_plan_has_an_effect():
    assert idle(Change("floor", value=1.0), Change("stock", factor=2), Change("demand", factor=1)) == [
        "No effect: demand: +0%. That is what it was already."
    ]


def test_a_price_that_is_set_where_every_region_has_its_own_is_said_to_do_nothing():
    own = replace(BASE, region_cost=[[1, np.nan], [2, np.nan]])
    (found,) = idle(Change("unit_cost", value=9, resource="beds"), base=own)
    assert found == "No effect: unit cost (beds): 9. Every region has its own."
    assert not idle(Change("unit_cost", factor=9, resource="beds"), base=own)


@pytest.mark.parametrize("amount", [0.0, 1e-3, 1e9])
def test_plans_that_differ_by_rounding_alone_stay_the_same_and_others_do_not(amount):
    base = solve(BASE)
    small = replace(base, units=amount * base.units, served=amount * base.served)
    scenario = Scenario("test", (Change("stock", factor=2, resource="nurses"),))
    for off, said in ((1e-11, 1), (1e-4, 0)):
        beyond = off * max(1.0, amount)
        other = replace(small, units=small.units + beyond, problem=apply(BASE, scenario))
        assert len(without_effect(small, other, scenario)) == said
