from collections.abc import Callable
from pathlib import Path
from typing import Any

from medalloc.need.choice import MODEL_KINDS

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")

Answer = Callable[..., dict[str, Any]]


def test_need_scores_a_model_beside_the_majority(answer: Answer) -> None:
    found = answer(
        "need", PATIENTS, "--target", "need", "--id", "patient_id", "--region", "region", "--model", "boosting"
    )
    assert list(found) == ["rows", "train", "test", "model", "recipe", "scores", "importances", "warnings", "intervals"]
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


def test_a_target_of_another_name_makes_the_other_columns_features(tmp_path: Path, answer: Answer) -> None:
    text = Path(PATIENTS).read_text().replace(",need\n", ",came_back\n", 1)
    path = tmp_path / "own.csv"
    path.write_text(text)
    other = answer("need", str(path), "--target", "came_back", "--model", "logistic")
    same = answer("need", PATIENTS, "--target", "need", "--model", "logistic")
    assert other["scores"] == same["scores"]


def test_compare_puts_every_model_on_the_same_folds_beside_the_majority(answer: Answer) -> None:
    asked = ("need", PATIENTS, "--target", "need", "--id", "patient_id", "--region", "region")
    found, plain = answer(*asked, "--compare"), answer(*asked)
    assert {name: found[name] for name in plain} == plain
    *models, majority = found["leaderboard"]
    assert {row["model"] for row in models} == set(MODEL_KINDS)
    assert majority["model"] == "majority" and majority["auc"] == 0.5
    for row in found["leaderboard"]:
        assert {"model", "auc", "auc_spread", "accuracy", "balanced", "brier", "fit_seconds"} <= set(row)
    boosting = next(row for row in models if row["model"] == "boosting")
    assert 0.74 < boosting["auc"] < 0.80
    low, high = boosting["auc_interval"]
    assert low < boosting["test_auc"] < high
    assert found["chosen"] in found["cannot_be_told_apart"]
    assert "best" not in found["verdict"]
    assert found["folds"] == 5 and found["refused"] == {}
    assert [low, high] == found["intervals"]["roc_auc"]
