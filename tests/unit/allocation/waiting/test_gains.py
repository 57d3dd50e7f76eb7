import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.waiting.gains import SAMPLE, _bracket, largest_gains, nth_largest


@settings(max_examples=60)
@given(numbers=st.lists(st.integers(0, 9).map(float) | st.floats(0, 1), min_size=1, max_size=60), data=st.data())
def test_the_nth_largest_is_what_sorting_gives(numbers, data):
    n = data.draw(st.integers(1, len(numbers)))
    assert nth_largest(np.array(numbers), n) == sorted(numbers, reverse=True)[n - 1]


@settings(max_examples=20)
@given(seed=st.integers(0, 999), share=st.floats(0.01, 0.999))
def test_a_sample_brackets_the_nth_largest_and_little_beside_it(seed, share):
    numbers = np.random.default_rng(seed).exponential(size=50_000)
    n = int(share * numbers.size)
    low, high = _bracket(numbers, n)
    assert low <= np.sort(numbers)[-n] <= high
    deviation = numbers.size * np.sqrt(share * (1 - share) / SAMPLE)
    between = np.count_nonzero((numbers >= low) & (numbers <= high))
    assert 3 * deviation < between < 9 * deviation + 8 * numbers.size / SAMPLE


def test_a_sample_that_misleads_does_not_matter():
    # every draw of the sample is 0, everything else is not
    numbers = np.arange(1.0, 100_001)
    numbers[:: 100_000 // SAMPLE] = 0
    for n in (1, 10, 50_000, 95_000, 99_999):
        assert nth_largest(numbers, n) == np.sort(numbers)[-n]


def test_no_server_is_taken_where_it_gains_nothing():
    further, next_gain = largest_gains(np.array([0.0, 2.0]), np.array([1.0, 0.0]), np.array([0.0, 3.0]), 10)
    assert further.tolist() == [0, 0] and next_gain == 0


def test_the_gain_not_taken_is_that_of_the_next_server():
    load, weights, start = np.array([8.0, 2.0, 30.0]), np.array([1.0, 2.0, 1.0]), np.array([9.0, 3.0, 31.0])
    for count in range(12):
        now, gain = largest_gains(load, weights, start, count)
        then, smaller = largest_gains(load, weights, start, count + 1)
        assert now.sum() == count and then.sum() == count + 1 and smaller < gain


def test_of_any_number_of_servers_those_that_gain_nothing_are_left():
    load, weights, start = np.array([1.0, 0.5]), np.array([1.0, 2.0]), np.array([2.0, 1.0])
    useful, _ = largest_gains(load, weights, start, 10_000)
    for count in range(int(useful.sum()), int(useful.sum()) + 200):
        further, gain = largest_gains(load, weights, start, count)
        assert further.tolist() == useful.tolist() and gain == 0


def test_of_regions_alike_each_gets_as_many_and_what_is_left_goes_to_the_first():
    for count in range(1, 9):
        further, _ = largest_gains(np.full(3, 4.0), np.ones(3), np.full(3, 5.0), count)
        assert further.tolist() == [count // 3 + (place < count % 3) for place in range(3)]
