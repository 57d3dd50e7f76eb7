from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.rules import shares
from medalloc.allocation.problem import Problem, Resource

RULES = st.sampled_from(["per-head", "proportional"])


def slow_shares(problem):
    """The rule as it is told, by bisection on each level."""
    weight = problem.population if problem.policy == "per-head" else problem.demand
    need = np.maximum(0, problem.requirement * (problem.effective_floor * problem.demand)[:, None] - problem.existing)
    want = np.minimum(problem.cap, np.maximum(0, problem.requirement * problem.demand[:, None] - problem.existing))
    costs = problem.unit_cost > 0

    def units(levels):
        return np.clip(levels * problem.requirement * weight[:, None], np.minimum(need, want), want)

    def highest(fits):
        low, high = 0.0, 1e6
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return low

    levels = np.array(
        [highest(lambda t, k=k: units(t)[:, k].sum() <= problem.stock[k]) for k in range(problem.stock.size)]
    )
    if problem.budget is not None:
        common = highest(
            lambda t: (
                (units(np.where(costs, np.minimum(t, levels), levels)) * problem.unit_cost).sum() <= problem.budget
            )
        )
        levels = np.where(costs, np.minimum(common, levels), levels)
    return units(levels)


@settings(max_examples=80)
@given(data=st.data())
def test_the_shares_are_those_of_the_rule_as_it_is_told(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=RULES))
    assert np.allclose(shares(problem, problem.aim.rule).units, slow_shares(problem), rtol=1e-9, atol=1e-7)


@settings(max_examples=60)
@given(data=st.data())
def test_shares_keep_stocks_budget_caps_and_floors(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=RULES))
    share = shares(problem, problem.aim.rule)
    assert (share.units.sum(axis=0) <= problem.stock * (1 + 1e-9) + 1e-9).all()
    assert (share.units <= problem.cap).all()
    assert problem.budget is None or (share.units * problem.unit_cost).sum() <= problem.budget * (1 + 1e-9) + 1e-9
    assert (share.served >= problem.effective_floor * problem.demand - 1e-9).all()


def test_money_holds_back_only_what_costs_money():
    problem = Problem(
        ("A", "B"),
        [10, 10],
        (Resource("beds", 20, unit_cost=1), Resource("leaflets", 20)),
        budget=10,
        policy="proportional",
    )
    assert shares(problem, problem.aim.rule).units.tolist() == [[5, 10], [5, 10]]
    assert shares(replace(problem, budget=None), problem.aim.rule).served.tolist() == [10, 10]


def test_nobody_lives_there_so_nothing_goes_there_per_head_but_its_floor():
    problem = Problem(
        ("A", "B"), [10, 10], (Resource("beds", 8),), population=[0, 5], floor=[0.2, 0], policy="per-head"
    )
    assert shares(problem, problem.aim.rule).units.tolist() == [[2], [6]]


@settings(max_examples=60)
@given(demand=st.lists(st.integers(1, 60), min_size=2, max_size=8), stock=st.integers(1, 40))
def test_whole_units_of_a_stock_are_all_shared_out_and_no_more(demand, stock):
    names = tuple(f"R{each}" for each in range(len(demand)))
    problem = Problem(names, demand, (Resource("beds", stock, whole=True),), policy="proportional")
    units = shares(problem, problem.aim.rule).units[:, 0]
    assert units.sum() == min(stock, sum(demand))
    # nobody gets a unit less or more than a share that is not rounded
    assert (np.abs(units - stock / max(stock, sum(demand)) * np.array(demand)) < 1).all()
