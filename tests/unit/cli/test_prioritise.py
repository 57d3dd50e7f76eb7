import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from medalloc.cli.entry import commands
from medalloc.errors import MedallocError

Answer = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]
PATIENTS = """patient,region,urgency,group,spending,since
A,North,9,x,10,2026-01-05
B,South,7,x,90,2026-01-04
C,North,7,y,80,2026-01-03
D,South,2,y,70,2026-01-02
"""
RULE = {
    "version": 1,
    "name": "Urgency",
    "terms": [{"points": 1, "factors": [{"column": "urgency"}]}],
    "waiting": "since",
    "reserves": [{"name": "y", "units": 1, "who": {"column": "group", "how": "is", "value": "y"}}],
}


@pytest.fixture
def patients(table: Callable[..., str]) -> str:
    return table(PATIENTS, "patients.csv")


@pytest.fixture
def rule(table: Callable[..., str]) -> str:
    return table(json.dumps(RULE), "rule.json")


def test_a_list_has_a_reason_a_rival_rule_and_the_overrides_with_theirs(
    answer: Answer, patients: str, rule: str, tmp_path: Path
) -> None:
    out = tmp_path / "list.csv"
    asked = (
        "--id",
        "patient",
        "--rule",
        rule,
        "--units",
        "beds=2",
        "--override",
        "D=give:Ward round",
        "--out",
        str(out),
    )
    found = answer("prioritise", patients, *asked)
    served = {each["patient"] for each in found["patients"] if each["decision"] == "gets a unit"}
    assert served == {"A", "D"} and found["reserves"][0]["given"] == 1
    reasons = {each["patient"]: each["reason"] for each in found["patients"]}
    assert "Ward round" in reasons["D"] and "No unit" in reasons["B"] and "reserved for “y” goes to" not in reasons["A"]
    assert found["overrides"] == [{"patient": "D", "decision": "give", "reason": "Ward round"}]
    assert all("By “Lottery”" in each["by_other_rule"] for each in found["patients"])
    assert pd.read_csv(out)["override"].dropna().tolist() == ["give: Ward round"]
    assert found["fairness_columns"] == {"group": "region", "need": "urgency", "cost": "spending"}
    assert sum(each["served"] for each in found["groups"]) == 2 and found["labels"]


def test_what_was_guessed_is_said(run: Run, patients: str) -> None:
    ended = run("prioritise", patients, "--id", "patient")
    assert ended.returncode == 0 and "for people to decide" in ended.stdout
    assert "“urgency” was taken" in ended.stderr and "one for every tenth patient was taken: 1" in ended.stderr


def test_patients_go_to_facilities_with_status_and_bound(
    answer: Answer, patients: str, table: Callable[..., str]
) -> None:
    facilities = table("facility,beds,North,South\nOne,1,10,50\nTwo,2,30,20\n", "facilities.csv")
    asked = ("--id", "patient", "--region", "region", "--units", "3", "--facilities", facilities)
    found = answer("prioritise", patients, *asked)
    assert (
        found["placement"]["status"] == "optimal" and found["placement"]["value"] == found["placement"]["bound"] == 60
    )
    there = {each["patient"]: each["facility"] for each in found["patients"]}
    assert there == {"A": "One", "B": "Two", "C": "Two", "D": ""}
    assert not {each["facility"] for each in answer("prioritise", patients, *asked, "--longest", "5")["patients"]} - {
        ""
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--units", "many"), "write a whole number"),
        (("--override", "A:give"), "write PATIENT=give:REASON"),
        (("--override", "Z=give:why"), "who is not on the list"),
        (("--longest", "5"), "no effect without --facilities"),
        (("--rule", "nowhere.json"), "cannot be opened"),
        (("--groups", "colour"), "no column “colour”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(patients: str, options: tuple[str, ...], said: str) -> None:
    with pytest.raises(MedallocError, match=said):
        commands(["prioritise", patients, "--id", "patient", *options], standalone_mode=False)


def test_a_table_of_regions_is_refused(table: Callable[..., str]) -> None:
    with pytest.raises(MedallocError, match="a table of regions"):
        commands(["prioritise", table("region,demand\nNorth,10\n")], standalone_mode=False)


def test_a_rule_by_the_probability_of_need_has_a_model_trained(answer: Answer, table: Callable[..., str]) -> None:
    by = {"version": 1, "name": "Need", "terms": [{"points": 100, "factors": [{"column": "need_probability"}]}]}
    rule = table(json.dumps(by), "by_need.json")
    found = answer("prioritise", "sample_data/patients_waiting.csv", "--units", "9", "--rule", rule)
    score = [each["score"] for each in found["patients"]]
    assert score[:9] == sorted(score, reverse=True)[:9] and 0 < score[0] <= 100 and found["need"]


def test_a_study_gives_the_list_that_it_holds_and_says_itself_how_its_table_is_read(
    answer: Answer, patients: str, tmp_path: Path
) -> None:
    kept = str(tmp_path / "study.json")
    commands(["study", patients, "--id", "patient", "--out", kept], standalone_mode=False)
    held = json.loads(Path(kept).read_text(encoding="utf-8"))
    override = {"patient": "D", "decision": "give", "reason": "Ward round"}
    held["priority"] |= {"priority_rule": RULE, "units_given": 2, "overrides": [override]}
    Path(kept).write_text(json.dumps(held), encoding="utf-8")
    found = answer("prioritise", kept, "--override", "A=withhold:Went home")
    decided = {each["patient"]: each["decision"] for each in found["patients"]}
    assert decided == {"A": "gets none", "B": "gets none", "C": "gets a unit", "D": "gets a unit"}
    assert [each["patient"] for each in found["overrides"]] == ["D", "A"]
    with pytest.raises(MedallocError, match="leave out: region"):
        commands(["prioritise", kept, "--region", "region"], standalone_mode=False)
