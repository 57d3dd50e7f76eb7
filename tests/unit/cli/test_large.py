"""A plan of a table in partitions, through the commands, is that of the table in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"
ASKED = ("--target", "need", "--region", "region", "--model", "logistic", "--resource", "beds=500")

Answer = Callable[..., dict[str, Any]]


def test_a_folder_whose_sample_holds_every_row_gives_the_plan_of_the_table(answer: Answer, tmp_path: Path) -> None:
    frame = pd.read_csv(SAMPLE)
    (tmp_path / "table").mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), 3)):
        frame.iloc[rows].to_parquet(tmp_path / "table" / f"{number}.parquet", index=False)
    whole = answer("plan", str(SAMPLE), *ASKED)
    parted = answer("plan", str(tmp_path / "table"), *ASKED)
    for each in ("demand", "served"):
        found = [[region[each] for region in plan["regions"]] for plan in (parted, whole)]
        np.testing.assert_allclose(found[0], found[1], rtol=1e-9)
    assert parted["observed_over_predicted"][0]["z"] == pytest.approx(
        whole["observed_over_predicted"][0]["z"], rel=1e-9
    )


def test_a_text_above_the_limit_is_read_in_partitions_and_the_curve_is_told(answer: Answer, tmp_path: Path) -> None:
    text, model = tmp_path / "patients.csv", tmp_path / "model.medalloc"
    rows = pd.read_csv(SAMPLE)
    pd.concat([rows, rows.assign(patient_id=rows["patient_id"].astype(str) + ", who came again")]).to_csv(
        text, index=False
    )
    assert text.stat().st_size > 1_000_000
    large = ("--whole-up-to", "1")
    learnt = answer("need", str(text), *large, "--sample-rows", "2000", *ASKED[:6], "--save", str(model))
    assert learnt["partitions"]["rows"] == 2 * len(rows)
    assert learnt["partitions"]["sampled"] == 2000
    assert [each["rows"] for each in learnt["sample_curve"]["points"]][-1] == learnt["train"]
    told = ("--with", str(model), "--region", "region")
    parted, whole = answer("score", str(text), *large, *told), answer("score", str(text), *told)
    assert parted["rows"] == whole["rows"] == 2 * len(rows)
    assert parted["expected_in_need"] == pytest.approx(whole["expected_in_need"], rel=1e-9)
    assert [each["region"] for each in parted["regions"]] == [each["region"] for each in whole["regions"]]
