import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from medalloc.errors import InputError, SourceError
from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.evaluation.storage import load_assessment, need_json, save
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT, recipe_named
from medalloc.tables.table import Table


@pytest.mark.parametrize(("kind", "recipe"), [("boosting", "default"), ("logistic", "default"), ("svm", "article")])
@pytest.mark.parametrize("cross_validate", [True, False])
def test_what_is_saved_is_what_is_loaded(
    kind: str, recipe: str, cross_validate: bool, table: Table, tmp_path: Path
) -> None:
    found = assess(table, recipe_named(recipe), ModelChoice(kind), cross_validate=cross_validate)
    save(found, tmp_path / "new" / "folder")
    again = load_assessment(tmp_path / "new" / "folder")
    for field in dataclasses.fields(Assessment):
        one, other = getattr(found, field.name), getattr(again, field.name)
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other)
        elif field.name == "warnings":
            assert [str(warning) for warning in one] == [str(warning) for warning in other]
            assert [warning.template for warning in one] == [warning.template for warning in other]
        elif field.name == "explanations" and one is not None:
            np.testing.assert_array_equal(one.contributions, other.contributions)
            np.testing.assert_array_equal(one.rows, other.rows)
            assert one.base == other.base
        else:
            assert one == other


def test_the_command_lines_answer_is_json_sorted_by_importance(table: Table) -> None:
    made = json.loads(json.dumps(need_json(assess(table, DEFAULT, ModelChoice("forest"), cross_validate=False))))
    assert list(made) == ["rows", "train", "test", "model", "recipe", "scores", "importances", "warnings", "intervals"]
    assert made["train"] + made["test"] == made["rows"] == 400
    assert list(made["scores"]) == [
        "accuracy",
        "majority_accuracy",
        "balanced_accuracy",
        "roc_auc",
        "average_precision",
        "brier",
    ]
    losses = [one["permutation"] for one in made["importances"]]
    assert losses == sorted(losses, reverse=True)
    assert set(made["importances"][0]) == {"feature", "permutation", "permutation_sd", "impurity"}


def test_an_empty_folder_and_another_version_are_refused(table: Table, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no readable assessment"):
        load_assessment(tmp_path)
    save(assess(table, DEFAULT, ModelChoice("logistic"), cross_validate=False), tmp_path)
    result = tmp_path / "result.json"
    data = json.loads(result.read_text(encoding="utf-8"))
    # 2 is what programs wrote that put each array down by hand
    for version in (1, 2, 99):
        result.write_text(json.dumps({**data, "version": version}), encoding="utf-8")
        with pytest.raises(InputError, match=f"version {version}; this program reads version 3. Train the model again"):
            load_assessment(tmp_path)
    del data["importances"]
    result.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match="importances"):
        load_assessment(tmp_path)


def test_arrays_that_would_run_code_are_not_read(table: Table, tmp_path: Path) -> None:
    save(assess(table, DEFAULT, ModelChoice("logistic"), cross_validate=False), tmp_path)
    np.savez(tmp_path / "result.npz", array0=np.array([{"a": 1}], dtype=object))
    with pytest.raises(SourceError, match="no readable assessment"):
        load_assessment(tmp_path)
