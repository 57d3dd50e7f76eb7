"""Trainings of a network stay beside each other, named by how they went down the loss."""

from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from medalloc.need.models.choice import ModelChoice
from medalloc.networks.network import Epoch
from medalloc.ui.need.descents import descents


def run(optimizer: str, table: str = "one", kind: str = "mlp") -> SimpleNamespace:
    choice = ModelChoice("mlp", options={"optimizer": optimizer})
    found = SimpleNamespace(
        choice=choice, sha256=table, recipe="default", scores=SimpleNamespace(roc_auc=0.7, brier=0.2)
    )
    return SimpleNamespace(assessments={kind: found}, losses={kind: [[Epoch(1, 0.7, 0.71), Epoch(2, 0.6, 0.65)]]})


def page() -> None:
    from medalloc.ui.need.descents import descents, side_by_side
    from tests.unit.ui.test_descents import run

    runs = [run("adam"), run("sgd"), run("gd")]
    side_by_side(descents(runs, runs[0].assessments["mlp"]))


def test_runs_on_one_table_are_named_by_their_optimiser_in_the_order_they_were_made() -> None:
    runs = [run("gd"), run("adam", table="another"), run("gd"), run("sgd"), run("gd", kind="cnn")]
    found = descents(runs, runs[0].assessments["mlp"])
    assert [each.name for each in found] == ["SGD", "Gradient descent", "Gradient descent · 2"]
    assert not descents([run("gd", table="another")], runs[0].assessments["mlp"])


def test_every_run_is_a_row_with_what_it_came_to() -> None:
    visit = AppTest.from_function(page).run()
    assert not visit.exception
    (shown,) = (each.value for each in visit.dataframe)
    assert shown["run"].tolist() == ["Gradient descent", "SGD", "Adam"]
    assert shown["loss"].tolist() == [0.65] * 3 and shown["passes"].tolist() == [2] * 3
