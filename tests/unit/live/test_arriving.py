import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.live.arriving import MOST_FILES, arrived, arrived_json, arrived_said, files_in
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import KeptModel, keep_model
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from tests.unit.need.conftest import as_table, patients


@pytest.fixture(scope="module")
def model() -> KeptModel:
    table = as_table(patients(1500))
    return keep_model(train(table, recipe_named("default"), ModelChoice("logistic")), table)


def dropped(folder: Path, frame: pd.DataFrame, name: str = "new.csv") -> tuple[str, int]:
    frame.to_csv(folder / name, index=False)
    return name, 1_000_000_000


def test_patients_of_the_same_population_are_no_drift_and_their_need_is_as_predicted(
    model: KeptModel, tmp_path: Path
) -> None:
    found = arrived(model, tmp_path, *dropped(tmp_path, patients(1200, 7)))
    assert not found.shifted and found.word == "no" and not list(arrived_said(found))
    assert found.rows == 1200 and 0 < found.known <= 1200
    assert found.observed == pytest.approx(found.predicted, abs=4 * found.chance)


def test_a_column_that_has_moved_and_need_that_goes_away_from_it_are_said_with_their_numbers(
    model: KeptModel, tmp_path: Path
) -> None:
    frame = patients(1200, 8)
    moved = next(each for each in model.columns if not each.is_text).name
    frame[moved] = frame[moved] + 3 * frame[moved].std()
    frame[model.training.need] = 0
    found = arrived(model, tmp_path, *dropped(tmp_path, frame))
    assert found.shifted[0].name == moved and found.shifted[0].shifted == "strongly"
    assert found.shifted[0].distance > 0.5 and found.word == "strongly"
    told = arrived_json(found)
    assert told["need"]["observed"] == 0 < found.known and len(told["said"]) >= 2


def test_without_their_need_only_the_columns_are_compared(model: KeptModel, tmp_path: Path) -> None:
    found = arrived(model, tmp_path, *dropped(tmp_path, patients(300, 9).drop(columns=[model.training.need])))
    assert found.known == 0 and np.isnan(found.off) and found.word == "no"
    assert arrived_json(found)["need"] is None


def test_a_file_that_cannot_be_used_is_a_sentence(model: KeptModel, tmp_path: Path) -> None:
    name, written = dropped(tmp_path, pd.DataFrame({"town": ["x"]}))
    for each in (name, "gone.csv"):
        (said,) = arrived_json(arrived(model, tmp_path, each, written))["said"]
        assert ("no column" in said) if each == name else ("cannot be opened" in said)


def test_the_newest_files_are_looked_at_the_oldest_first_and_hidden_ones_not(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 2):
        path = tmp_path / f"{number}.csv"
        path.write_text("a\n1\n")
        os.utime(path, (1000 + number, 1000 + number))
    (tmp_path / ".half.csv").write_text("a")
    (tmp_path / "notes.txt").write_text("a")
    assert [name for name, _ in files_in(tmp_path)] == [f"{each}.csv" for each in range(2, MOST_FILES + 2)]
    assert files_in(tmp_path / "nowhere") == ()
