"""Units that come counted once: the plans of the smaller program are those of the program, and so are its prices."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.program.found import bound_by_prices
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.netting import Netting
from medalloc.allocation.program.rounding import keeps


@settings(max_examples=60)
@given(data=st.data(), seed=st.integers(0, 10**6), wanted=st.sampled_from(["persons", "anything"]))
def test_the_optimum_of_the_smaller_program_is_one_of_the_program_and_its_prices_prove_it(
    data, seed, wanted, with_choices
):
    problem = data.draw(with_choices(floors=False, whole=st.sampled_from([False, False, True])))
    assume(any(one.is_moved for one in problem.resources))
    draw = np.random.default_rng(seed)
    settled = draw.random(problem.cap.shape) < data.draw(st.sampled_from([0.0, 0.3]))
    lock = np.minimum(problem.cap, draw.integers(0, 3, problem.cap.shape))
    lock = np.where((problem.space < np.inf)[:, None], 0.0, lock)
    beside = tuple(replace(one, stock=one.stock + lock[:, k].sum()) for k, one in enumerate(problem.resources))
    budget = None if problem.budget is None else problem.budget + (lock * problem.unit_cost).sum()
    problem = replace(problem, resources=beside, budget=budget, locked=np.where(settled, lock, np.nan))
    model, persons = model_of(problem), model_of(problem).persons
    goal = goal_of(model, persons.value)
    if wanted == "anything":
        # what is taken costs something, wherever it comes from
        cost = draw.uniform(0.01, 0.2, problem.existing.shape[1])
        goal[model.layout.new] -= cost
        goal[model.layout.taken] -= 1.5 * cost[list(model.layout.movable)]
    netting = Netting(model)
    best, found = Live(model).run(goal), Live(netting.netted).run(netting.goal(goal))
    close = (2e-6 if model.whole.any() else 1e-7) * max(1.0, abs(best.value))
    assert found.value == pytest.approx(best.value, abs=close)
    amounts = netting.apart(found.amounts)
    assert keeps(model, amounts)
    assert goal @ amounts >= best.value - close
    # caps limit what comes in the smaller program as ends of its columns, which have no prices
    if wanted == "persons" and not model.whole.any() and not np.isfinite(problem.cap).any():
        bound = bound_by_prices(model, goal, netting.prices(found.price))
        assert bound == pytest.approx(best.value, abs=close)
