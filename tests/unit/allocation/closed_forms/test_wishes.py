"""What is wished for at prices, against the derivatives of what it is worth."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.wishes import Wishes


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), alpha=st.sampled_from([0.4, 1.0, 3.0]), limits=st.integers(1, 3))
def test_everybody_goes_up_to_where_one_more_person_is_worth_what_is_taken_for_it(seed, alpha, limits):
    draw = np.random.default_rng(seed)
    regions = 4
    demand, value = draw.uniform(1, 50, regions), draw.uniform(0.3, 3, regions)
    bottom = demand * draw.uniform(0, 0.3, regions)
    group, uses = draw.integers(0, 3, regions), draw.uniform(0.2, 2, (limits, 3))
    room = draw.uniform(1, 20, limits)
    wishes = Wishes(np.log(demand), np.log(value), bottom, demand - bottom, group, uses, room, alpha)
    level = draw.uniform(-1.0, 0.5, limits)
    price = np.exp(-alpha * level)
    served, paid = wishes.filled(level), price @ uses[:, group]
    worth = value * ((bottom + served) / demand) ** -alpha
    inner = (served > 0) & (served < demand - bottom)
    np.testing.assert_allclose(worth[inner], paid[inner])
    assert (worth[served == 0] <= paid[served == 0] * (1 + 1e-9)).all()
    assert (worth[served == demand - bottom] >= paid[served == demand - bottom] * (1 - 1e-9)).all()
    taken = np.array([sum(uses[row, group[r]] * served[r] for r in range(regions)) for row in range(limits)])
    np.testing.assert_allclose(wishes.taken(served), taken)
    np.testing.assert_allclose(wishes.size, room + wishes.taken(bottom))
    found, slopes = wishes.slopes(level)
    np.testing.assert_allclose(found, taken)
    for row in range(limits):
        step = 1e-6 * (np.arange(limits) == row)
        rise = (wishes.taken(wishes.filled(level + step)) - wishes.taken(wishes.filled(level - step))) / 2e-6
        np.testing.assert_allclose(slopes[:, row], rise, rtol=1e-4, atol=1e-5)


def test_without_a_price_everybody_is_served():
    wishes = Wishes(np.zeros(2), np.zeros(2), np.zeros(2), np.ones(2), np.arange(2), np.ones((1, 2)), np.ones(1), 2.0)
    assert wishes.filled(np.array([np.inf])).tolist() == [1, 1]
