from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflicts import conflicts, largest_floor
from medalloc.allocation.fitting.remedies import remedied, remedies
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.elastic import shortfall
from medalloc.allocation.program.needed import has_choices
from medalloc.allocation.solving import solve
from medalloc.scenarios import Change, Scenario, apply


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_floors_fit_if_and_only_if_the_program_as_it_is_written_down_has_a_plan(data, with_choices, program):
    problem = replace(data.draw(with_choices(whole=st.booleans())), common_floor=data.draw(st.sampled_from([0.5, 0.9])))
    assert (program(problem) is None) == bool(conflicts(problem))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_raising_every_limit_that_gives_way_is_enough(data, with_choices):
    problem = replace(data.draw(with_choices()), common_floor=data.draw(st.sampled_from([0.5, 0.9])))
    found = conflicts(problem)
    assume(found and has_choices(problem))
    changes = tuple(Change(**each) for conflict in found for each in conflict.remedies)
    assert not conflicts(apply(problem, Scenario("all remedies", changes)))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_largest_floor_fits_and_a_larger_one_does_not(data, with_choices, program):
    problem = data.draw(with_choices(whole=st.booleans(), floors=False))
    fits = largest_floor(problem)
    assert program(replace(problem, common_floor=max(0.0, fits - 1e-6))) is not None
    if fits < 1 - 1e-4 and (problem.demand > 0).any():
        assert program(replace(problem, common_floor=fits + 1e-4)) is None


def test_what_can_be_moved_is_not_short():
    beds = Resource("beds", 0, movable=1.0)
    problem = Problem(("A", "B"), [5, 5], (beds,), existing=[[10], [0]], common_floor=1.0)
    assert conflicts(problem) == []
    (found,) = conflicts(replace(problem, existing=[[8], [0]]))
    assert found.required == pytest.approx(2) and found.remedies == ({"what": "stock", "resource": "beds", "value": 2},)


def test_a_lock_that_keeps_a_floor_from_being_met_is_named():
    problem = Problem(
        ("A", "B"), [5, 5], (Resource("beds", 20, movable=0.5),), locked=[[2], [np.nan]], common_floor=0.8
    )
    short = shortfall(problem)
    assert short.locked.ravel() == pytest.approx([2, 0]) and not short.stock.any()
    (found,) = conflicts(problem)
    assert str(found.limit) == "A is locked at 2 beds, but its floor needs 4."


def test_resources_that_share_the_space_of_a_region_are_counted_together():
    resources = (Resource("beds", 20, space=1), Resource("chairs", 20, space=1))
    problem = Problem(("A",), [10], resources, demand_of=[[5, 5]], space=[6], common_floor=0.8)
    (found,) = conflicts(problem)
    assert (found.required, found.available) == (pytest.approx(8), 6)


@st.composite
def problems_with_locks(draw, with_choices):
    """Draw problems with high floors of which some cells are locked, each under a policy of its own."""
    problem = replace(draw(with_choices(whole=st.booleans())), common_floor=draw(st.sampled_from([0.0, 0.5, 0.9])))
    cells = st.lists(st.sampled_from([np.nan, np.nan, 0, 2, 7]), min_size=problem.cap.size, max_size=problem.cap.size)
    locked = np.minimum(problem.cap, np.reshape(draw(cells), problem.cap.shape))
    policy = draw(st.sampled_from(["most-served", "max-min", "proportional", "per-head"]))
    return replace(problem, locked=locked, policy=policy)


def offered(found):
    return remedies(each for conflict in found for each in conflict.remedies)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_all_repairs_together_let_a_plan_at_once_with_locks_rules_moves_and_stand_ins(data, with_choices):
    problem = data.draw(problems_with_locks(with_choices))
    found = conflicts(problem)
    solve(remedied(problem, offered(found)))
    lower = next((each.repair.values["lower"] for each in found if "lower" in each.repair.values), None)
    if lower is not None and "common floor" in lower.template:
        solve(replace(problem, common_floor=lower.values["floor"]))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_limit_is_named_that_need_not_give_way(data, with_choices):
    policy = data.draw(st.sampled_from(["max-min", "per-head"]))
    problem = replace(data.draw(with_choices()), common_floor=0.9, policy=policy)
    found = conflicts(problem)
    for each in found:
        assert conflicts(remedied(problem, offered([other for other in found if other is not each])))


def test_only_the_cap_is_named_where_more_could_be_moved_in_than_it_lets():
    beds = Resource("beds", 10, unit_cost=2, movable=1.0)
    problem = Problem(
        ("A", "B"), [100, 10], (beds,), existing=[[0], [100]], cap=[[0], [0]], budget=10, common_floor=0.5
    )
    (found,) = conflicts(problem)
    assert str(found.limit) == "A can take 0 more beds, but its floor needs 50."
    assert solve(remedied(problem, offered([found]))).served == pytest.approx([50, 10])


def test_the_largest_floor_of_a_rule_is_the_one_without_what_it_does_not_use():
    resources = (Resource("beds", 100), Resource("nurses", 100, stands_in_for="doctors"), Resource("doctors", 5))
    problem = Problem(("A", "B"), [40, 40], resources, common_floor=0.3, policy="per-head", population=[100, 200])
    assert largest_floor(problem) == pytest.approx(5 / 80)
    assert largest_floor(replace(problem, policy="max-min")) > 0.5
    assert solve(replace(problem, common_floor=largest_floor(problem))).lowest_coverage == pytest.approx(5 / 80)
