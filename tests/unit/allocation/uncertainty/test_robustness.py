from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, cautious, robustness, sample_average
from medalloc.errors import InputError

FUTURES = Futures(("A", "B"), [[20, 20], [0, 40], [40, 0]])
PROBLEM = Problem(FUTURES.regions, [20, 20], (Resource("beds", stock=20),), population=[1, 3])


@settings(max_examples=40)
@given(data=st.data())
def test_no_plan_within_the_limits_does_better_than_foresight(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    plans = {
        "mean": solve(problem),
        "average": sample_average(problem, futures),
        "cautious": cautious(problem, futures),
    }
    found = robustness(problem, plans, futures)
    assert (found.regret.to_numpy() >= -1e-7 * (1 + found.best[:, None])).all()
    assert found.share_near_best.between(0, 1).all()
    assert found.regret["average"].mean() <= found.regret["mean"].mean() + 1e-7 * (1 + found.best.max())


@settings(max_examples=30)
@given(data=st.data())
def test_foresight_keeps_the_locks_too_so_no_plan_that_keeps_them_does_better(
    data, feasible_problems, locks_of, futures_of
):
    problem = data.draw(locks_of(data.draw(feasible_problems())))
    futures = data.draw(futures_of(problem.regions))
    plans = {"average": sample_average(problem, futures), "cautious": cautious(problem, futures)}
    found = robustness(problem, plans, futures)
    assert (found.regret.to_numpy() >= -1e-7 * (1 + found.best[:, None])).all()


def test_the_table_says_what_can_be_worked_out_by_hand():
    plans = {"equal": solve(PROBLEM), "per head": solve(replace(PROBLEM, policy="per-head"))}
    found = robustness(PROBLEM, plans, FUTURES)
    assert found.best.tolist() == [20, 20, 20]
    assert found.served["per head"].tolist() == [20, 15, 5]
    assert found.table.values.tolist() == [
        ["equal", pytest.approx(40 / 3), 10, pytest.approx(20 / 3), 10, pytest.approx(1 / 3)],
        ["per head", pytest.approx(40 / 3), 5, pytest.approx(20 / 3), 15, pytest.approx(1 / 3)],
    ]


@pytest.mark.parametrize(("near", "share"), [(0.0, 1 / 3), (0.5, 1.0), (1.0, 1.0)])
def test_a_wider_margin_finds_more_futures_near_their_best(near, share):
    found = robustness(PROBLEM, {"equal": solve(PROBLEM)}, FUTURES, near=near)
    assert found.share_near_best["equal"] == pytest.approx(share)


def test_floors_hold_as_far_as_there_is_demand():
    # A's floor keeps 10 of 20 beds; where A has nobody in need, foresight places them in B.
    found = robustness(replace(PROBLEM, floor=[0.5, 0]), {"equal": solve(PROBLEM)}, FUTURES)
    assert found.best.tolist() == [20, 20, 20]


def test_what_cannot_be_compared_is_said_at_once():
    other = solve(Problem(("C",), [1], (Resource("beds", 1),)))
    with pytest.raises(InputError) as caught:
        robustness(PROBLEM, {"other": other}, FUTURES, near=5)
    assert len(caught.value.faults) == 2
    with pytest.raises(InputError, match="no plan to compare"):
        robustness(PROBLEM, {}, FUTURES)


def test_the_order_in_which_the_futures_name_the_regions_does_not_matter():
    turned = Futures(("B", "A"), FUTURES.demand[:, ::-1])
    one, other = (robustness(PROBLEM, {"equal": solve(PROBLEM)}, futures) for futures in (FUTURES, turned))
    assert np.array_equal(one.served, other.served) and np.array_equal(one.best, other.best)
