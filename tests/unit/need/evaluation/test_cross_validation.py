"""Every row is predicted by a model that did not learn from it, and folds are scored as they are."""

from dataclasses import astuple

import numpy as np
import pytest

from medalloc.need.evaluation.cross_validation import cross_validate
from medalloc.need.measures.calibration import cross_fitted
from medalloc.need.measures.scores import scores
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.splitting import plan_folds
from medalloc.need.training.training import predict_held_out
from medalloc.preparation.recipe import DEFAULT
from tests.unit.need.conftest import as_table, patients


@pytest.mark.parametrize(("kind", "is_told"), [("logistic", True), ("linear-svm", False)])
def test_folds_are_predicted_and_scored_one_by_one(kind: str, is_told: bool) -> None:
    frame = patients(200).astype({"need": float})
    frame.loc[:9, "need"] = np.nan
    found, choice = gather(as_table(frame), DEFAULT), ModelChoice(kind)
    told: list[float] = []
    made = cross_validate(found, DEFAULT, choice, lambda share, _: told.append(share))
    need = found.need[found.known]
    planned = plan_folds(found.known, found.need, None, None, seed=choice.seed)
    margin, own = np.full((2, len(need)), np.nan)
    for number in range(5):
        tested = planned.of_row == number
        held = predict_held_out(found, DEFAULT, choice, found.known[~tested], found.known[tested])
        margin[tested] = held.margin
        own[tested] = np.nan if held.probability is None else held.probability
    probability = cross_fitted(margin, need, planned.of_row)
    np.testing.assert_allclose(made.probability[10:], probability)
    assert np.isfinite(made.probability[:10]).all()
    assert (made.own_probability is not None) == is_told
    if made.own_probability is not None:
        np.testing.assert_allclose(made.own_probability[10:], own)
        assert np.isnan(made.own_probability[:10]).all()
    by_fold = [scores(need[rows], probability[rows]) for rows in (planned.of_row == number for number in range(5))]
    assert made.summary.by_fold == tuple(by_fold) and made.summary.folds == 5
    table = np.array([astuple(each) for each in by_fold])
    np.testing.assert_allclose(astuple(made.summary.mean), table.mean(axis=0))
    np.testing.assert_allclose(astuple(made.summary.spread), table.std(axis=0, ddof=1))
    assert sum(made.summary.tested) == len(need) and made.summary.learnt[0] == len(need) - made.summary.tested[0]
    assert told == pytest.approx([0.3, 0.4, 0.5, 0.6, 0.7, 0.9])
