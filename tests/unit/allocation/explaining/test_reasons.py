import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.marginal import binding
from medalloc.allocation.explaining.reasons import reason, reasons
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve


def why(demand, *, stock=10.0, **changes):
    regions = tuple("ABCDE"[: len(demand)])
    resources = changes.pop("resources", (Resource("beds", stock, unit_cost=1),))
    return [str(each) for each in reasons(solve(Problem(regions, demand, resources, **changes)))]


def limits(demand, **changes):
    """Return what lies between the units and the next unit."""
    return [each.partition(": ")[2].partition(". One more")[0] for each in why(demand, **changes)]


def limits_of(plan):
    """Return the same of a plan."""
    return [str(each).partition(": ")[2].partition(". One more")[0].rstrip(".") for each in reasons(plan)]


SPENT = ["the stock of beds is used up and the budget is spent"]


def test_full_coverage_and_no_demand_need_no_excuse():
    assert why([4, 0, 3], existing=[[0], [0], [5]]) == [
        "Gets 4 beds: fully covered.",
        "Nobody is in need here.",
        "Gets nothing: fully covered by what is already there.",
    ]


def test_a_reason_says_the_units_the_limit_and_what_one_more_unit_would_serve_here_and_where_it_serves_most():
    rates = {"region_requirement": [[1.0], [0.5]], "value": [1, 5], "common_floor": 0.3}
    assert why([10, 10], stock=7, **rates) == [
        "Gets 3 beds: its floor of 30% binds. One more unit of beds would serve 1 here, fewer than the 2 in B.",
        "Gets 4 beds: the stock of beds is used up. One more unit of beds would serve 2 here, and nowhere more.",
    ]


def test_a_stock_of_which_there_never_was_any_is_not_said_to_be_used_up():
    both = (Resource("beds", 0), Resource("nurses", 4))
    plan = solve(Problem(("A", "B"), [10, 10], both, existing=[[2, 0], [1, 0]]))
    assert all("there is no stock of beds" in str(each) for each in reasons(plan))
    assert str(binding(plan)[0]) == "There is no stock of beds."
    nothing = solve(Problem(("A",), [10], (Resource("beds", 0), Resource("nurses", 0))))
    assert str(reasons(nothing)[0]).startswith("Gets nothing: there is no stock of beds and nurses.")


def test_one_more_unit_of_what_is_not_short_alone_serves_nobody():
    both = (Resource("beds", 4), Resource("nurses", 4))
    assert why([10], resources=both) == [
        "Gets 4 beds and 4 nurses: the stocks of beds and nurses are used up."
        " One more unit of one resource alone would serve nobody anywhere."
    ]


def test_a_region_that_cannot_take_one_more_unit_names_where_it_would_serve_most():
    assert why([10, 20], stock=12, cap=[[2], [np.inf]])[0] == (
        "Gets 2 beds: its cap is reached (beds). One more unit of beds would serve nobody here, but 1 in B."
    )


def test_a_cap_a_space_a_stock_and_a_budget_are_named_when_they_limit():
    assert limits([10, 10], cap=[[2], [np.inf]]) == ["its cap is reached (beds)", "the stock of beds is used up"]
    roomy = (Resource("beds", 10, space=2),)
    assert limits([10, 10], resources=roomy, space=[4, np.inf]) == ["its space is full", "the stock of beds is used up"]
    assert limits([10], resources=(Resource("beds", 10, space=1),), space=[0]) == ["its space is full"]
    whole = (Resource("beds", 10, space=1, whole=True),)
    assert limits([10], resources=whole, space=[4.5]) == ["its space has no room for more beds"]
    assert limits([10, 10], budget=5) == ["the budget is spent"] * 2
    assert limits([10, 10], budget=10) == ["the stock of beds is used up and the budget is spent"] * 2


def test_only_the_resource_that_is_short_is_named():
    both = (Resource("beds", 50), Resource("nurses", 10))
    assert limits([10, 10], resources=both) == ["the stock of nurses is used up"] * 2


def test_a_space_that_is_full_is_not_named_where_what_is_short_takes_none():
    both = (Resource("beds", 5, space=1), Resource("nurses", 4))
    assert limits([10], resources=both, existing=[[20, 0]], space=[0]) == ["the stock of nurses is used up"]


def test_a_rule_names_the_share_that_limits():
    both = (Resource("beds", 50), Resource("nurses", 10))
    by_demand = limits([10, 10], resources=both, policy="proportional")
    assert by_demand == ["its share of nurses by demand serves no more"] * 2
    per_head = limits([10, 10], resources=both, policy="per-head", population=[1, 3])
    assert per_head == ["its share of nurses by population serves no more"] * 2


def test_today_says_that_nothing_is_placed():
    assert why([10, 2], existing=[[3], [2]], common_floor=0.5, policy="today") == [
        "Gets nothing: what is already there serves no more.",
        "Gets nothing: fully covered by what is already there.",
    ]


@pytest.mark.parametrize("policy", ["alpha:2", "max-min"])
def test_a_fair_plan_names_what_is_used_up(policy):
    assert limits([10, 10], policy=policy, value=[1, 4]) == ["the stock of beds is used up"] * 2


def test_units_that_leave_a_region_are_told_as_given_up_and_those_that_come_as_from_elsewhere():
    asked = Problem(("A", "B"), [4, 20], (Resource("beds", 1, movable=1),), existing=[[10], [2]], value=[2, 1])
    assert [str(each) for each in reasons(solve(asked))] == [
        "Gives up 6 beds: fully covered.",
        "Gets 7 beds (6 from elsewhere): the stock of beds is used up and moving more beds here would serve fewer"
        " elsewhere. One more unit of beds would serve 1 here, and nowhere more.",
    ]


def test_a_movable_share_that_is_used_up_is_named():
    beds = (Resource("beds", 1, movable=0.25),)
    asked = Problem(("A", "B"), [4, 20], beds, existing=[[10], [2]])
    assert limits_of(solve(asked)) == ["fully covered", "the stock of beds is used up and no more beds may be moved"]


def test_money_that_pays_for_no_more_moves_is_named():
    beds = (Resource("beds", 0, movable=1, move_cost=3),)
    asked = Problem(("A", "B"), [4, 20], beds, existing=[[10], [2]], budget=6)
    assert limits_of(solve(asked)) == ["fully covered", "there is no stock of beds and the budget is spent"]


def test_units_that_stand_in_are_told_and_what_they_lack_is_named():
    both = (Resource("doctors", 6), Resource("nurses", 4, 0.0001, stands_in_for="doctors", productivity=0.5))
    plan = solve(Problem(("A",), [100], both))
    assert str(reasons(plan)[0]).startswith("Gets 6 doctors and 4 nurses; ")
    assert "nurses stand in for doctors: the stocks of doctors and nurses are used up." in str(reasons(plan)[0])
    plenty = (both[0], replace(both[1], stock=400, stand_in_share=0.25))
    assert limits_of(solve(Problem(("A",), [100], plenty))) == ["the stock of doctors is used up"]


def test_a_rest_of_stock_money_or_space_that_is_less_than_a_whole_unit_is_told_as_that():
    assert limits_of(solve(Problem(("A",), [9], (Resource("beds", 3.5, whole=True),)))) == [
        "no whole unit of beds is left"
    ]
    dear = Problem(("A",), [9], (Resource("beds", 8, unit_cost=2, whole=True),), budget=5)
    assert limits_of(solve(dear)) == ["what is left of the budget pays for no more"]
    narrow = Problem(("A",), [9], (Resource("beds", 8, space=2, whole=True),), space=[5])
    assert limits_of(solve(narrow)) == ["its space has no room for more beds"]


def test_room_and_money_are_held_against_all_the_whole_units_that_the_next_person_takes():
    both = (Resource("beds", 9, unit_cost=2, space=1, whole=True), Resource("doctors", 9, space=2, whole=True))
    narrow = solve(Problem(("A",), [9], both, space=[8], budget=6))
    # a bed would fit in what is left, and a doctor, but not both
    assert narrow.served.tolist() == [2]
    assert limits_of(narrow) == ["its space has no room for more beds, doctors"]
    assert str(reasons(narrow)[0]).endswith("One more unit of one resource alone would serve nobody anywhere.")
    dear = (replace(both[0], space=0.0), replace(both[1], space=0.0, unit_cost=3))
    poor = solve(Problem(("A",), [9], dear, budget=14))
    assert poor.served.tolist() == [2]
    assert limits_of(poor) == ["what is left of the budget pays for no more"]


def test_a_whole_unit_that_has_time_left_is_not_what_is_short():
    both = (Resource("beds", 2, 0.3, whole=True), Resource("nurses", 4))
    assert limits_of(solve(Problem(("A",), [9], both))) == ["the stock of nurses is used up"]


def test_persons_of_their_own_who_are_helped_are_counted_as_served():
    both = (Resource("doctors", 2), Resource("nurses", 6, stands_in_for="doctors", stand_in_share=0.5))
    plan = solve(Problem(("A",), [7], both, demand_of=[[4, 3]]))
    words = str(reasons(plan)[0])
    assert plan.served_of.tolist() == [pytest.approx([4, 3])] and words.count("fully covered") == 2


def test_a_floor_binds_where_one_whole_unit_fewer_would_be_too_few():
    asked = Problem(("A", "B"), [10, 30], (Resource("beds", 9, whole=True),), floor=[0.25, 0], value=[1, 2])
    placed = replace(solve(asked), units=np.array([[3.0], [6.0]]), served=np.array([3.0, 6.0]))
    assert [str(each).partition(". One")[0] for each in reasons(placed)] == [
        "Gets 3 beds: its floor of 25% binds",
        "Gets 6 beds: the stock of beds is used up",
    ]


def test_where_each_resource_has_persons_of_its_own_there_is_a_reason_for_each():
    both = (Resource("beds", 5), Resource("doctors", 50, requirement=0.5))
    joint = Problem(("A", "B"), [14, 20], both, existing=[[0, 2], [1, 0]])
    own = replace(joint, demand_of=[[10, 4], [15, 5]])
    plan = replace(solve(joint), problem=own, units=np.array([[2.0, 0.0], [3.0, 2.5]]))
    assert [str(each) for each in reasons(plan)] == [
        "Gets 2 beds: the stock of beds is used up. One more unit of beds would serve 1 here, and nowhere more."
        " Gets nothing: fully covered by what is already there.",
        "Gets 3 beds: the stock of beds is used up. One more unit of beds would serve 1 here, and nowhere more."
        " Gets 2.5 doctors: fully covered.",
    ]


def test_units_that_move_and_serve_persons_of_their_own_have_a_reason_too():
    movable = (Resource("beds", 0, movable=1, move_cost=1), Resource("masks", 5, unit_cost=1))
    told = why(
        [0, 20],
        resources=movable,
        existing=[[3, 0], [1, 0]],
        demand_of=[[0, 0], [10, 10]],
        budget=5.0,
        policy="max-min",
    )
    assert told[0] == "Gives up 2 beds: nobody is in need here. Nobody is in need here."
    assert told[1].startswith("Gets 2 beds (2 from elsewhere): there is no stock of beds and the budget is spent.")
    assert "One more unit of beds would serve 1 here, and nowhere more. Gets" in told[1]
    assert "Gets 3 masks: the budget is spent." in told[1]


@settings(max_examples=100)
@given(data=st.data())
def test_every_region_has_a_reason_that_names_its_limit_and_its_units(data, feasible_problems):
    plan = solve(data.draw(feasible_problems()))
    problem = plan.problem
    assert [str(each) for each in reasons(plan)] == [str(reason(plan, place)) for place in range(len(problem.regions))]
    for place, each in enumerate(reasons(plan)):
        words = str(each)
        assert "()" not in words and "of  " not in words and "share serves" not in words
        assert "serve fewer elsewhere" not in words
        assert words.startswith("Gets") or not plan.units[place].any()
        if plan.coverage[place] < 1 - 1e-6:
            assert "ully covered" not in words
        if found := re.search("the stocks? of ([^:]*?) (?:is|are) used up", words):
            for name in re.split(", | and ", found.group(1)):
                assert plan.left[problem.resource_names.index(name)] == pytest.approx(0, abs=1e-5)
