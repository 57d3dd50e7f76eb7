"""What moves and stands in, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.explaining.exchange import coming, exchanged, movable_left, persons_with_help
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

DOCTORS = Resource("doctors", 2, movable=0.5)
NURSES = Resource("nurses", 6, stands_in_for="doctors", productivity=0.5, stand_in_share=1.0)
PLAN = replace(
    solve(Problem(("A", "B"), [4, 20], (DOCTORS, NURSES), existing=[[10, 0], [2, 4]])),
    moved=np.array([[-3.0, 0], [3, 0]]),
    units=np.array([[-3.0, 0], [5, 6]]),
    standing_in=np.array([[0.0, 0], [0, 4]]),
)


def test_what_goes_is_lost_what_stands_in_works_elsewhere_and_what_comes_is_told_apart():
    assert exchanged(PLAN).tolist() == [[-3, 0], [2, -4]]
    assert coming(PLAN).tolist() == [[0, 0], [5, 6]]
    alone = replace(PLAN, moved=None, standing_in=None)
    assert not exchanged(alone).any() and coming(alone).tolist() == PLAN.units.tolist()


@pytest.mark.parametrize(("locked", "left"), [(np.nan, 3), (0.0, 0)])
def test_as_much_more_may_be_moved_as_is_left_of_the_share_of_what_is_not_locked(locked, left):
    problem = replace(PLAN.problem, locked=[[locked, np.nan], [np.nan, np.nan]])
    assert movable_left(replace(PLAN, problem=problem)).tolist() == [left, 0]
    half = replace(PLAN, problem=problem, moved=None)
    assert movable_left(half).tolist() == ([6, 0] if np.isnan(locked) else [2, 0])


def test_whoever_helps_as_well_as_can_be_serves_as_many_as_both_allow():
    have, more = np.array([[1.0, 6], [0, 0]]), np.array([[0.0, 0], [3, 3]])
    found = persons_with_help(PLAN.problem, have, more, np.full(2, np.inf))
    # doctors and half the nurses that stand in are as many as the nurses that are left
    assert found == pytest.approx([1 + 0.5 * (10 / 3), 3])
    full = persons_with_help(
        replace(PLAN.problem, resources=(replace(DOCTORS, space=1.0), NURSES)), have, more, np.array([np.inf, 1.0])
    )
    assert full[1] == pytest.approx(1 + 0.5 * (4 / 3))
