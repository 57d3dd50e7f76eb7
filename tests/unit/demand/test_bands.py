import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.demand.bands import Band, band_of, in_order, read_band, sex_of


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("18-64", 18, 65),
        ("18 – 64 years", 18, 65),
        ("5 to 9", 5, 10),
        ("18至64岁", 18, 65),
        ("65+", 65, math.inf),
        ("80 years and older", 80, math.inf),
        ("aged 65 or over", 65, math.inf),
        ("over 64", 65, math.inf),
        ("≥ 65", 65, math.inf),
        ("65岁及以上", 65, math.inf),
        ("under 5", 0, 5),
        ("<18", 0, 18),
        ("18岁以下", 0, 18),
        ("7", 7, 8),
    ],
)
def test_a_band_is_read_however_it_is_written(name: str, low: float, high: float) -> None:
    assert read_band(name) == Band(name, low, high)


@pytest.mark.parametrize("name", ["", "adults", "64-18", "18-", "-5", "1.5"])
def test_what_is_no_band_is_not_taken_for_one(name: str) -> None:
    assert read_band(name) is None


def test_bands_are_put_in_order_and_overlaps_said() -> None:
    assert in_order(["65+", "0-17", "18-64"]) == (["0-17", "18-64", "65+"], [])
    assert "“0-18” and “18-64” overlap" in str(in_order(["18-64", "0-18"])[1][0])
    assert in_order(["old", "0-17"]) == (["old", "0-17"], [])


@given(st.lists(st.floats(0, 120), max_size=30))
def test_an_age_is_in_the_band_that_holds_its_completed_years(ages: list[float]) -> None:
    code, _ = band_of(pd.Series(ages, dtype=float), ["0-17", "18-64", "65-89"])
    assert code.tolist() == [0 if age < 18 else 1 if age < 65 else 2 if age < 90 else -1 for age in ages]


def test_bands_of_patients_fit_into_the_same_or_wider_ones_and_unknown_ones_into_none() -> None:
    code, faults = band_of(pd.Series(["18–44", "45-64", "0 - 17", "60-70", None, "Adult"]), ["0-17", "18-64", "adult"])
    assert (code.tolist(), faults) == ([1, 1, 0, -1, -1, 2], [])


def test_missing_ages_are_in_no_band_and_a_band_that_cannot_be_read_is_said() -> None:
    assert band_of(pd.Series([np.nan, 3.0]), ["0-17"])[0].tolist() == [-1, 0]
    assert "“grown up” is no age band" in str(band_of(pd.Series([3]), ["grown up"])[1][0])


def test_a_sex_is_one_word_however_it_is_written() -> None:
    assert {sex_of(name) for name in ("M", "male", " Men ", "男", "男性")} == {"male"}
    assert {sex_of(name) for name in ("F", "Female", "women", "女")} == {"female"}
    assert sex_of("X") == "x"
