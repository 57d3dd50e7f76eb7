import statistics

import numpy as np
import pytest

from medalloc.need.explanation.importance import explain, importances, leak_suspects, permutation_importance
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.training import train_patients
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Table


@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_column_need_follows_comes_first_and_noise_counts_for_little(kind: str, table: Table) -> None:
    patients, choice = gather(table, DEFAULT), ModelChoice(kind)
    trained = train_patients(patients, DEFAULT, choice)
    found, _, _ = importances(trained.fitted, patients, trained.split.test, choice)
    by_name = {one.feature: one for one in found}
    assert found[0].feature == "age"
    assert by_name["noise"].permutation < by_name["age"].permutation / 2
    assert [one.permutation for one in found] == sorted((one.permutation for one in found), reverse=True)
    shares = [one.impurity for one in found if one.impurity is not None]
    if kind in ("forest", "forest-article", "boosting"):
        assert sum(shares) == pytest.approx(1)
    else:
        assert shares == []


def test_shuffling_leaves_the_matrix_as_it_was_and_constants_cost_nothing(table: Table) -> None:
    constant = Table(table.frame.assign(noise=1.0), table.roles, table.source)
    patients, choice = gather(constant, DEFAULT), ModelChoice("logistic")
    trained = train_patients(patients, DEFAULT, choice)
    matrix = trained.fitted.prepared.matrix(patients.features, trained.split.test)
    before = matrix.copy()
    losses = permutation_importance(trained.fitted, matrix, trained.test_need, seed=1)
    np.testing.assert_array_equal(matrix, before)
    assert losses.shape == (4, 5)
    assert not losses[3].any()


def test_what_a_column_counts_for_is_the_mean_of_its_shuffles_beside_the_spread_between_them(table: Table) -> None:
    patients, choice = gather(table, DEFAULT), ModelChoice("logistic")
    trained = train_patients(patients, DEFAULT, choice)
    prepared, test = trained.fitted.prepared, trained.split.test
    losses = permutation_importance(
        trained.fitted, prepared.matrix(patients.features, test), trained.test_need, seed=choice.seed
    )
    found, _, _ = importances(trained.fitted, patients, test, choice)
    by_name = {one.feature: (one.permutation, one.permutation_sd) for one in found}
    for name, each in zip(prepared.sources, losses.tolist(), strict=True):
        assert by_name[name] == pytest.approx((statistics.mean(each), statistics.stdev(each)))


def test_contributions_add_up_to_the_log_odds(table: Table) -> None:
    patients, choice = gather(table, DEFAULT), ModelChoice("boosting")
    trained = train_patients(patients, DEFAULT, choice)
    test = trained.split.test
    found = explain(trained.fitted, trained.fitted.prepared.matrix(patients.features, test), test)
    assert found is not None
    log_odds = np.log(trained.test_probability / (1 - trained.test_probability))
    np.testing.assert_allclose(found.contributions.sum(axis=1) + found.base, log_odds, atol=1e-6)


def test_a_column_written_down_afterwards_is_suspected(table: Table) -> None:
    leaking = Table(
        table.frame.assign(discharge=np.where(table.frame["need"] == 1, "ward", None)),
        {**table.roles, "discharge": "feature"},
        table.source,
    )
    patients = gather(leaking, DEFAULT)
    trained = train_patients(patients, DEFAULT, ModelChoice("logistic"))
    said = [str(one) for one in leak_suspects(trained.fitted, patients, trained.split.train, 1)]
    assert len(said) == 1
    assert "“discharge” tells need almost perfectly" in said[0]
