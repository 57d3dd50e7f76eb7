"""A plan of a table in partitions, through the commands, is that of the table in memory."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from medalloc.cli.entry import commands

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"
ASKED = ("--target", "need", "--region", "region", "--model", "logistic", "--resource", "beds=500", "--json")


def _answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    commands(list(arguments), standalone_mode=False)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_folder_whose_sample_holds_every_row_gives_the_plan_of_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    frame = pd.read_csv(SAMPLE)
    (tmp_path / "table").mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), 3)):
        frame.iloc[rows].to_parquet(tmp_path / "table" / f"{number}.parquet", index=False)
    whole = _answer(capsys, "plan", str(SAMPLE), *ASKED)
    parted = _answer(capsys, "plan", str(tmp_path / "table"), *ASKED)
    for each in ("demand", "served"):
        found = [[region[each] for region in answer["regions"]] for answer in (parted, whole)]
        np.testing.assert_allclose(found[0], found[1], rtol=1e-9)
    assert parted["observed_over_predicted"][0]["z"] == pytest.approx(
        whole["observed_over_predicted"][0]["z"], rel=1e-9
    )


def test_a_text_above_the_limit_is_read_in_partitions_and_the_curve_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text, model = tmp_path / "patients.csv", tmp_path / "model.medalloc"
    rows = pd.read_csv(SAMPLE)
    pd.concat([rows, rows.assign(patient_id=rows["patient_id"].astype(str) + ", who came again")]).to_csv(
        text, index=False
    )
    assert text.stat().st_size > 1_000_000
    large = ("--whole-up-to", "1")
    learnt = _answer(
        capsys, "need", str(text), *large, "--sample-rows", "2000", *ASKED[:6], "--save", str(model), "--json"
    )
    assert learnt["partitions"]["rows"] == 2 * len(rows)
    assert learnt["partitions"]["sampled"] == 2000
    assert [each["rows"] for each in learnt["sample_curve"]["points"]][-1] == learnt["train"]
    told = ("--with", str(model), "--region", "region", "--json")
    parted, whole = _answer(capsys, "score", str(text), *large, *told), _answer(capsys, "score", str(text), *told)
    assert parted["rows"] == whole["rows"] == 2 * len(rows)
    assert parted["expected_in_need"] == pytest.approx(whole["expected_in_need"], rel=1e-9)
    assert [each["region"] for each in parted["regions"]] == [each["region"] for each in whole["regions"]]
