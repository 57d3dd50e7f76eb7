import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.persistence.drift import (
    CHANCE,
    EVERY,
    MUCH,
    SOME,
    ColumnFit,
    Watch,
    chance_of_shift,
    shifted,
    stability_index,
)
from medalloc.need.persistence.profile import profile
from medalloc.preparation.encoding import encode
from tests.unit.need.conftest import as_table

COUNTS = st.lists(st.integers(0, 500), min_size=2, max_size=8)
DRAW = np.random.default_rng(3)


def watches(trained: object, new: object, pieces: int = 1) -> list[Watch]:
    """Return a watch for each piece of a new column."""
    frame, arrived = pd.DataFrame({"x": trained}), pd.Series(new)
    (column,) = profile(as_table(frame.assign(need=0)), encode(frame, ["x"]), np.arange(len(frame)))
    made = [Watch(column) for _ in range(pieces)]
    for watch, part in zip(made, np.array_split(np.arange(len(arrived)), pieces), strict=True):
        watch.add(encode(pd.DataFrame({"x": arrived.iloc[part]}), ["x"])[0])
    return made


def fit(trained: object, new: object, pieces: int = 1) -> ColumnFit:
    frame = pd.DataFrame({"x": trained})
    (column,) = profile(as_table(frame.assign(need=0)), encode(frame, ["x"]), np.arange(len(frame)))
    watch = Watch(column)
    for part in np.array_split(np.arange(len(pd.Series(new))), pieces):
        watch.add(encode(pd.DataFrame({"x": pd.Series(new).iloc[part]}), ["x"])[0])
    return watch.fit(1)


@given(COUNTS, st.integers(1, 20))
def test_equal_shares_have_nearly_no_index_and_no_shift(counts: list[int], times: int) -> None:
    expected = np.array(counts) + 1
    assert chance_of_shift(expected, expected * times) == pytest.approx(1)
    assert 0 <= stability_index(expected, expected * times) < 0.05 * len(counts)


@given(COUNTS, st.randoms())
def test_the_index_is_symmetric_and_never_negative(counts: list[int], _random: object) -> None:
    first, second = np.array(counts), np.array(counts[::-1])
    assert stability_index(first, second) == pytest.approx(stability_index(second, first))
    assert stability_index(first, second) >= 0


def test_the_chance_is_that_of_the_chi_square_test() -> None:
    from scipy.stats import chi2_contingency

    table = np.array([[20, 30, 50], [30, 25, 20]])
    assert chance_of_shift(*table) == pytest.approx(chi2_contingency(table, correction=False).pvalue)


def test_pieces_are_counted_as_the_whole() -> None:
    trained, new = DRAW.normal(size=500), DRAW.normal(0.5, size=900)
    assert fit(trained, new, 7) == fit(trained, new)


def test_a_constant_column_shifts_only_when_it_changes() -> None:
    assert fit([1.0] * 50, [1.0] * 40).shifted == "no"
    changed = fit([1.0] * 50, [2.0] * 40)
    assert (changed.above, changed.below) == (40, 0)


def test_a_column_that_was_always_missing_shifts_when_values_come() -> None:
    assert fit([np.nan] * 50, [np.nan] * 40).shifted == "no"
    assert fit([np.nan] * 50, [1.0] * 40).shifted == "strongly"


def test_a_small_file_is_not_called_shifted_by_chance() -> None:
    trained = DRAW.normal(size=2000)
    assert [fit(trained, DRAW.normal(size=30)).shifted for _ in range(30)].count("no") == 30


def test_unseen_categories_are_not_counted_where_some_were_left_out() -> None:
    many = [f"t{number}" for number in range(1500)] * 5
    assert fit(many, ["new"] * 50).unseen == 0
    assert fit([each for each in many if len(each) < 4], ["new"] * 50).unseen == 50
    assert fit(["a"] * 50 + ["b"], ["new"] * 50).unseen == 0


def judged(found: ColumnFit, before: list[int], now: list[int], *, in_order: bool) -> None:
    """Work index, difference and word out part by part, those without a value coming last."""
    parts = [(one + 0.5, other + 0.5) for one, other in zip(before, now, strict=True) if one + other]
    old, new = (sum(each[side] for each in parts) for side in (0, 1))
    index = sum((one / old - other / new) * np.log((one / old) / (other / new)) for one, other in parts)
    apart = [other / sum(now) - one / sum(before) for one, other in zip(before, now, strict=True)]
    sums = [sum(apart[: each + 1]) for each in range(len(apart))]
    assert found.drift == pytest.approx(index)
    assert found.distance == pytest.approx(max(map(abs, sums if in_order else apart)), abs=1e-12)
    lucky = chance_of_shift(np.array(before), np.array(now)) >= CHANCE
    assert found.shifted == ("no" if lucky or index < SOME else "somewhat" if index < MUCH else "strongly")


SOME_NUMBERS = st.lists(st.one_of(st.just(float("nan")), st.integers(-5, 30).map(float)), min_size=1, max_size=60)


@given(SOME_NUMBERS, SOME_NUMBERS)
@settings(max_examples=60)
def test_numbers_are_compared_part_by_part(trained: list[float], new: list[float]) -> None:
    (watch,) = watches(trained, new)
    edges, found = watch.column.edges, watch.fit(1)
    known = [each for each in trained if each == each]
    assert found.missing == sum(each != each for each in new)
    assert found.below == sum(each < min(known) for each in new if known)
    assert found.above == sum(each > max(known) for each in new if known)
    counts = [
        [sum(sum(one > edge for edge in edges) == part for one in of if one == one) for part in range(len(edges) + 1)]
        + [sum(one != one for one in of)]
        for of in (trained, new)
    ]
    judged(found, *counts, in_order=True)


@given(st.integers(0, 10**6), st.booleans(), st.integers(1, 30))
@settings(max_examples=30)
def test_texts_are_compared_one_by_one_up_to_the_most_frequent_twenty(seed: int, rare: bool, kinds: int) -> None:
    draw = np.random.default_rng(seed)
    levels = [f"t{each:02}" for each in range(kinds)]
    trained = [each for each in levels for _ in range(int(draw.integers(20, 40)))] + [None] * 3 + ["once"] * rare
    new = [*draw.choice([*levels, "new", "newer", "newest", "never"], 300), None]
    (watch,) = watches(trained, new)
    found, single = watch.fit(1), watch.column.levels[:20]
    assert set(watch.column.levels) == set(levels) and found.missing == 1
    counts = [[of.count(each) for each in single] for of in (trained, new)]
    for of, each in zip((trained, new), counts, strict=True):
        each += [len(of) - of.count(None) - sum(each), of.count(None)]
    judged(found, *counts, in_order=False)
    unseen = sorted((each for each in set(new) if each and each[0] == "n"), key=lambda each: (-new.count(each), each))
    assert found.unseen == (0 if rare else sum(map(new.count, unseen)))
    assert found.examples == (() if rare else tuple(unseen[:3]))


@pytest.mark.parametrize("text", [False, True])
def test_what_several_watches_told_is_what_one_would_have_counted(text: bool) -> None:
    trained, new = (["a", "b"] * 50, ["a", "c", "c", None] * 30) if text else (np.arange(99.0), np.arange(-9.0, 130))
    (whole,), (first, *others) = watches(trained, new), watches(trained, new, 3)
    for each in others:
        first.merge(each.to_json())
    assert first.fit(1) == whole.fit(1) and first.to_json() == whole.to_json()


def test_of_a_long_piece_every_eighth_row_is_compared_and_every_row_is_held_against_the_range() -> None:
    new = np.tile(np.arange(100.0), 90)
    (long,), (short,) = watches(np.arange(10.0, 90.0), new), watches(np.arange(10.0, 90.0), new[:8192])
    assert (long.below, long.above) == (900, 900)
    assert (long.counts.sum(), short.counts.sum()) == (9000 / EVERY, 8192)


def test_columns_that_have_shifted_are_told_the_most_shifted_first() -> None:
    some, much = (fit(np.arange(1000.0), np.arange(1000.0) ** power / 1000 ** (power - 1)) for power in (1.5, 3))
    none = fit(np.arange(1000.0), np.arange(1000.0))
    assert shifted([none, some, much]) == [much, some]
