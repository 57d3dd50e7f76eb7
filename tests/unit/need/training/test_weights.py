from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from medalloc.demand import regional_demand
from medalloc.errors import InputError
from medalloc.need.comparison.search import search
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.evaluation.assessment import assess
from medalloc.need.evaluation.reliability import before_and_after, reliability
from medalloc.need.measures.amounts import deciles
from medalloc.need.measures.calibration import fit_calibrator
from medalloc.need.measures.scores import scores
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.need.training.weights import learning_weights
from medalloc.preparation.recipe import recipe_named
from medalloc.saved import to_plain
from medalloc.tables.table import Source, Table

DEFAULT = recipe_named("default")
ROLES = {"a": "feature", "b": "feature", "town": "region", "w": "weight", "sick": "need"}


def every_ill_one_in_twenty_well() -> Table:
    """Return a sample in which the ill are twenty times as likely to be as the well, with what each stands for."""
    draw = np.random.default_rng(0)
    a, b = draw.normal(size=(2, 30_000))
    sick = draw.random(30_000) < 1 / (1 + np.exp(3.5 - a))
    kept = sick | (draw.random(30_000) < 0.05)
    frame = pd.DataFrame({"a": a, "b": b, "town": draw.choice(["A", "B"], 30_000), "sick": sick * 1})
    return Table(frame[kept].assign(w=np.where(sick, 1.0, 20.0)[kept]), ROLES, Source("t", "0"))


@pytest.mark.parametrize("kind", ["logistic", "boosting"])
def test_a_sample_of_the_ill_and_the_well_gives_the_demand_of_everybody(kind: str) -> None:
    table = every_ill_one_in_twenty_well()
    found = assess(table, DEFAULT, ModelChoice(kind))
    assert found.probability is not None
    demand = regional_demand(table, found.probability)
    in_need = (table.frame["w"] * table.frame["sick"]).groupby(table.frame["town"]).sum()
    np.testing.assert_allclose(demand.mean, in_need, rtol=0.05)
    np.testing.assert_allclose(demand.observed, in_need)
    weighted = scores(found.test_need, found.test_probability, weight=found.test_weight)
    assert found.scores == weighted != scores(found.test_need, found.test_probability)
    assert found.scores.majority_accuracy > 0.9
    assert found.intervals["brier"].low < found.scores.brier < found.intervals["brier"].high
    assert any("column “w”" in str(each) for each in found.warnings)


def test_whatever_is_told_of_weighted_patients_is_what_as_many_patients_would_tell() -> None:
    table = every_ill_one_in_twenty_well()
    found = assess(table, DEFAULT, ModelChoice("logistic", calibration="sigmoid"))
    assert found.weight is not None and found.test_weight is not None and found.probability is not None
    assert found.need is not None
    often = np.rint(found.weight / found.weight.min()).astype(int)
    rows = np.repeat(np.arange(len(often)), often)
    told = before_and_after(found)
    assert told is not None
    assert told.after.brier == pytest.approx(reliability(found.need[rows], found.probability[rows]).brier)
    assert told.after.gap == pytest.approx(reliability(found.need[rows], found.probability[rows]).gap)
    held = {each.level: each for each in found.conformal}[0.9]
    assert held.not_in_need == pytest.approx(0.9, abs=0.03)
    assert held.in_need == pytest.approx(0.9, abs=0.03)
    assert held.coverage == pytest.approx(0.95 * held.not_in_need + 0.05 * held.in_need, abs=0.02)
    # the options are searched by the scores of the leaderboard
    tried = search(table, DEFAULT, ModelChoice("logistic", calibration="sigmoid"), seconds=1e-9).tries[0]
    assert found.cross_validation is not None
    assert tried.aucs == pytest.approx([each.roc_auc for each in found.cross_validation.by_fold])


@pytest.mark.parametrize("weight", [1.0, 2.5])
def test_weights_that_are_all_equal_change_nothing(weight: float) -> None:
    table = every_ill_one_in_twenty_well()
    frame = table.frame[::20].reset_index(drop=True)
    roles = {name: role for name, role in ROLES.items() if name != "w"}
    bare, alike = (Table(frame.assign(w=weight), each, table.source) for each in (roles, ROLES))
    answers = [replace(assess(each, DEFAULT, ModelChoice("logistic")), fit_seconds=None) for each in (bare, alike)]
    assert to_plain(answers[0]) == to_plain(answers[1])
    many = frame.assign(sick=np.random.default_rng(0).poisson(2 + frame["a"] ** 2))
    amounts = [
        assess_amounts(Table(many.assign(w=weight), each, table.source, need_as="counts"), DEFAULT, "linear", 1)
        for each in (roles, ROLES)
    ]
    assert to_plain(amounts[0].deciles) == to_plain(amounts[1].deciles)
    assert amounts[0].scores == amounts[1].scores


def test_amounts_of_a_sample_are_scored_as_those_of_everybody() -> None:
    draw = np.random.default_rng(3)
    a, stands = draw.normal(size=600), draw.integers(1, 6, 600)
    frame = pd.DataFrame({"a": a, "w": stands, "visits": draw.poisson(np.exp(0.5 + 0.5 * a))})
    table = Table(frame, {"a": "feature", "w": "weight", "visits": "need"}, Source("t", "0"), need_as="counts")
    found = assess_amounts(table, DEFAULT, "linear", 1)
    rows = np.repeat(np.arange(600), stands)
    counted = deciles(frame["visits"].to_numpy(float)[rows], found.expected[rows])
    np.testing.assert_allclose([each.observed for each in found.deciles], [each.observed for each in counted])
    np.testing.assert_allclose([each.expected for each in found.deciles], [each.expected for each in counted])
    assert found.intervals["mae"].low < found.scores.mae < found.intervals["mae"].high


def test_a_row_that_counts_thrice_is_as_good_as_three_rows() -> None:
    draw = np.random.default_rng(1)
    margin, need, often = draw.normal(size=300), draw.integers(0, 2, 300).astype(np.int8), draw.integers(1, 4, 300)
    rows = np.repeat(np.arange(300), often)
    for shape in ("sigmoid", "isotonic"):
        heavy, many = (
            fit_calibrator(margin, need, shape, often.astype(float)),
            fit_calibrator(margin[rows], need[rows], shape),
        )
        np.testing.assert_allclose(heavy(margin), many(margin), atol=2e-3)


@pytest.mark.parametrize(("kind", "able"), [("forest", True), ("linear-svm", True), ("svm", True), ("mlp", False)])
def test_a_model_that_cannot_weigh_rows_says_so(kind: str, able: bool) -> None:
    table = every_ill_one_in_twenty_well()
    few = Table(table.frame[::6].reset_index(drop=True), table.roles, table.source)
    options = {"mlp": {"epochs": 3, "units": 4}}.get(kind, {})
    said = [str(each) for each in train(few, DEFAULT, ModelChoice(kind, options=options)).warnings]
    assert any("as if all rows counted the same" in each for each in said) is not able


def test_equal_weights_are_none_and_impossible_ones_are_named() -> None:
    frame = pd.DataFrame({"w": [2.0, 2.0, np.nan]})
    assert learning_weights(Table(frame, {"w": "weight"}, Source("t", "0"))) is None
    with pytest.raises(InputError, match="row 2: the weight is -1;"):
        learning_weights(Table(pd.DataFrame({"w": [2.0, -1.0]}), {"w": "weight"}, Source("t", "0")))


@pytest.mark.parametrize("kind", ["logistic", "boosting", "forest", "svm"])
def test_a_trained_model_says_probabilities_that_hold_for_new_rows(kind: str) -> None:
    slopes = []
    for seed in range(4):
        draw = np.random.default_rng(seed)
        features = draw.normal(size=(6000, 5))
        sick = (draw.random(6000) < 1 / (1 + np.exp(1.5 - features[:, 0] - 0.6 * features[:, 1]))) * 1
        frame = pd.DataFrame(features, columns=list("abcde")).assign(sick=sick)
        table = Table(frame, {**dict.fromkeys("abcde", "feature"), "sick": "need"}, Source("t", "0"))
        seen = Table(frame[:1500], table.roles, table.source)
        said = train(seen, DEFAULT, ModelChoice(kind, seed=seed)).probability(table)[1500:]
        margin = np.log(said / (1 - said))
        slopes.append(fit_calibrator(margin, sick[1500:].astype(np.int8), "sigmoid").slope)
    assert np.mean(slopes) == pytest.approx(1, abs=0.1)
