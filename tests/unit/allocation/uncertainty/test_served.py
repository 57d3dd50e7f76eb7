import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, served_in, tail_mean

LOSSES = st.lists(st.floats(0, 100), min_size=1, max_size=8).map(np.array)


@settings(max_examples=40)
@given(data=st.data())
def test_a_plan_serves_what_it_says_if_demand_is_as_expected(data, feasible_problems):
    problem = data.draw(feasible_problems())
    plan = solve(problem)
    served = served_in(plan, Futures(problem.regions, [problem.demand]))[0]
    assert np.allclose(served, plan.served, rtol=1e-8, atol=1e-8)


@settings(max_examples=40)
@given(data=st.data())
def test_no_future_serves_more_than_its_demand(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    served = served_in(solve(problem), futures)
    assert served.shape == futures.demand.shape and (served <= futures.demand).all() and (served >= 0).all()


@given(losses=LOSSES, level=st.floats(0, 0.99))
def test_the_tail_is_between_the_mean_and_the_worst(losses, level):
    tail = tail_mean(losses, level)
    assert losses.mean() - 1e-9 <= tail <= losses.max() + 1e-9


@given(losses=LOSSES, level=st.sampled_from([0.0, 0.25, 0.5, 0.9]))
def test_the_tail_is_the_least_of_rockafellar_and_uryasevs_function(losses, level):
    candidates = [t + np.maximum(0, losses - t).mean() / (1 - level) for t in losses]
    assert tail_mean(losses, level) == pytest.approx(min(candidates), rel=1e-9, abs=1e-9)
