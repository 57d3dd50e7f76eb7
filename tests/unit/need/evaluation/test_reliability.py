import numpy as np
import pytest

from medalloc.need.evaluation.assessment import assess
from medalloc.need.evaluation.reliability import before_and_after, reliability
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Table


def test_true_probabilities_have_no_gap_and_bold_ones_have() -> None:
    draw = np.random.default_rng(1)
    probability = draw.random(20_000)
    need = (draw.random(20_000) < probability).astype(np.int8)
    true, bold = reliability(need, probability), reliability(need, np.where(probability > 0.5, 0.99, 0.01))
    assert true.gap < 0.015
    assert bold.gap == pytest.approx(0.24, abs=0.02)
    assert true.brier < bold.brier


def test_calibration_is_judged_on_rows_it_has_not_seen(table: Table) -> None:
    found = before_and_after(assess(table, DEFAULT, ModelChoice("forest-article")))
    assert found is not None and found.before is not None
    assert found.before.brier != found.after.brier
    better = found.after.brier < found.before.brier
    assert ("makes the probabilities truer" in str(found.in_words())) == better
    assert found.after.curve.count.sum() == 400


def test_margins_have_no_before(table: Table) -> None:
    found = before_and_after(assess(table, DEFAULT, ModelChoice("svm")))
    assert found is not None and found.before is None
    assert "gives scores, not probabilities" in str(found.in_words())


def test_without_cross_validation_there_is_nothing_to_judge(table: Table) -> None:
    assert before_and_after(assess(table, DEFAULT, ModelChoice("logistic"), cross_validate=False)) is None


@pytest.mark.parametrize("shape", ["isotonic", "sigmoid"])
def test_the_shape_that_is_asked_for_is_used(shape: str, table: Table) -> None:
    automatic = assess(table, DEFAULT, ModelChoice("boosting"))
    found = assess(table, DEFAULT, ModelChoice("boosting", calibration=shape))
    assert automatic.probability is not None and found.probability is not None
    # few rows: by itself the curve is a sigmoid
    assert np.array_equal(automatic.probability, found.probability) == (shape == "sigmoid")
    if shape == "isotonic":
        assert len(np.unique(found.probability)) < 0.5 * len(np.unique(automatic.probability))
