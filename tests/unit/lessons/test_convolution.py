import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from medalloc.errors import InputError
from medalloc.lessons.convolution import WEEKS, Series, convolve, kernel_from_text, read, relu, weekly
from medalloc.lessons.sample import Floats
from medalloc.tables.table import Source, Table

SERIES = arrays(np.float64, st.integers(8, 30), elements=st.floats(-10, 10))
KERNELS = arrays(np.float64, st.integers(1, 8), elements=st.floats(-2, 2))


def waves(weeks: int = 160, seed: int = 1) -> Series:
    values = 20 + 10 * np.sin(np.arange(weeks) / 5) + np.random.default_rng(seed).normal(0, 1, weeks)
    return Series(np.datetime64("2020-01-05") + 7 * np.arange(weeks), values)


@given(SERIES, KERNELS)
def test_sliding_a_kernel_is_numpys_convolution_with_the_kernel_turned_round(series: Floats, kernel: Floats) -> None:
    assert np.allclose(convolve(series, kernel), np.convolve(series, kernel[::-1], mode="valid"))


@given(SERIES)
def test_a_moving_mean_stays_within_what_it_averages(series: Floats) -> None:
    made = convolve(series, np.full(4, 0.25))
    assert (made >= series.min() - 1e-9).all()
    assert (made <= series.max() + 1e-9).all()


@given(SERIES)
def test_relu_keeps_what_is_above_0_and_nothing_else(series: Floats) -> None:
    assert np.array_equal(relu(series), np.array([each if each > 0 else 0.0 for each in series]))


def test_the_network_learns_from_the_past_only() -> None:
    series = waves()
    found = read(series, np.array([-1.0, 1.0]), bias=0.0, ahead=2, band=0.05)
    changed = series.values.copy()
    changed[found.ends[~found.is_train][0] + 1 :] += 100
    other = read(Series(series.weeks, changed), np.array([-1.0, 1.0]), bias=0.0, ahead=2, band=0.05)
    assert np.array_equal(found.weights, other.weights)


def test_a_regular_wave_is_foretold_better_than_by_its_shares() -> None:
    found = read(waves(), np.array([-1.0, 0.0, 1.0]), bias=0.0, ahead=3, band=0.05)
    assert found.loss(test=True) < found.plain_loss
    assert np.allclose(found.said.sum(axis=1), 1)


def test_windows_with_a_gap_are_left_out_and_counted() -> None:
    series = waves()
    series.values[50] = np.nan
    found = read(series, np.array([1.0]), bias=0.0, ahead=1, band=0.05)
    assert not any(end - WEEKS < 50 <= end + 1 for end in found.ends)
    assert found.left_out + len(found.ends) == len(series.values)


def test_a_series_of_gaps_says_so() -> None:
    series = waves()
    series.values[::4] = np.nan
    with pytest.raises(InputError, match="at least 20"):
        read(series, np.array([1.0]), bias=0.0, ahead=1, band=0.05)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 x 2 y", "Number 2 of the kernel is “x”.*Number 4"),
        ("", "numbers: 0"),
        ("0 0", "sees nothing"),
        ("nan", "nan"),
    ],
)
def test_a_kernel_that_cannot_be_read_says_every_fault(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        kernel_from_text(text)


def test_the_mean_of_the_regions_leaves_blanks_out() -> None:
    frame = pd.DataFrame(
        {"week": ["2020-01-05", "2020-01-05", "2020-01-19"], "region": ["A", "B", "A"], "value": [1.0, None, 5.0]}
    )
    series = weekly(Table(frame, {}, Source("test", "0" * 64)))
    assert series.values[[0, 2]].tolist() == [1.0, 5.0]
    assert np.isnan(series.values[1])
