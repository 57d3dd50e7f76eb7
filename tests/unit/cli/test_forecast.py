import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from medalloc.demand.forecasting.answer import outlook_json
from medalloc.jobs.here import JobsHere
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.steps import demands, tables

BOSTON = "sample_data/weekly_boston_flu.csv"
NAMED = ("--region", "region", "--date", "week", "--value", "value")


def test_a_forecast_is_told_as_json_and_written_with_its_futures_which_a_plan_takes(answer, table, tmp_path):
    out, samples = tmp_path / "forecast.csv", tmp_path / "futures.csv"
    found = answer(
        "forecast", BOSTON, *NAMED, "--horizon", "2", "--model", "ridge", "--out", str(out),
        "--samples-out", str(samples), "--samples", "50",
    )  # fmt: skip
    assert found["model"] == "ridge"
    assert {(each["model"], each["horizon"]) for each in found["backtest"]} >= {("ridge", 1), ("naive", 2)}
    assert len(found["regions"]) == 28
    assert "0.8" in found["coverage"]
    with out.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.DictReader(read))
    assert len(rows) == 28
    assert float(rows[0]["q10"]) <= float(rows[0]["q50"]) <= float(rows[0]["q90"])
    names = sorted({each["region"] for each in rows})
    regions = table("region,demand\n" + "".join(f"{name},20\n" for name in names))
    planned = answer("allocate", regions, "--resource", "beds=100", "--samples", str(samples))
    assert planned["futures"]["futures"] == 50


def test_words_tell_the_verdict_and_what_is_missing(run):
    ended = run("forecast", BOSTON, *NAMED, "--model", "naive", "--horizon", "1")
    assert ended.returncode == 0, ended.stderr
    assert "Missing: 427 of 6,104 counts" in ended.stdout
    assert "it is used" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "town", "--date", "day"), "There is no column “day”"),
        (("--horizon", "400"), "between 1 and 218"),
        (("--samples-period", "9"), "give 0 to 4"),
        (("--model", "lstm", "--seeds", "1"), "at least 3"),
        (("--optimizer", "sgd"), "no effect without a network"),
        (("--hub-weeks", "last"), "no effect without --hub"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_code_2(run, arguments, said):
    ended = run("forecast", BOSTON, *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_chinese_columns_a_wide_table_and_a_workbook(answer, table, tmp_path):
    rows = "".join(f"2024-{month:02}-01,{month},{20 - month}\n" for month in range(1, 13))
    out = tmp_path / "预测.xlsx"
    found = answer("forecast", table("月份,北京,上海\n" + rows), "--horizon", "2", "--out", str(out))
    assert {each["region"] for each in found["regions"]} == {"北京", "上海"}
    assert found["every"] == "month"
    assert Path(out).stat().st_size > 0


def test_the_command_says_what_the_screens_say_of_the_same_study(answer, table):
    """One study, asked as the screens ask it: counts in use, roles by hand, a column that is known in advance."""
    draw = np.random.default_rng(3)
    rows = [
        f"{place},2024-{month:02},{draw.poisson(20 + 30 * off)},{int(off)},{draw.poisson(9)}\n"
        for place in ("North", "South", "West")
        for month, off in ((month, month in (7, 8)) for month in range(1, 13))
    ]
    file = table("place,when,admitted,holiday,beds\n" + "".join(rows))
    named = ("--region", "place", "--date", "when", "--value", "admitted", "--covariate", "holiday")
    said = answer("forecast", file, *named, "--horizon", "2", "--model", "ridge")
    study = Study().changed(
        file=hashlib.sha256(Path(file).read_bytes()).hexdigest(),
        file_name=str(file),
        roles={"place": "region", "when": "date", "admitted": "demand", "holiday": "feature"},
        forecast_horizon=2,
        forecast_models=("ridge",),
    )
    answers = Answers(study, NamedFiles(Path()), JobsHere())
    answers = answers.after(study, (answers.submit(demands.outlook),))
    found = answers(demands.outlook)
    # screens show what was guessed about the table beside it
    shown = {**outlook_json(found), "notes": [*map(str, answers(tables.table).notes), *map(str, found.notes)]}
    assert json.loads(json.dumps(shown)) == said
    assert found.panel.covariate_names() == ("holiday",)


def test_how_counts_are_read_can_be_said(run, tmp_path: Path) -> None:
    weeks = "".join(f"Ärztekammer;2024-01-{day:02};{day},5\n" for day in range(1, 31))
    (tmp_path / "counts.csv").write_bytes(f"Besuche 2024;;\nregion;day;visits\n{weeks}".encode("latin-1"))
    said = run("forecast", str(tmp_path / "counts.csv"), "--encoding", "latin-1", "--header-row", "2", "--decimal", ",")
    assert said.returncode == 0 and "Ärztekammer" in said.stdout, said.stderr
    assert "does not say its encoding" not in said.stdout + said.stderr
    refused = run("forecast", str(tmp_path / "counts.csv"), "--header-row", "99")
    assert refused.returncode == 2 and "Line 99 cannot hold the names" in refused.stderr


def test_counts_may_lie_in_several_files(run, table):
    months = [f"{place},2023-{month:02},{month + 9 * (place == 'A')}\n" for month in range(1, 13) for place in "AB"]
    halves = {"first.csv": months[:12], "second.csv": months[12:]}
    files = [table("region,month,cases\n" + "".join(part), name) for name, part in halves.items()]
    said = run("forecast", *files, "--model", "naive", "--horizon", "1")
    assert "2 regions, 12 months from 2023-01-01 to 2023-12-01." in said.stdout, said.stderr


@pytest.mark.parametrize(("weeks", "told"), [((), "taken for their first day"), (("--hub-weeks", "last"), None)])
def test_a_forecast_is_written_for_a_hub_and_planned_from_there(answer, tmp_path, weeks, told):
    out = tmp_path / "hub.csv"
    found = answer("forecast", BOSTON, *NAMED, "--horizon", "2", "--model", "naive", "--hub", str(out), *weeks)
    assert any("For the hub" in each for each in found["notes"]) == (told is not None)
    assert told is None or any(told in each for each in found["notes"])
    planned = answer("allocate", str(out), "--resource", "beds=10")
    medians = sum(each["q50"] for each in found["regions"])
    assert planned["demand"] == pytest.approx(medians, rel=1e-6)
