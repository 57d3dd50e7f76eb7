"""Numbers of any size beside each other end in a plan that keeps every limit, or in a sentence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.far_apart import plan_of_far_apart
from medalloc.allocation.plan import FAR_APART
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import counted_served, solve
from medalloc.allocation.verifying import broken, idle
from medalloc.errors import InfeasibleError, InputError

POLICIES = ("most-served", "alpha:0.5", "alpha:1", "alpha:2", "max-min", "proportional", "per-head")


def of_any_size(seed):
    """Return a problem whose numbers lie anywhere from a millionth to a billion."""
    random = np.random.default_rng(seed)
    n, kinds = int(random.choice([1, 2, 3, 5, 8])), int(random.integers(1, 4))
    shape, names = (n, kinds), [f"kind {place}" for place in range(kinds)]

    def size(of=None, low=-6.0, high=9.0):
        return 10.0 ** random.uniform(low, high, of)

    def resource(name):
        others = [other for other in names if other != name]
        return Resource(
            name,
            stock=float(size()),
            requirement=float(size(None, -4, 3)),
            unit_cost=float(random.choice([0, 1, size(None, -3, 5)])),
            space=float(random.choice([0, 1, size(None, -3, 3)])),
            whole=bool(random.random() < 0.25),
            movable=float(random.choice([0, 0.3, 1])),
            move_cost=float(random.choice([0, size(None, -3, 4)])),
            stands_in_for=str(random.choice(others)) if others and random.random() < 0.4 else "",
            productivity=float(random.choice([0.5, 1, 1e-3])),
            stand_in_share=float(random.choice([0.25, 1, 0.01])),
        )

    resources = tuple(resource(name) for name in names)
    cap = np.where(random.random(shape) < 0.5, np.inf, size(shape))
    own = size(shape) if random.random() < 0.25 else None
    locked = np.where(random.random(shape) < 0.1, np.minimum(cap, size(shape, -9, 5)), np.nan)
    return Problem(
        tuple(f"region {place}" for place in range(n)),
        size(n) if own is None else own.sum(axis=1),
        resources,
        existing=np.where(random.random(shape) < 0.5, 0.0, size(shape)),
        cap=cap,
        floor=np.where(random.random(n) < 0.8, 0.0, 0.1),
        value=size(n, -3, 3) if random.random() < 0.3 else np.ones(n),
        budget=None if random.random() < 0.5 else float(size()),
        population=size(n, 0, 7),
        space=np.where(random.random(n) < 0.6, np.inf, size(n)),
        demand_of=own,
        locked=np.where([one.whole for one in resources], np.floor(locked), locked),
        policy=str(random.choice(POLICIES)),
    )


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_whatever_the_sizes_there_is_a_plan_that_keeps_every_limit_or_a_sentence(seed):
    problem = of_any_size(seed)
    try:
        plan = solve(problem)
    except (InfeasibleError, InputError) as error:
        assert str(error)
        return
    assert broken(plan) == []
    assert plan.method == FAR_APART or problem.aim.alpha is None or idle(plan) == []
    assert plan.value <= plan.bound * (1 + 1e-6) and np.isfinite(plan.bound)


# each of these was once told as an error of the program: a solver's rows are kept to a share of their largest number
@pytest.mark.parametrize("seed", [13, 39, 84, 90, 102, 139, 146, 236, 266, 284, 298, 375, 404, 423, 427])
def test_what_a_solver_once_lost_is_answered(seed):
    test_whatever_the_sizes_there_is_a_plan_that_keeps_every_limit_or_a_sentence.hypothesis.inner_test(seed)


@pytest.mark.parametrize("size", [1e3, 1e6, 1e9])
@pytest.mark.parametrize("movable", [0.0, 0.5])
def test_a_floor_that_a_cap_forbids_is_named_however_few_live_there(size, movable):
    beds = Resource("beds", 2 * size, movable=movable)
    problem = Problem(
        ("Metropolis", "Islet"),
        [size, 1e-3],
        (beds,),
        existing=[[size / 9], [0]],
        cap=[[np.inf], [0]],
        common_floor=0.1,
    )
    with pytest.raises(InfeasibleError, match="Islet"):
        solve(problem)
    assert broken(solve(replace(problem, common_floor=0.0))) == []


@pytest.mark.parametrize("size", [1.0, 1e4, 1e9])
def test_persons_of_each_resource_add_up_to_those_of_the_region(size):
    kinds = (Resource("beds", size / 3, movable=0.5), Resource("masks", 1e-3))
    own = np.array([[size, 1e-3], [1e-3, size]])
    plan = solve(Problem(("A", "B"), own.sum(axis=1), kinds, demand_of=own, existing=[[0, 1e-6], [1e-6, 0]]))
    assert plan.served_of is not None
    assert plan.served.tolist() == pytest.approx(plan.served_of.sum(axis=1).tolist(), rel=1e-12)


def test_where_numbers_are_near_each_other_a_failure_is_no_fault_of_theirs():
    problem = Problem(("A", "B"), [30, 10], (Resource("beds", 20),))
    assert plan_of_far_apart(problem) is None


@pytest.mark.parametrize("policy", ["most-served", "alpha:2", "max-min"])
def test_the_rule_of_thumb_that_takes_the_place_of_a_plan_says_so_and_how_much_better_another_may_be(policy):
    beds = Resource("beds", 9e8 / 2, whole=True)
    problem = Problem(("Metropolis", "Islet"), [9e8, 1e-2], (beds,), policy=policy)
    plan = plan_of_far_apart(problem)
    assert plan is not None and broken(plan) == []
    assert (plan.status, plan.method) == ("best found", FAR_APART)
    assert plan.problem is problem and 0 < plan.gap <= 1
    assert plan.value <= solve(problem).bound * (1 + 1e-9)


def test_where_not_even_a_rule_keeps_the_floors_the_numbers_that_lie_apart_are_said():
    beds = Resource("beds", 0, movable=1.0)
    problem = Problem(("A", "B"), [1e9, 1e-3], (beds,), existing=[[1e9], [0]], common_floor=0.5)
    with pytest.raises(InputError, match=r"of beds the smallest is 0\.001 and the largest 1,000,000,000"):
        plan_of_far_apart(problem)
    assert counted_served(problem) == pytest.approx(1e9)
