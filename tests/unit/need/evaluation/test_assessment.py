import numpy as np
import pandas as pd
import pytest

from medalloc.need.evaluation.assessment import assess
from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT, recipe_named
from medalloc.sentences import Sentence
from medalloc.tables.table import Source, Table


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_row_is_predicted_by_a_model_that_has_not_seen_it(kind: str, table: Table) -> None:
    found = assess(table, DEFAULT, ModelChoice(kind))
    assert found.probability is not None and found.cross_validation is not None
    assert found.probability.shape == (400,)
    assert 0 <= found.probability.min() <= found.probability.max() <= 1
    need = table.frame["need"].to_numpy()
    assert found.probability.sum() == pytest.approx(need.sum(), rel=0.05)
    assert roc_auc(need, found.probability) > 0.7
    assert found.cross_validation.mean.roc_auc == pytest.approx(roc_auc(need, found.probability), abs=0.05)
    assert found.cross_validation.spread.roc_auc > 0


def test_out_of_fold_probabilities_of_pure_noise_know_nothing(table: Table) -> None:
    draw = np.random.default_rng(3)
    noise = Table(table.frame.assign(need=draw.integers(0, 2, 400)), table.roles, table.source)
    found = assess(noise, DEFAULT, ModelChoice("forest-article"))
    assert found.probability is not None
    assert abs(roc_auc(noise.frame["need"], found.probability) - 0.5) < 0.12


def test_rows_without_an_answer_are_predicted_and_rows_left_out_are_not(table: Table) -> None:
    frame = table.frame.assign(need=table.frame["need"].mask(np.arange(400) < 8).astype("Int64"))
    frame.loc[0, "age"] = np.nan
    frame.loc[1:7, "age"] = [20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
    found = assess(Table(frame, table.roles, table.source), recipe_named("article"), ModelChoice("boosting"))
    assert found.probability is not None
    np.testing.assert_array_equal(np.isnan(found.probability), frame["age"].isna())
    assert found.probability[7] > found.probability[1]


def test_the_same_seed_gives_the_same_assessment(table: Table) -> None:
    one, same, other = (assess(table, DEFAULT, ModelChoice("boosting", seed=seed)) for seed in (1, 1, 2))
    assert (one.scores, one.importances, one.cross_validation) == (same.scores, same.importances, same.cross_validation)
    np.testing.assert_array_equal(one.probability, same.probability)
    assert one.scores != other.scores


def test_progress_rises_to_one_and_says_what_is_done(table: Table) -> None:
    told: list[tuple[float, Sentence]] = []
    assess(table, DEFAULT, ModelChoice("logistic"), progress=lambda done, doing: told.append((done, doing)))
    fractions = [done for done, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert "fold 5 of 5" in " ".join(str(doing) for _, doing in told)


def test_without_cross_validation_there_are_no_out_of_fold_probabilities(table: Table) -> None:
    found = assess(table, DEFAULT, ModelChoice("logistic"), cross_validate=False)
    assert found.probability is None
    assert found.cross_validation is None


def test_a_model_no_better_than_always_no_is_called_out(table: Table) -> None:
    draw = np.random.default_rng(3)
    rare = Table(table.frame.assign(need=(draw.random(400) < 0.1).astype(int)), table.roles, table.source)
    said = " ".join(str(warning) for warning in assess(rare, DEFAULT, ModelChoice("boosting")).warnings)
    assert "no better than always answering “no”" in said
    assert "Rows with the rarer answer:" in said


def test_repeated_patients_do_not_leak() -> None:
    # Need is decided per person and has nothing to do with the features: only a leak can find it.
    draw = np.random.default_rng(1)
    people = pd.DataFrame({"id": np.arange(80), "trait": draw.normal(size=80), "need": draw.integers(0, 2, 80)})
    repeated = people.loc[np.repeat(np.arange(80), 5)].reset_index(drop=True)
    roles = {"id": "patient id", "trait": "feature", "need": "need"}
    grouped = assess(Table(repeated, roles, Source("t", "0")), DEFAULT, ModelChoice("forest-article"))
    blind = assess(
        Table(repeated, {**roles, "id": "ignored"}, Source("t", "0")), DEFAULT, ModelChoice("forest-article")
    )
    assert roc_auc(repeated["need"], blind.probability) > 0.95
    assert roc_auc(repeated["need"], grouped.probability) < 0.65


def test_with_dates_the_latest_rows_are_tested_and_still_every_row_is_predicted(table: Table) -> None:
    days = pd.date_range("2023-01-01", periods=400).strftime("%Y-%m-%d")
    dated = Table(table.frame.assign(day=days), {**table.roles, "day": "date"}, table.source)
    found = assess(dated, DEFAULT, ModelChoice("boosting"))
    assert found.cross_validation is not None and found.probability is not None
    assert found.cross_validation.kind == "time"
    assert list(found.cross_validation.learnt) == sorted(found.cross_validation.learnt)
    assert not np.isnan(found.probability).any()
    np.testing.assert_array_equal(found.test_need, table.frame["need"].to_numpy()[-80:])
    assert "is tested on later ones" in " ".join(map(str, found.warnings))


def test_what_changes_with_time_is_only_seen_by_a_split_by_time(table: Table) -> None:
    # what a sign means turns round half-way: a split by chance has seen both halves, one by time has not
    draw = np.random.default_rng(4)
    sign, late = draw.integers(0, 2, 400), np.arange(400) >= 320
    frame = pd.DataFrame({"sign": sign, "step": np.arange(400), "day": np.arange(400), "need": sign ^ late})
    roles = {"sign": "feature", "step": "feature", "need": "need"}
    by_time = assess(Table(frame, {**roles, "day": "date"}, table.source), DEFAULT, ModelChoice("boosting"))
    by_chance = assess(Table(frame, {**roles, "day": "ignored"}, table.source), DEFAULT, ModelChoice("boosting"))
    assert by_chance.scores.roc_auc > 0.9
    assert by_time.scores.roc_auc < 0.2


def test_every_score_has_an_interval_that_holds_it(table: Table) -> None:
    found = assess(table, DEFAULT, ModelChoice("logistic"), cross_validate=False)
    for name, value in vars(found.scores).items():
        assert found.intervals[name].low <= value <= found.intervals[name].high, name
