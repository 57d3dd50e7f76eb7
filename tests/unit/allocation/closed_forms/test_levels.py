import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.levels import NOTHING_SHORT, ONE_LEVEL, balanced_levels
from medalloc.allocation.closed_forms.wishes import Wishes


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), alpha=st.sampled_from([0.3, 1.0, 2.0, 8.0]), room=st.floats(0.02, 1.2))
def test_of_one_limit_one_water_level_uses_up_all_there_is_however_much_each_takes(seed, alpha, room):
    draw = np.random.default_rng(seed)
    demand, value, uses = draw.uniform(1, 90, 5), draw.uniform(0.2, 3, 5), draw.uniform(0.1, 4, (1, 5))
    bottom = demand * draw.uniform(0, 0.4, 5)
    length, groups = demand - bottom, np.arange(5)
    there = room * (uses @ length)
    wishes = Wishes(np.log(demand), np.log(value), bottom, length, groups, uses, there, alpha)
    level, how = balanced_levels(wishes)
    assert how == (ONE_LEVEL if room < 1 else NOTHING_SHORT)
    served = wishes.filled(level)
    np.testing.assert_allclose(uses @ served, np.minimum(there, uses @ length), rtol=1e-9)
    # nobody between the ends would be worth more than another for what is taken
    inner = (served > 1e-9 * demand) & (served < length * (1 - 1e-9))
    worth = np.log(value) - alpha * np.log((bottom + served) / demand) - np.log(uses[0])
    assert not inner.any() or np.ptp(worth[inner]) <= 1e-6


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), alpha=st.sampled_from([0.5, 1.0, 3.0]), limits=st.integers(2, 3))
def test_of_several_limits_those_with_a_price_are_used_up_and_nobody_is_worth_more_than_what_he_takes(
    seed, alpha, limits
):
    draw = np.random.default_rng(seed)
    demand, value, uses = draw.uniform(1, 90, 6), draw.uniform(0.2, 3, 6), draw.uniform(0, 4, (limits, 6))
    uses *= draw.random((limits, 6)) < 0.8
    uses[0] = np.maximum(uses[0], 0.1)
    bottom = demand * draw.uniform(0, 0.4, 6)
    length, groups = demand - bottom, np.arange(6)
    there = draw.uniform(0.05, 1.1, limits) * (uses @ length)
    level, _ = balanced_levels(Wishes(np.log(demand), np.log(value), bottom, length, groups, uses, there, alpha))
    served = Wishes(np.log(demand), np.log(value), bottom, length, groups, uses, there, alpha).filled(level)
    left, priced = there - uses @ served, np.isfinite(level)
    assert (left >= -1e-9 * there).all() and (np.abs(left) <= 1e-9 * there)[priced].all()
    with np.errstate(divide="ignore"):
        takes = np.log(np.exp(-alpha * (level[priced] - level[priced].max(initial=0.0))) @ uses[priced])
    worth = np.log(value) - alpha * np.log((bottom + served) / demand) - takes
    free = ~np.isfinite(takes)
    assert (served >= length * (1 - 1e-9))[free].all()
    inner, full, none = (served > 1e-9 * demand) & (served < length * (1 - 1e-9)), served >= length, served <= 0
    if (inner & ~free).any():
        same = worth[inner & ~free].mean()
        assert np.ptp(worth[inner & ~free]) <= 1e-6
        assert (worth[full & ~free] >= same - 1e-6).all() and (worth[none & ~free] <= same + 1e-6).all()
