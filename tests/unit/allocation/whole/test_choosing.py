import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.whole.choosing import repaired, topped_up
from medalloc.allocation.whole.steps import Steps


def steps_of(extra, room):
    """Return steps of regions that take so much of every limit, shape (n_regions, n_steps, n_limits)."""
    regions, count, limits = extra.shape
    group, served = np.repeat(np.arange(regions), count), np.tile(np.arange(float(count)), regions)
    flat = extra.reshape(-1, limits)
    return Steps(group, served, flat, flat, np.asarray(room, dtype=float), True)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), regions=st.integers(1, 6), count=st.integers(2, 5), room=st.floats(0, 1.2))
def test_what_is_repaired_fits_and_what_is_topped_up_leaves_no_step_that_would(seed, regions, count, room):
    draw = np.random.default_rng(seed)
    extra = draw.integers(0, 4, (regions, count, 2)).astype(float)
    extra[:, 0] = 0
    extra = extra.cumsum(axis=1)
    worth = draw.integers(1, 9, (regions, count)).cumsum(axis=1).ravel().astype(float)
    steps = steps_of(extra, np.floor(room * extra[:, -1].sum(axis=0)))
    back = repaired(steps, steps.lasts, worth)
    assert steps.fit(back) and (back <= steps.lasts).all() and (back >= steps.starts).all()
    there = topped_up(steps, back, worth, draw.uniform(0, 1, 2), np.arange(regions))
    assert steps.fit(there) and (there >= back).all()
    for region in np.flatnonzero(there < steps.lasts):
        assert not steps.fit(there + (np.arange(regions) == region))


def test_where_too_much_is_taken_whoever_loses_least_for_it_goes_back():
    steps = steps_of(np.array([[[0.0], [1]], [[0], [1]], [[0], [2]]]), [3])
    assert repaired(steps, steps.lasts, np.array([4.0, 5, 0, 3, 0, 3])).tolist() == [0, 3, 5]
    assert repaired(steps, steps.lasts, np.array([0.0, 5, 0, 3, 8, 9])).tolist() == [1, 3, 4]


def test_what_is_left_goes_to_whoever_gains_most_for_it_and_of_equals_to_the_first_by_rank():
    steps = steps_of(np.array([[[0.0], [1]], [[0], [1]], [[0], [2]]]), [2])
    price = np.ones(1)
    assert topped_up(steps, steps.starts, np.array([4.0, 5, 0, 3, 0, 5]), price, np.arange(3)).tolist() == [1, 3, 4]
    assert topped_up(steps, steps.starts, np.array([4.0, 5, 0, 3, 0, 7]), price, np.arange(3)).tolist() == [0, 2, 5]
    one = steps_of(np.array([[[0.0], [1]], [[0], [1]]]), [1])
    for rank, expected in (([0, 1], [1, 2]), ([1, 0], [0, 3])):
        assert topped_up(one, one.starts, np.array([0.0, 3, 0, 3]), price, np.array(rank)).tolist() == expected
