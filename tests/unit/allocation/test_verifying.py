from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from medalloc.allocation.plan import STOPPED
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.verifying import broken, idle, verified
from medalloc.errors import InfeasibleError

TWO = Problem(
    ("Full", "Empty"),
    [10, 50],
    (Resource("beds", 10, unit_cost=100, movable=0.5, move_cost=5), Resource("masks", 100, space=1)),
    existing=[[40, 0], [0, 0]],
    cap=[[99, 99], [35, 99]],
    budget=10_000,
    space=[50, 70],
)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"units": 2.0}, "stock"),
        ({"served": 9.0}, "persons"),
        ({"served": 1.5}, "requirement"),
        ({"moved": 2.0}, "moves"),
        ({"units": np.nan}, "numbers"),
        ({"value": 2.0}, "bound"),
    ],
)
def test_whatever_a_plan_breaks_is_named(changed, named):
    plan = solve(TWO)
    assert broken(plan) == []
    wrong = replace(plan, **{name: getattr(plan, name) * factor for name, factor in changed.items()})
    assert named in broken(wrong)
    with pytest.raises(RuntimeError, match="does not hold"):
        verified(wrong)


@pytest.mark.parametrize(
    ("limit", "named"),
    [
        ({"cap": [[99, 99], [1, 99]]}, "cap"),
        ({"budget": 1.0}, "budget"),
        ({"space": [50, 1]}, "space"),
        ({"common_floor": 1.0}, "floor"),
        ({"locked": [[3, np.nan], [np.nan, np.nan]]}, "locks"),
    ],
)
def test_a_plan_is_held_against_the_problem_as_it_was_asked(limit, named):
    assert named in broken(replace(solve(TWO), problem=replace(TWO, **limit)))


OWN = Problem(
    ("A", "B"),
    [7, 9],
    (Resource("beds", 6, whole=True), Resource("doctors", 4, 0.5)),
    demand_of=[[4, 3], [5, 4]],
    existing=[[1, 0], [0, 2]],
)


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ({"served": [[1], [0]]}, ["sums"]),
        ({"served": [[-1], [1]]}, ["sums"]),
        ({"units": [[-0.5, 0], [0, 0]]}, ["whole units", "requirement"]),
        ({"units": [[0, 0], [-6, 0]]}, ["units", "requirement"]),
        ({"served_of": [[1, -1], [0, 0]]}, ["requirement"]),
        ({"served_of": [[0, 9], [0, 0]], "served": [[9], [0]]}, ["persons", "requirement"]),
    ],
)
def test_also_of_persons_of_their_own_what_is_broken_is_named_and_nothing_else(added, named):
    plan = solve(OWN)
    assert plan.served_of is not None and broken(plan) == []
    there = {
        name: getattr(plan, name) + np.array(more, dtype=float).reshape(getattr(plan, name).shape)
        for name, more in added.items()
    }
    assert broken(replace(plan, **there)) == named


@pytest.mark.parametrize("scale", [1.0, 1e6])
@pytest.mark.parametrize("limit", ["stock", "cap", "budget", "space", "demand"])
def test_a_limit_is_exceeded_by_more_than_a_millionth_of_it_and_by_rounding_it_is_not(limit, scale):
    beds = Resource("beds", 30 * scale, unit_cost=2, space=3)
    plan = solve(Problem(("A", "B"), [10 * scale, 20 * scale], (beds,)))
    assert plan.units.sum() == pytest.approx(30 * scale)
    for beyond, named in ((5e-7, []), (4e-6, [{"demand": "persons"}.get(limit, limit)])):
        just = {
            "stock": {"resources": (replace(beds, stock=30 * scale * (1 - beyond)),)},
            "cap": {"cap": plan.units * [[1 - beyond], [1]]},
            "budget": {"budget": plan.spent * (1 - beyond)},
            "space": {"space": [10 * scale * 3, 20 * scale * 3 * (1 - beyond)]},
            "demand": {"demand": plan.problem.demand * (1 - beyond)},
        }
        assert broken(replace(plan, problem=replace(plan.problem, **just[limit]))) == named


@settings(max_examples=60, deadline=None)
@given(data=st.data(), policy=st.sampled_from(["most-served", "max-min", "alpha:2"]))
def test_nothing_stays_in_stock_that_would_serve_somebody(data, policy, feasible_problems):
    problem = replace(data.draw(feasible_problems(floors=False)), policy=policy)
    plan = solve(problem)
    assert broken(plan) == [] and idle(plan) == []


def test_what_costs_nothing_is_missed_in_stock_also_where_no_money_is_left():
    plan = solve(Problem(("A", "B"), [30, 10], (Resource("beds", 20),), budget=0.0))
    lost = replace(plan, units=plan.units * 0.5, served=plan.served * 0.5)
    assert idle(plan) == [] and idle(lost) == ["A could be served more", "B could be served more"]
    dear = Problem(("A", "B"), [30, 10], (Resource("beds", 20, unit_cost=1.0),), budget=0.0)
    assert idle(solve(dear)) == []


def test_a_stock_that_is_left_beside_those_it_would_serve_is_named():
    plan = solve(Problem(("A", "B"), [30, 10], (Resource("beds", 20), Resource("nurses", 9, 0.5))))
    lost = replace(plan, units=plan.units * [[0.5], [1]], served=plan.served * [0.5, 1])
    assert idle(plan) == [] and idle(lost) == ["A could be served more", "B could be served more"]
    assert verified(plan) is plan
    with pytest.raises(RuntimeError, match="A could be served more"):
        verified(lost)
    # rules leave what they leave, and so does who was stopped
    by_rule = replace(lost, problem=replace(plan.problem, policy="proportional"))
    for excused in (by_rule, replace(lost, method=STOPPED)):
        assert verified(excused) is excused


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    uses=st.lists(st.sampled_from([1e-6, 1e-3, 0.3, 1.0, 200.0]), min_size=1, max_size=2),
    share=st.floats(0.2, 0.9),
    whole=st.booleans(),
)
@example(sizes=[0, 8], uses=[200.0, 1e-6], share=0.5, whole=False)
def test_numbers_may_be_large_tiny_or_far_apart(sizes, uses, share, whole):
    """What whole units of any size serve is what parts of them would, less one unit of each in every region."""
    demand = np.array([3.0 * 10.0**size for size in sizes])
    stocks = [float(np.floor(share * use * demand.sum())) for use in uses]
    kinds = [
        Resource(f"kind {k}", stock, use, whole=whole or k == 0)
        for k, (stock, use) in enumerate(zip(stocks, uses, strict=True))
    ]
    problem = Problem(tuple(f"region {place}" for place in range(demand.size)), demand, tuple(kinds))
    parts = replace(problem, resources=tuple(replace(one, whole=False) for one in kinds))
    plan, most = solve(problem), solve(parts)
    lost = len(sizes) * sum(1 / use for use in uses)
    assert most.value * (1 - 1e-6) - lost <= plan.value <= most.value * (1 + 1e-9)
    assert plan.value <= plan.bound * (1 + 1e-12) and plan.bound <= most.value * (1 + 1e-6)


def test_nine_hundred_million_tablets_are_placed():
    tablets = Resource("tablets", 9e8, requirement=200, whole=True)
    plan = solve(Problem(("Metropolis", "Town", "Village"), [6e6, 4e5, 2e4], (tablets,)))
    assert plan.total_coverage == pytest.approx(0.7009, abs=1e-4) and plan.used.tolist() == [9e8]


@pytest.mark.parametrize("size", [10.0**power for power in range(5, 11)])
@pytest.mark.parametrize("regions", [1, 2])
def test_a_stock_of_any_size_is_used_up(size, regions):
    masks = Resource("masks", round(size * 2 / 3), whole=True)
    plan = solve(Problem(("A", "B")[:regions], [size, 1.0][:regions], (masks,)))
    assert plan.served.sum() == round(size * 2 / 3) and plan.gap <= 1e-9


FAR_APART = [
    # demand, existing, stock, units a person uses, money for a unit, budget
    ([1e7, 50], [1e6, 1e6], 7, 0.01, 0, 0),
    ([0.1, 1e4], [0.1, 1e6], 1000, 0.1, 0.1, None),
    ([1e7, 1e7, 1 / 3, 0.1], [0, 0, 0.1, 1e6], 1e6, 0.01, 0, 0),
    ([1 / 3, 1 / 3, 50, 1e7], [0.1, 1e6, 0.1, 1e6], 1e6, 0.01, 0, None),
    ([50, 1e4, 1 / 3, 3], [0, 1e6, 0, 1e6], 1000, 1 / 3, 1, None),
    ([1e7, 0.1, 3, 50], [0, 0, 1e6, 0.1], 0.3, 0.1, 0, None),
]


@pytest.mark.parametrize(("demand", "existing", "stock", "uses", "cost", "budget"), FAR_APART)
@pytest.mark.parametrize("worth", [1, 2])
def test_beside_a_huge_region_a_small_one_that_could_be_served_whole_is(
    demand, existing, stock, uses, cost, budget, worth
):
    """A solver keeps its rows to a ten-millionth of the largest, which may be all of a small region's need."""
    beds = Resource("beds", stock, uses, unit_cost=cost, movable=0.1)
    value = [worth, *[1] * (len(demand) - 1)]
    names = tuple("ABCD"[: len(demand)])
    plan = solve(Problem(names, demand, (beds,), existing=[[each] for each in existing], budget=budget, value=value))
    assert broken(plan) == [] and idle(plan) == []
    enough = plan.problem.existing[:, 0] + plan.units[:, 0] >= uses * np.array(demand)
    assert (plan.served[enough] == np.array(demand)[enough]).all()
    # nobody is told to get a billionth of a bed
    assert not ((plan.units != 0) & (np.abs(plan.units) < 1e-6 * min(stock, uses * min(demand)))).any()


def test_what_is_moved_costs_its_move_and_what_is_new_its_price():
    beds = Resource("beds", 10, unit_cost=100, movable=0.5, move_cost=5)
    plan = solve(Problem(("Full", "Empty"), [10, 50], (beds,), existing=[[40], [0]], budget=10_000))
    assert plan.units.ravel().tolist() == [-20, 30] and plan.spent == 1_100


@settings(max_examples=60)
@given(
    data=st.data(),
    scale=st.sampled_from([1e-3, 1.0, 1e6]),
    policy=st.sampled_from(["most-served", "max-min", "alpha:2", "proportional"]),
)
def test_a_lock_is_kept_or_contradicted_however_small_it_is_beside_the_rest(data, scale, policy):
    regions, kinds = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 2))
    of_cells = (regions, kinds)
    some = st.sampled_from([np.nan, np.nan, 0.0, 1e-12, 1e-9, 1.0, 3 * scale])
    locked = data.draw(arrays(float, of_cells, elements=some))
    resources = tuple(
        Resource(
            f"kind {number}",
            data.draw(st.sampled_from([0.0, 5.0, 20.0])) * scale,
            whole=data.draw(st.booleans()),
            movable=data.draw(st.sampled_from([0.0, 0.5])),
        )
        for number in range(kinds)
    )
    problem = Problem(
        tuple(f"region {number}" for number in range(regions)),
        data.draw(arrays(float, regions, elements=st.sampled_from([0.0, 1.0, 10.0]))) * scale,
        tuple(replace(one, stock=np.floor(one.stock)) if one.whole else one for one in resources),
        existing=data.draw(arrays(float, of_cells, elements=st.sampled_from([0.0, 0.0, 2.0]))) * scale,
        locked=np.where([one.whole for one in resources], np.round(locked), locked),
        policy=policy,
    )
    try:
        plan = solve(problem)
    except InfeasibleError as error:
        assert error.conflicts
        return
    new = plan.units - (0.0 if plan.moved is None else plan.moved)
    settled = ~np.isnan(problem.locked)
    assert new[settled] == pytest.approx(problem.locked[settled], rel=1e-6, abs=1e-12 * scale)


@pytest.mark.parametrize("policy", ["most-served", "max-min", "alpha:2", "per-head"])
@pytest.mark.parametrize("movable", [0.0, 0.5])
def test_where_nobody_is_in_need_nobody_is_served_and_nothing_breaks(policy, movable):
    beds = Resource("beds", 5, whole=True, movable=movable)
    plan = solve(Problem(("A", "B"), [0, 0], (beds,), existing=[[2], [0]], population=[1, 1], policy=policy))
    assert plan.served.tolist() == [0, 0] and plan.lowest_coverage == 1.0


def drawn_plan(seed):
    """Return a plan of resources that are moved, stand in, come whole or have limits, as it may be."""
    draw = np.random.default_rng(seed)
    regions, apart = 3, draw.random() < 0.3
    helper = {"stands_in_for": "beds", "productivity": 0.5, "stand_in_share": 0.5} if draw.random() < 0.3 else {}
    kinds = (
        Resource("beds", float(draw.integers(0, 9)), 1.0, float(draw.integers(0, 3)), space=1.0, whole=helper == {}),
        Resource("nurses", float(draw.integers(0, 9)), 0.5, 1.0, movable=0.5, move_cost=0.5, **helper),
    )
    demand_of = draw.integers(0, 9, (regions, 2)).astype(float)
    problem = Problem(
        ("A", "B", "C"),
        demand_of.sum(axis=1),
        kinds,
        demand_of=demand_of if apart else None,
        existing=draw.integers(0, 4, (regions, 2)).astype(float),
        cap=draw.choice([2.0, 5.0, np.inf], (regions, 2)),
        budget=draw.choice([None, 4.0, 12.0]),
        space=draw.choice([3.0, 6.0, np.inf], regions),
        locked=np.where(draw.random((regions, 2)) < 0.1, 0.0, np.nan),
        value=draw.choice([1.0, 2.0], regions),
    )
    return solve(problem), draw


def slowly_broken(plan):
    """Name what a plan breaks, cell by cell."""
    problem, found = plan.problem, set()
    served_of = plan.served[:, None] if plan.served_of is None else plan.served_of
    demand_of = problem.demand[:, None] if plan.served_of is None else problem.own_demand
    moved = np.zeros_like(plan.units) if plan.moved is None else plan.moved
    helped = np.zeros_like(plan.units) if plan.standing_in is None else plan.standing_in
    spent, near = 0.0, 1e-4
    for r in range(len(problem.regions)):
        for k, one in enumerate(problem.resources):
            new = plan.units[r, k] - moved[r, k]
            spent += new * problem.unit_cost[r, k] + max(0.0, -moved[r, k]) * one.move_cost
            if new < -near or problem.existing[r, k] + plan.units[r, k] < -near:
                found.add("units")
            if plan.units[r, k] > problem.cap[r, k] + near:
                found.add("cap")
            if one.whole and abs(plan.units[r, k] - round(plan.units[r, k])) > near:
                found.add("whole units")
            if problem.locked[r, k] == problem.locked[r, k] and abs(new - problem.locked[r, k]) > near:
                found.add("locks")
            used = helped[r, k] + problem.requirement[r, k] * served_of[r, k if served_of.shape[1] > 1 else 0]
            for j, other in enumerate(problem.resources):
                if other.stands_in_for == one.name:
                    used -= other.productivity * helped[r, j]
            if used > problem.existing[r, k] + plan.units[r, k] + near:
                found.add("requirement")
        if plan.units[r] @ [one.space for one in problem.resources] > problem.space[r] + near:
            found.add("space")
        if (served_of[r] < -near).any() or (served_of[r] > demand_of[r] + near).any():
            found.add("persons")
        if abs(served_of[r].sum() - plan.served[r]) > near:
            found.add("sums")
        if (served_of[r] < problem.effective_floor[r] * demand_of[r] - near).any():
            found.add("floor")
    for k, one in enumerate(problem.resources):
        if (plan.units - moved)[:, k].sum() > one.stock + near:
            found.add("stock")
        gone = -moved[:, k].clip(max=0.0).sum()
        if abs(moved[:, k].sum()) > near or gone > one.movable * problem.existing[:, k].sum() + near:
            found.add("moves")
    if problem.budget is not None and spent > problem.budget + near:
        found.add("budget")
    if plan.value > plan.bound + near:
        found.add("bound")
    return found


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_whatever_is_changed_in_a_plan_what_it_breaks_is_what_a_look_at_cell_by_cell_finds(seed):
    plan, draw = drawn_plan(seed)
    assert broken(plan) == []
    for name in ("units", "served", "served_of", "moved", "standing_in", "bound", "common_floor"):
        for by in (-2.0, -0.5, 0.3, 1.0, 3.0):
            if name == "common_floor":
                changed = replace(plan, problem=replace(plan.problem, common_floor=abs(by) / 3))
            elif getattr(plan, name) is None:
                continue
            else:
                amounts = np.array(getattr(plan, name), dtype=float)
                # nurses may stand in
                place = (draw.integers(3), 1) if name == "standing_in" else draw.integers(0, amounts.shape)
                amounts[tuple(place)] += by
                changed = replace(plan, **{name: amounts if amounts.ndim else float(amounts)})
            assert set(broken(changed)) == slowly_broken(changed), (name, by)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_a_region_is_named_where_it_alone_would_get_more_out_of_what_the_others_leave(seed):
    draw = np.random.default_rng(seed)
    apart, whole = draw.random() < 0.3, draw.random(2) < 0.4
    kinds = tuple(
        Resource(
            f"kind {k}", float(draw.integers(0, 6)), draw.choice([0.5, 1.0]), float(draw.integers(0, 2)),
            space=float(draw.integers(0, 2)), whole=bool(whole[k]),
        )
        for k in range(2)
    )  # fmt: skip
    demand_of = draw.integers(0, 6, (2, 2)).astype(float)
    problem = Problem(
        ("A", "B"),
        demand_of.sum(axis=1),
        kinds,
        demand_of=demand_of if apart else None,
        existing=draw.integers(0, 3, (2, 2)).astype(float),
        cap=draw.choice([0.0, 2.0, np.inf], (2, 2)),
        budget=draw.choice([None, 2.0, 9.0]),
        space=draw.choice([0.0, 2.0, np.inf], 2),
        locked=np.where(draw.random((2, 2)) < 0.1, 0.0, np.nan),
        value=draw.choice([0.0, 1.0, 2.0], 2),
    )
    plan, nothing = solve(problem), solve(problem.derived(resources=tuple(replace(one, stock=0.0) for one in kinds)))
    # B gets nothing of what the plan gives it
    kept = [[1], [0]]
    served_of = None if plan.served_of is None else np.where(kept, plan.served_of, nothing.served_of)
    served = np.where([True, False], plan.served, nothing.served)
    lost = replace(plan, units=plan.units * kept, served=served, served_of=served_of)
    left = problem.stock - lost.units.sum(axis=0)
    alone = replace(
        problem,
        demand=problem.demand * [0, 1],
        demand_of=demand_of * [[0], [1]] if apart else None,
        resources=tuple(replace(one, stock=float(stock)) for one, stock in zip(kinds, left, strict=True)),
        budget=None if problem.budget is None else problem.budget - lost.spent,
    )
    more = problem.value[1] > 0 and solve(alone).served[1] > nothing.served[1] + 1e-6
    assert ("B could be served more" in idle(lost)) == more
