import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from medalloc.cli.named import with_roles
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.apart import read_file

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")

Answer = Callable[..., dict[str, Any]]


def test_need_scores_a_model_beside_the_majority(answer: Answer) -> None:
    found = answer(
        "need", PATIENTS, "--target", "need", "--id", "patient_id", "--region", "region", "--model", "boosting"
    )
    assert list(found) == [
        *("rows", "train", "test", "model", "recipe", "scores", "importances", "warnings", "intervals", "need")
    ]
    assert found["need"] == {"column": "need", "means_need": ["1"], "means_none": ["0"]}
    assert found["rows"] == found["train"] + found["test"] == 5473
    assert set(found["scores"]) == {
        "accuracy",
        "majority_accuracy",
        "balanced_accuracy",
        "roc_auc",
        "average_precision",
        "brier",
    }
    assert found["scores"]["roc_auc"] > 0.75
    assert found["scores"]["accuracy"] > found["scores"]["majority_accuracy"]
    assert list(found["importances"][0]) == ["feature", "permutation", "permutation_sd", "impurity"]
    assert found["importances"][0]["feature"] == "visits_last_year"


@pytest.mark.parametrize("model", ["linear-svm", "cnn"])
def test_further_models_are_scored_beside_the_majority(model: str, answer: Answer) -> None:
    found = answer("need", PATIENTS, "--target", "need", "--model", model)
    assert found["model"] == model and found["scores"]["roc_auc"] > 0.74


@pytest.fixture
def few(tmp_path: Path) -> str:
    """Write some of the patients, of whom every model learns in a moment."""
    pd.read_csv(PATIENTS).sample(800, random_state=1).to_csv(tmp_path / "few.csv", index=False)
    return str(tmp_path / "few.csv")


def test_the_optimiser_reaches_the_network_and_moves_its_scores(answer: Answer, few: str) -> None:
    found = answer("need", few, "--target", "need", "--model", "mlp", "--optimizer", "gd")["scores"]["roc_auc"]
    table = with_roles(read_file(Path(few)), {"need": "need"})
    descent, adam = (
        train(table, DEFAULT, ModelChoice("mlp", options={"optimizer": each})).scores().roc_auc
        for each in ("gd", "adam")
    )
    assert found == pytest.approx(descent, abs=1e-4)
    assert abs(found - adam) > 1e-3


@pytest.mark.parametrize("model", ["boosting", "logistic", "linear-svm"])
def test_an_optimiser_for_a_model_without_one_is_one_sentence(
    model: str, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    ended = run("need", PATIENTS, "--target", "need", "--model", model, "--optimizer", "gd")
    assert ended.returncode == 2 and not ended.stdout
    assert ended.stderr.splitlines() == [
        f"Model “{model}” learns without an optimiser; leave --optimizer out, or use one of the models: mlp, cnn."
    ]


def test_a_target_of_another_name_makes_the_other_columns_features(tmp_path: Path, answer: Answer) -> None:
    text = Path(PATIENTS).read_text().replace(",need\n", ",came_back\n", 1)
    path = tmp_path / "own.csv"
    path.write_text(text)
    other = answer("need", str(path), "--target", "came_back", "--model", "logistic")
    same = answer("need", PATIENTS, "--target", "need", "--model", "logistic")
    assert other["scores"] == same["scores"]


def test_a_model_that_was_saved_scores_a_file_and_sums_by_region(tmp_path: Path, answer: Answer) -> None:
    model, out = tmp_path / "model.medalloc", tmp_path / "scored.csv"
    answer("need", PATIENTS, "--target", "need", "--id", "patient_id", "--region", "region", "--save", str(model))
    found = answer("score", PATIENTS, "--with", str(model), "--region", "region", "--out", str(out))
    assert found["model"] == "boosting"
    assert found["rows"] == sum(each["rows"] for each in found["regions"]) == 5473
    written = pd.read_csv(out)
    assert list(written.columns) == [*pd.read_csv(PATIENTS).columns, "need_probability"]
    by_region = written.groupby("region")["need_probability"].sum()
    for each in found["regions"]:
        assert abs(each["expected"] - by_region[each["region"]]) < 1e-6
    assert found["warnings"] == []


def test_a_file_that_does_not_fit_or_is_no_model_ends_with_one_sentence_a_fault(
    tmp_path: Path, run: Callable[..., Any]
) -> None:
    model = tmp_path / "model.medalloc"
    run("need", PATIENTS, "--target", "need", "--model", "logistic", "--save", str(model))
    regions = str(SAMPLES / "regions_world.csv")
    out = tmp_path / "out.csv"
    other = run("score", regions, "--with", str(model), "--region", "none", "--out", str(out))
    assert other.returncode == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["model.medalloc"]
    unwritable = run("score", PATIENTS, "--with", str(model), "--out", str(tmp_path / "no" / "out.csv"))
    assert unwritable.returncode == 2 and "cannot be written" in unwritable.stderr
    assert "no column “age”" in other.stderr and "no column “none”" in other.stderr
    assert "Traceback" not in other.stderr
    wrong = run("score", PATIENTS, "--with", regions)
    assert wrong.returncode == 2 and "not a model that medalloc saved" in wrong.stderr
    nowhere = run("score", str(tmp_path / "none.csv"), "--with", str(model))
    assert nowhere.returncode == 2 and "cannot be opened" in nowhere.stderr


def test_score_reads_a_file_as_every_command_does(tmp_path: Path, answer: Answer) -> None:
    model, text = tmp_path / "model.medalloc", Path(PATIENTS).read_text()
    names, *rows = text.splitlines()[:200]
    answer("need", PATIENTS, "--target", "need", "--model", "logistic", "--save", str(model))
    plain, ugly = tmp_path / "plain.csv", tmp_path / "ugly.csv"
    plain.write_text("\n".join([names, *rows]))
    ugly.write_text("\n".join(["Patients of 2024", "of,last,year,read", names, *rows, "1,2,3", "", "Source: us"]))
    found = answer("score", str(ugly), "--with", str(model), "--header-row", "3")
    assert found["expected_in_need"] == answer("score", str(plain), "--with", str(model))["expected_in_need"]
    assert ["rejected: 1, the first in line 203" in each for each in found["notes"]] == [False, False, True]


def test_groups_are_compared_on_every_row_and_their_need_adds_up(answer: Answer) -> None:
    found = answer(
        "need", PATIENTS, "--target", "need", "--region", "region", "--model", "logistic", "--groups", "region"
    )
    assert sum(each["n"] for each in found["groups"]) == found["rows"]
    first = found["groups"][0]
    assert {"n", "need", "predicted", "auc", "accuracy", "fnr", "selection_rate", "ratio"} <= set(first)
    for each in found["groups"]:
        assert each["ratio"] == pytest.approx(each["need"] / each["predicted"])
        for name in ("auc", "accuracy", "fnr", "selection_rate", "ratio"):
            low, high = each[f"{name}_interval"]
            assert low <= each[name] <= high


def test_groups_are_printed_with_their_intervals(run: Callable[..., Any]) -> None:
    ended = run("need", PATIENTS, "--target", "need", "--model", "logistic", "--groups", "gender")
    assert ended.returncode == 0, ended.stderr
    assert "By gender, with 95% intervals:" in ended.stdout
    assert "female: " in ended.stdout
    wrong = run("need", PATIENTS, "--target", "need", "--model", "logistic", "--groups", "sex")
    assert wrong.returncode == 2
    assert "There is no column “sex”" in wrong.stderr


def test_compare_puts_every_model_on_the_same_folds_beside_the_majority_and_saves_the_one_of_its_verdict_with_its_card(
    tmp_path: Path, answer: Answer, few: str
) -> None:
    model, card = (str(tmp_path / name) for name in ("model.medalloc", "card.md"))
    asked = ("need", few, "--target", "need", "--id", "patient_id", "--region", "region")
    found = answer(*asked, "--compare", "--save", model, "--card", card)
    plain = answer(*asked, "--model", found["chosen"])
    # what lies in a saved model is told first
    assert {**found, "warnings": found["warnings"][1:]}.items() >= plain.items()
    *models, majority = found["leaderboard"]
    assert {row["model"] for row in models} == set(CATALOGUE)
    assert majority["model"] == "majority" and majority["auc"] == 0.5
    for row in found["leaderboard"]:
        assert {"model", "auc", "auc_spread", "accuracy", "balanced", "brier", "fit_seconds"} <= set(row)
    boosting = next(row for row in models if row["model"] == "boosting")
    assert 0.65 < boosting["auc"] < 0.80
    low, high = next(row["auc_interval"] for row in models if row["model"] == found["chosen"])
    assert boosting["auc_interval"][0] < boosting["test_auc"] < boosting["auc_interval"][1]
    assert found["chosen"] in found["cannot_be_told_apart"]
    assert "best" not in found["verdict"]
    assert found["folds"] == 5 and found["refused"] == {}
    assert [low, high] == found["intervals"]["roc_auc"]
    assert found["model"] == found["chosen"] != "boosting"
    assert answer("score", few, "--with", model)["model"] == found["chosen"]
    heading = Path(card).read_text(encoding="utf-8").splitlines()[0]
    assert heading == f"# Model card: {CATALOGUE[found['chosen']].name} for “need”"


def test_a_card_is_written_as_html_or_markdown(tmp_path: Path, run: Callable[..., Any]) -> None:
    for name, begin in (("card.html", "<!doctype html>"), ("card.md", "# Model card: Logistic regression")):
        ended = run("need", PATIENTS, "--target", "need", "--model", "logistic", "--card", str(tmp_path / name))
        assert ended.returncode == 0, ended.stderr
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_every_without_a_comparison_says_that_it_has_no_effect(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    ended = run("need", PATIENTS, "--target", "need", "--every")
    assert ended.returncode == 2 and "--every has no effect without --compare" in ended.stderr
