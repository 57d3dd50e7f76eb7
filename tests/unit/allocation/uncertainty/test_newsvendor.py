import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import simpson
from scipy.stats import norm

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, newsvendor, sample_average
from medalloc.errors import InputError

COSTS, MEANS, SPREADS = st.floats(0.1, 10), st.floats(-50, 50), st.floats(0.5, 20)


def average_cost(level, holding, shortage, mean, sd):
    """Integrate what is left over and what is short over the density."""
    below, above = np.linspace(mean - 12 * sd, level, 2001), np.linspace(level, mean + 12 * sd, 2001)
    over = simpson((level - below) * norm.pdf(below, mean, sd), x=below)
    short = simpson((above - level) * norm.pdf(above, mean, sd), x=above)
    return holding * over + shortage * short


@given(holding=COSTS, shortage=COSTS, mean=MEANS, sd=SPREADS)
def test_the_cost_is_the_integral_and_no_level_nearby_costs_less(holding, shortage, mean, sd):
    best = newsvendor(holding, shortage, mean, sd)
    assert best.cost == pytest.approx(average_cost(best.level, holding, shortage, mean, sd), rel=1e-6)
    for other in (best.level - 0.1 * sd, best.level + 0.1 * sd):
        assert average_cost(other, holding, shortage, mean, sd) >= best.cost - 1e-9


def test_without_spread_the_level_is_demand_and_costs_nothing():
    best = newsvendor(1, 3, 40, 0)
    assert (best.level, best.cost) == (40, 0)


def test_the_sample_average_plan_holds_the_same_level_where_a_place_costs_as_much_as_it_gains():
    """With one region and the level as its stock, the chance that one more place is used is the critical ratio."""
    best = newsvendor(holding=1, shortage=3, mean=100, sd=10)
    demand = norm(100, 10).ppf([(2 * place + 1) / 4000 for place in range(2000)])
    plan = sample_average(Problem(("A",), [100], (Resource("beds", best.level),)), Futures(("A",), demand[:, None]))
    assert (demand > plan.capacity[0]).mean() == pytest.approx(1 / 4, abs=1e-3)


def test_every_impossible_value_is_said_at_once():
    with pytest.raises(InputError) as caught:
        newsvendor(0, float("nan"), 10, -1)
    assert len(caught.value.faults) == 3
