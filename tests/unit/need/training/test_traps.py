from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.splitting import Split
from medalloc.need.training.training import fit_on, train
from medalloc.need.training.traps import (
    BY_CHANCE,
    DENSE,
    FEWEST_ROWS,
    LOOKED_AT,
    SUSPECT_CORRELATION,
    TWINS,
    amount_leaks,
    too_good,
    traps,
)
from medalloc.preparation.recipe import DEFAULT, recipe_named
from medalloc.tables.table import Source, Table
from tests.unit.need.conftest import as_table, patients

DRAW = np.random.default_rng(11)


def said(frame: pd.DataFrame, **roles: str) -> str:
    trained = train(as_table(frame, **roles), recipe_named("default"), ModelChoice("boosting"))
    return " ".join(str(each) for each in trained.warnings)


@pytest.mark.parametrize(
    "numbers",
    [
        np.arange(400),
        DRAW.permutation(400) + 1000,
        np.sort(DRAW.choice(10_000_000, 400, replace=False)),
        [f"P{number:05d}" for number in range(400)],
    ],
    ids=["counting", "shuffled", "rising", "names"],
)
def test_a_column_that_numbers_the_rows_is_told_when_it_is_a_feature(numbers: object) -> None:
    frame = patients(400).assign(record=numbers)
    assert "“record” has 319 different values in 319 training rows" in said(frame)
    assert "“record”" not in said(frame, record="patient id")


def test_measurements_are_no_numbering_though_every_one_is_different() -> None:
    frame = patients(400).assign(income=np.exp(DRAW.normal(10, 1, 400)).round(), exact=DRAW.random(400))
    assert said(frame) == ""


def test_a_short_table_is_not_judged_by_its_distinct_values() -> None:
    assert "different values" not in said(patients(60).assign(rank=np.arange(60)))


def test_rows_that_stand_twice_on_both_sides_of_the_split_are_told() -> None:
    once = patients(300)
    assert "equal a training row" in said(pd.concat([once, once.head(60)], ignore_index=True))
    assert "equal a training row" not in said(once)


def test_repeated_patients_that_are_named_are_kept_on_one_side_and_set_off_nothing() -> None:
    once = patients(300).assign(who=lambda frame: [f"p{number}" for number in range(len(frame))])
    twice = pd.concat([once, once], ignore_index=True)
    assert "equal a training row" in said(twice.drop(columns="who"))
    assert "equal a training row" not in said(twice, who="patient id")


def test_few_columns_of_few_values_repeat_by_chance_and_set_off_nothing() -> None:
    coarse = patients(600)[["gender", "visits", "need"]]
    assert "equal a training row" not in said(coarse)


def test_constant_and_empty_columns_set_off_nothing() -> None:
    assert said(patients(300).assign(constant=1, empty=np.nan)) == ""


def trapped(columns: dict[str, Sequence[object]], rows: int) -> list[str]:
    """Return what is said where so many first rows are learned from and the others are tested."""
    frame = pd.DataFrame(columns)
    found = gather(as_table(frame.assign(need=np.arange(len(frame)) % 2)), DEFAULT)
    every = np.arange(len(frame))
    return [str(each) for each in traps(found, Split(every[:rows], every[rows:]))]


SPARSE = DRAW.permutation(1000)[:100] * 1000


@pytest.mark.parametrize(
    ("numbers", "rows", "told"),
    [
        (range(100), FEWEST_ROWS, True),
        (range(100), FEWEST_ROWS - 1, False),
        ([*range(95), *range(5)], 100, True),
        ([*range(94), *range(6)], 100, False),
        (DRAW.permutation([*range(99), DENSE * 100]), 100, True),
        (DRAW.permutation([*range(99), DENSE * 100 + 1]), 100, False),
        (np.sort(SPARSE), 100, True),
        (np.sort(SPARSE)[::-1], 100, True),
        (SPARSE, 100, False),
        (np.sort([*SPARSE[:99], SPARSE[0]]), 100, False),
        ([*range(96), *[np.nan] * 4], 100, True),
        ([*range(94), *[np.nan] * 6], 100, False),
        ([*range(99), 0.5], 100, False),
        ([f"n{each}" for each in range(95)] + [None] * 5, 100, True),
        ([f"n{each}" for each in range(94)] + ["n1"] * 6, 100, False),
        ([*range(LOOKED_AT + 500)], LOOKED_AT + 400, True),
        ([*range(LOOKED_AT), *[7] * 500], LOOKED_AT + 400, False),
    ],
)
def test_a_column_numbers_the_rows_where_nearly_all_are_different_whole_and_dense_or_in_order(
    numbers: Sequence[object], rows: int, told: bool
) -> None:
    beside = np.random.default_rng(1).normal(size=len(numbers))
    said = trapped({"x": numbers, "beside": beside}, rows)
    assert bool(said) == told
    if told:
        distinct = pd.Series(numbers)[:rows].nunique()
        assert f"“x” has {distinct:,} different values in {rows:,} training rows" in said[0]


@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 12), st.integers(0, 4))
@settings(max_examples=60)
def test_twins_are_told_where_there_are_ten_times_as_many_as_by_chance(
    seed: int, columns: int, kinds: int, copies: int
) -> None:
    """Chance is counted pair by pair, a column by itself."""
    draw = np.random.default_rng(seed)
    cells = draw.integers(0, kinds**2, (70, columns)) / 2
    cells[draw.random(cells.shape) < 0.1] = np.nan
    cells[45 : 45 + copies] = cells[:copies]
    known = [tuple(None if one != one else one for one in row) for row in cells.tolist()]
    train, test = known[:45], known[45:]
    count = sum(each in train for each in test)
    chance = 1.0
    for column in zip(*train, strict=True):
        pairs = [one == other for one, other in combinations(column, 2)]
        chance *= sum(pairs) / len(pairs)
    told = count >= max(TWINS * 25, 2) and count >= BY_CHANCE * 25 * min(1.0, 45 * chance)
    said = trapped({f"c{each}": cells[:, each] for each in range(columns)}, 45)
    assert len(said) == told and all(f"in every feature: {count} of 25" in each for each in said)


def test_one_test_row_in_a_hundred_must_have_a_twin() -> None:
    cells = DRAW.normal(size=(700, 2))
    for copies, told in ((2, False), (3, True)):
        cells[400 : 400 + copies] = cells[:copies]
        assert bool(trapped({"a": cells[:, 0], "b": cells[:, 1]}, 400)) == told


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_scores_are_too_good_where_all_rows_were_seen_or_patients_stand_on_both_sides(kind: str) -> None:
    once = patients(60).assign(who=np.arange(60))
    alone, repeated = (gather(as_table(each, who="patient id"), DEFAULT) for each in (once, pd.concat([once, once])))
    choice = ModelChoice(kind)
    assert too_good(alone, DEFAULT, choice) == []
    assert len(too_good(alone, replace(DEFAULT, fitted_on="whole table"), choice)) == 1
    assert len(too_good(repeated, DEFAULT, choice)) == EVERY_KIND[kind].splits_by_row


def test_a_column_in_nearly_the_order_of_the_amounts_is_told_with_its_correlation() -> None:
    draw = np.random.default_rng(3)
    amount = draw.gamma(2, 3, 400)
    columns = {
        "same": amount**3,
        "contrary": -amount,
        "nearly": amount + draw.normal(0, 1.5, 400),
        "noise": draw.normal(size=400),
        "constant": np.ones(400),
    }
    roles = {**dict.fromkeys(columns, "feature"), "care": "need"}
    table = Table(pd.DataFrame(columns).assign(care=amount), roles, Source("t", "0"), need_as="amounts")
    found, rows = gather(table, DEFAULT), np.arange(300)
    correlation = pd.DataFrame(columns).assign(care=amount)[:300].corr("spearman")["care"]
    assert 0.8 < correlation["nearly"] < SUSPECT_CORRELATION
    said = [str(each) for each in amount_leaks(fit_on(found, DEFAULT, ModelChoice("mean"), rows), found, rows)]
    assert ["“same”" in said[0], "“contrary”" in said[1], len(said)] == [True, True, 2]
    assert all("rank correlation 1)" in each for each in said)
