from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from medalloc.need.persistence.drift import ColumnFit
from medalloc.need.persistence.fit_warnings import chance_outside, fit_warnings
from medalloc.need.persistence.profile import ColumnProfile
from medalloc.need.persistence.tally import Scoring

PROFILE = ColumnProfile("age", "number", 100, 20, 0.0, 90.0)
FITS = ColumnFit("age", 20, 0, (), 0, 0, 0.0, 90.0, 0.0, "no")
SCORED = Scoring(100, 0, 10.0, (FITS,), (), 0)


def said(weight: str | None = None, profile: ColumnProfile = PROFILE, column: Any = (), **scored: Any) -> list[str]:
    """Return what is said of a file that fits but for these."""
    model: Any = SimpleNamespace(training=SimpleNamespace(weight=weight), columns=(profile,))
    return [
        str(each) for each in fit_warnings(model, replace(SCORED, columns=(replace(FITS, **dict(column)),), **scored))
    ]


@pytest.mark.parametrize(("outside", "rows", "learned_from"), [(1, 20, 30), (2, 40, 20), (5, 60, 30)])
def test_the_chance_is_that_of_drawing(outside: int, rows: int, learned_from: int) -> None:
    draw = np.random.default_rng(5)
    trained, new = draw.random((4000, learned_from)), draw.random((4000, rows))
    beyond = (new > trained.max(axis=1, keepdims=True)).sum(axis=1)
    assert np.mean(beyond >= outside) == pytest.approx(chance_outside(outside, rows, learned_from), abs=0.03)


def test_one_value_outside_is_unusual_in_a_short_file_and_usual_in_a_long_one() -> None:
    assert chance_outside(1, 5, 100_000) < 1e-4
    assert chance_outside(1, 100_000, 10_000) > 0.9


def test_nothing_is_said_of_a_file_that_fits() -> None:
    assert said() == []
    # a tenth more blanks, and one number in eighty beyond either end, are usual
    assert said(column={"missing": 30}) == said(column={"below": 1, "above": 1}) == []


def test_whatever_does_not_fit_is_said_with_its_numbers() -> None:
    assert said("persons") == [
        "Each row counts once in these sums; when the model was trained, it counted as column “persons” said."
    ]
    assert said(left_out=3, without_prediction=3) == [
        "Rows left out by the model's recipe, without a prediction: 3 of 100."
    ]
    assert said(left_out=3, without_prediction=5)[1:] == [
        "Rows without a prediction because a value is missing: 2 of 100."
    ]
    assert said(without_region=4) == ["Rows without a region: 4. No region's sum holds them."]
    assert said(column={"missing": 31}) == [
        "Column “age” is blank in 31% of the rows; when the model was trained it was 20%."
    ]
    (unseen,) = said(column={"unseen": 7, "examples": ("x", "y")})
    assert "in 7 of 100 rows, such as “x”, “y”" in unseen
    for ends in ({"below": 30, "above": 0}, {"below": 0, "above": 30}):
        (outside,) = said(column=ends)
        assert "(0 to 90) in 30 of 100 rows" in outside
        assert f"below in {ends['below']}, above in {ends['above']}" in outside


@pytest.mark.parametrize(("word", "text"), [("somewhat", "somewhat differently"), ("strongly", "quite differently")])
def test_a_column_that_has_shifted_is_said_once_with_its_index(word: str, text: str) -> None:
    (once,) = said(column={"shifted": word, "drift": 0.456})
    assert text in once and "“age” (0.46)" in once


def test_a_model_that_learned_from_no_row_of_a_column_is_no_fault() -> None:
    assert said(profile=ColumnProfile("age", "number", 0, 0), column={"missing": 10}) == []
