"""What no point can be worth, by prices."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.program.found import bound_by_prices
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.netting import Netting


@settings(max_examples=40)
@given(data=st.data(), seed=st.integers(0, 10**6), netted=st.booleans())
def test_no_prices_of_rows_whatever_they_are_bound_less_than_the_optimum_and_those_of_the_solver_bound_just_that(
    data, seed, netted, with_choices
):
    model = model_of(data.draw(with_choices(floors=False)))
    netting, goal = Netting(model), goal_of(model, model.persons.value)
    if netted:
        model, goal = netting.netted, netting.goal(goal)
    draw = np.random.default_rng(seed)
    # a start that is above nothing, which some of the persons have anyway
    lower = np.where(draw.random(goal.size) < 0.3, 0.5, 0.0) * Live(model).run(goal).amounts
    model = replace(model, ends=replace(model.ends, column_lower=np.maximum(model.ends.column_lower, lower)))
    best = Live(model).run(goal)
    close = 1e-7 * max(1.0, best.value)
    assert bound_by_prices(model, goal, best.price) == pytest.approx(best.value, abs=close)
    for spread in (0.1, 1.0, 3.0):
        bound = bound_by_prices(model, goal, best.price + draw.normal(0, spread, best.price.size))
        assert math.isfinite(bound) and bound >= best.value - close
