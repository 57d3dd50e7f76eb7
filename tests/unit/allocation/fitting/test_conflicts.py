from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.broken import largest_share_of_floors
from medalloc.allocation.fitting.conflicts import conflicts, largest_floor, require_feasible
from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InfeasibleError
from medalloc.sentences import in_figures

LP_OPTIMAL, LP_INFEASIBLE = 0, 2


@settings(max_examples=80)
@given(data=st.data())
def test_floors_fit_if_and_only_if_the_linear_program_has_a_plan(data, problems, oracle):
    problem = data.draw(problems())
    status = oracle(problem).status
    assert status in (LP_OPTIMAL, LP_INFEASIBLE)
    assert (conflicts(problem) == []) == (status == LP_OPTIMAL)


@settings(max_examples=60)
@given(data=st.data())
def test_the_largest_floor_fits_and_a_larger_one_does_not(data, problems):
    problem = data.draw(problems())
    problem = replace(problem, floor=problem.floor * largest_share_of_floors(problem))
    largest = largest_floor(problem)
    assert conflicts(replace(problem, common_floor=largest)) == []
    if largest < 0.999 and problem.demand.sum() > 0:
        assert conflicts(replace(problem, common_floor=min(1.0, largest + 1e-4))) != []


@settings(max_examples=60)
@given(data=st.data())
def test_the_largest_share_of_floors_fits_and_a_larger_one_does_not(data, problems):
    problem = data.draw(problems())
    found = conflicts(problem)
    share = largest_share_of_floors(problem)

    def scaled(by):
        return replace(problem, common_floor=0.0, floor=problem.effective_floor * by)

    assert conflicts(scaled(share)) == []
    assert bool(found) == (share < 1 - 1e-8)
    if share < 0.999:
        assert conflicts(scaled(share + 1e-3)) != []


def problem(**changes):
    given = {
        "regions": ("North", "South"),
        "demand": [30.0, 10.0],
        "resources": (Resource("beds", stock=20, unit_cost=2),),
        "common_floor": 0.75,
        **changes,
    }
    return Problem(**given)


def test_a_broken_stock_is_named_with_both_repairs():
    (conflict,) = conflicts(problem())
    assert (conflict.required, conflict.available) == (30.0, 20.0)
    assert str(conflict.limit) == "Stock of beds: the floors need 30, in stock are 20."
    assert str(conflict.repair) == (
        "Raise the stock of beds to at least 30, or lower the common floor: the largest that fits is 0.5 (50%)."
    )


def test_every_broken_limit_is_listed():
    found = conflicts(problem(budget=50, cap=[[10.0], [7.0]]))
    assert [str(conflict.limit) for conflict in found] == [
        "Stock of beds: the floors need 30, in stock are 20.",
        "North can take 10 more beds, but its floor needs 22.5.",
        "South can take 7 more beds, but its floor needs 7.5.",
        "Budget: the floors cost 60, available are 50.",
    ]
    assert "lower its floor to at most 0.333 (33.3%)" in str(found[1].repair)
    assert "Raise the budget to at least 60" in str(found[3].repair)


def test_when_own_floors_are_the_trouble_the_share_of_all_floors_is_given():
    (conflict,) = conflicts(problem(common_floor=0.0, floor=[1.0, 1.0]))
    assert str(conflict.repair).endswith("the largest share of them that fits is 0.5 (50%).")
    with pytest.raises(InfeasibleError):
        largest_floor(problem(floor=[1.0, 1.0]))


def written(number):
    """The number as a reader sees it."""
    return float(in_figures(number).replace(",", ""))


@settings(max_examples=60)
@given(data=st.data())
def test_raising_every_limit_as_written_is_enough(data, problems):
    given_problem = data.draw(problems())
    stock, cap, budget = given_problem.stock, given_problem.cap.copy(), given_problem.budget
    space = given_problem.space.copy()
    for conflict in conflicts(given_problem):
        values, needed = conflict.limit.values, written(conflict.repair.values["required"])
        if "region" in values and "resource" not in values:
            space[given_problem.regions.index(values["region"])] = needed
        elif "region" in values:
            place = given_problem.regions.index(values["region"])
            cap[place, given_problem.resource_names.index(values["resource"])] = needed
        elif "resource" in values:
            stock[given_problem.resource_names.index(values["resource"])] = needed
        else:
            budget = needed
    raised = tuple(replace(one, stock=units) for one, units in zip(given_problem.resources, stock, strict=True))
    assert conflicts(replace(given_problem, resources=raised, cap=cap, space=space, budget=budget)) == []


@settings(max_examples=60)
@given(data=st.data())
def test_lowering_the_common_floor_as_written_is_enough(data, problems):
    drawn = data.draw(problems())
    given_problem = replace(drawn, floor=np.zeros_like(drawn.demand), common_floor=1.0)
    found = conflicts(given_problem)
    floors = [
        conflict.repair.values["lower"].values["floor"] for conflict in found if "lower" in conflict.repair.values
    ]
    if floors:
        assert conflicts(replace(given_problem, common_floor=written(min(floors)))) == []


def test_existing_units_count_toward_the_floor():
    assert conflicts(problem(existing=[[10.0], [0.0]])) == []


def test_floors_met_exactly_are_no_conflict():
    thirds = Problem(tuple("ABC"), [0.1, 0.2, 0.3], (Resource("beds", stock=0.18),), common_floor=0.3)
    tenth = Problem(("A",), [0.1], (Resource("beds", stock=0),), existing=[[0.03]], common_floor=0.3)
    assert conflicts(thirds) == conflicts(tenth) == []
    require_feasible(thirds)
    require_feasible(tenth)


def test_own_floors_that_take_everything_leave_room_for_a_common_one_below_them():
    for own in (0.1, 0.15873015873015872, 0.3, 0.7):
        full = Problem(("A", "B"), [9.0, 0.0], (Resource("beds", 0.7 * own * 9.0, requirement=0.7),), floor=[own, 0])
        assert largest_floor(full) == pytest.approx(own)


def test_a_floor_for_nobody_asks_for_nothing():
    assert conflicts(Problem(("A",), [0.0], (Resource("beds", stock=0),), common_floor=1.0)) == []
    assert largest_floor(Problem(("A",), [0.0], (Resource("beds", stock=0),))) == 1.0


def test_infeasible_floors_carry_every_conflict():
    with pytest.raises(InfeasibleError, match="Stock of beds") as caught:
        require_feasible(problem(cap=np.full((2, 1), 5.0)))
    assert len(caught.value.conflicts) == 3


def test_where_each_resource_has_patients_of_its_own_a_remedy_names_the_region_that_it_mends():
    staff = (Resource("beds", 50), Resource("nurses", 50))
    tight = Problem(("A", "B"), [9, 9], staff, demand_of=[[5, 4], [3, 6]], cap=[[2, 50], [50, 3]], common_floor=0.9)
    found = {(each["resource"], each["region"], each["value"]) for one in conflicts(tight) for each in one.remedies}
    assert found == {("beds", "A", 4.5), ("nurses", "B", 5.4)}


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"resources": (Resource("beds", 10, movable=0.5),)}, "stock"),
        ({"budget": 12.0}, "budget"),
        ({"space": [9.0, np.inf]}, "space"),
        ({"cap": [[9.0], [np.inf]]}, "cap"),
    ],
)
def test_what_is_required_where_units_may_be_moved_is_enough_and_a_little_less_is_not(limits, field):
    beds = Resource("beds", 99, unit_cost=2, space=1, movable=0.5)
    short = problem(**{"resources": (beds,), "existing": [[5], [0]], "common_floor": 1.0, **limits})
    (found,) = conflicts(short)
    for part, fits in ((1 + 1e-6, True), (0.99, False)):
        most = part * found.required
        raised = {
            "stock": {"resources": (replace(short.resources[0], stock=most),)},
            "budget": {"budget": most},
            "space": {"space": [most, np.inf]},
            "cap": {"cap": [[most], [np.inf]]},
        }
        assert (conflicts(replace(short, **raised[field])) == []) == fits
