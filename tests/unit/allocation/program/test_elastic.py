from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflicts import conflicts, largest_floor
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.elastic import shortfall
from medalloc.allocation.program.needed import has_choices
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
