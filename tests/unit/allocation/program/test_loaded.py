"""A program that stays loaded is what it would be if it were loaded afresh."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from medalloc.allocation.program.found import NoPlanError
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import goal_of, model_of


def best(live, goal):
    try:
        return live.run(goal).value
    except NoPlanError:
        return None


def ends_of(live):
    program = live.solver.getLp()
    ends = (program.col_lower_, program.col_upper_, program.row_lower_, program.row_upper_)
    return [np.array(each) for each in ends]


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_it_goes_on_with_other_ends_like_one_that_is_loaded_with_them(data, seed, with_choices):
    model, draw = model_of(data.draw(with_choices(whole=st.booleans(), floors=False))), np.random.default_rng(seed)
    goal, ends = goal_of(model, model.persons.value), model.ends
    part = {
        name: np.where(draw.random(each.size) < 0.4, draw.uniform(0.3, 1.0, each.size) * each, each)
        for name, each in vars(ends).items()
    }
    live = Live(model)
    live.relax()
    there = live.run(goal).amounts
    part["column_lower"] = np.where(draw.random(there.size) < 0.3, np.minimum(0.5 * there, part["column_upper"]), 0.0)
    other = replace(model, ends=replace(ends, **part))
    live.take(other)
    afresh = Live(replace(other, whole=np.zeros_like(model.whole)))
    # both in the sizes of what was loaded
    for now, then, size in zip(ends_of(live), ends_of(afresh), ("size", "size", "row_size", "row_size"), strict=True):
        assert np.allclose(now * getattr(live, size), then * getattr(afresh, size), rtol=1e-12)
    assert best(live, goal) == pytest.approx(best(afresh, goal), rel=1e-7, abs=1e-7)
    live.take(model)
    live.relax(False)
    assert best(live, goal) == pytest.approx(best(Live(model), goal), rel=1e-6, abs=1e-7)


@settings(max_examples=40)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_what_is_held_is_all_that_is_worth_as_much_and_nothing_is_held_any_more_afterwards(data, seed, with_choices):
    model = model_of(data.draw(with_choices(floors=False)))
    goal, other = goal_of(model, model.persons.value), np.random.default_rng(seed).normal(0, 1, model.layout.columns)
    live = Live(model)
    before = ends_of(live)
    found = live.run(goal)
    live.hold()
    # the slow way: a row that lets none be worth less
    slow = Live(model)
    scale = max(1.0, float(np.abs(goal * slow.size).max()))
    slow.add_rows(csr_array((goal * slow.size / scale)[None, :]), np.array([found.value / scale]), np.array([np.inf]))
    among = live.run(other)
    assert goal @ among.amounts == pytest.approx(found.value, rel=1e-7, abs=1e-7)
    assert among.value == pytest.approx(best(slow, other), rel=1e-5, abs=1e-5)
    live.release()
    assert all(np.array_equal(one, then) for one, then in zip(ends_of(live), before, strict=True))
    assert best(live, goal) == pytest.approx(found.value, rel=1e-9, abs=1e-9)
