import numpy as np
import pandas as pd
import pytest

from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
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
