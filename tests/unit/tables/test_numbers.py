import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.numbers import ENOUGH, looks_numeric, to_numbers

HUNDREDTHS = st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=20)


def english(hundredths: int) -> str:
    return f"{hundredths / 100:,.2f}"


def swapped(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


@settings(max_examples=60)
@given(HUNDREDTHS)
def test_both_notations_of_the_same_numbers_read_the_same(hundredths: list[int]) -> None:
    written = pd.Series([english(each) for each in hundredths])
    expected = [each / 100 for each in hundredths]
    assert to_numbers(written).tolist() == expected
    assert to_numbers(written.map(swapped)).tolist() == expected
    assert looks_numeric(written)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=12))
def test_any_text_reads_as_a_number_or_as_missing(cells: list[str | None]) -> None:
    column = pd.Series(cells, dtype="str", index=range(5, 5 + len(cells)))
    numbers = to_numbers(column)
    assert numbers.dtype == float
    assert numbers.index.equals(column.index)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,200", "950", "12,000 kg"], [1200, 950, 12000]),
        (["1.234.567", "2.000"], [1234567, 2000]),
        (["12,34,567", "1"], [1234567, 1]),
        (["1 200,5", "1\u00a0200,5", "1\u202f200"], [1200.5, 1200.5, 1200]),
        (["1'200.50", "1’200"], [1200.5, 1200]),
        (["$1,200.50", "-$3", "US$ 4"], [1200.5, -3, 4]),
        (["30%", "25%"], [30, 25]),
        (["120 mg/dL", "95 mg/dl"], [120, 95]),
        (["1 day", "12 days"], [1, 12]),
        (["12岁", "３５岁"], [12, 35]),
        (["−5", "+3", ".5"], [-5, 3, 0.5]),
        (["1e-5", "2E3"], [1e-5, 2000]),
        ([" 7 ", None], [7, np.nan]),
    ],
)
def test_usual_ways_to_write_numbers_are_read(cells: list[str], numbers: list[float]) -> None:
    np.testing.assert_array_equal(to_numbers(pd.Series(cells, dtype="str")), numbers)


@pytest.mark.parametrize(
    "cell",
    ["<5", ">100", "~3", "5k", "1.2M", "3万", "I10", "P0001", "Q1", "2020-01-31", "12.03.2020", "1.2.3", "4-6", "x"],
)
def test_what_would_lose_its_meaning_is_not_a_number(cell: str) -> None:
    assert np.isnan(to_numbers(pd.Series([cell]))[0])


def test_a_cell_in_another_unit_is_not_read_as_the_same_figure() -> None:
    assert to_numbers(pd.Series(["12 kg", "13", "14 kg", "30 lb"])).isna().tolist() == [False, False, False, True]


def test_two_decimal_signs_in_one_column_do_not_both_count() -> None:
    assert to_numbers(pd.Series(["1.5", "2.5", "2,5"])).isna().tolist() == [False, False, True]


def test_codes_with_leading_zeros_are_no_numbers_wherever_they_stand() -> None:
    assert not looks_numeric(pd.Series(["56045"] * 2000 + ["01001"]))
    assert looks_numeric(pd.Series(["0", "0,5", "10"]))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1.5, 2.0]),
        pd.Series([True, False]),
        pd.to_datetime(pd.Series(["2020-01-01"])),
        pd.Series([None, None], dtype="str"),
        pd.Series([], dtype="str"),
        pd.Series(["male", "female"]),
    ],
)
def test_only_text_of_numbers_looks_numeric(column: pd.Series) -> None:
    assert not looks_numeric(column)


def test_a_stray_word_does_not_hide_a_column_of_numbers() -> None:
    column = pd.Series([f"{each},5" for each in range(19)] + ["unknown"])
    assert looks_numeric(column)
    assert to_numbers(column).isna().sum() == 1


def test_numbers_stay_as_they_are() -> None:
    assert to_numbers(pd.Series([1, 2])).tolist() == [1.0, 2.0]


def test_levels_of_a_category_are_read_like_text() -> None:
    np.testing.assert_array_equal(to_numbers(pd.Series(pd.Categorical(["1,5", None]))), [1.5, np.nan])


@given(
    st.lists(st.sampled_from(["1", "2,5", "−3", "12 kg", "x", "yes", "<5", "１２", "4’000"]), min_size=1, max_size=60)
)
def test_a_look_at_a_few_words_says_what_reading_them_all_would(cells: list[str]) -> None:
    column = pd.Series(cells, dtype="str")
    assert looks_numeric(column) == (to_numbers(column).notna().mean() >= ENOUGH)
