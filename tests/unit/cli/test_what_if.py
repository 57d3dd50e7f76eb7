import json
from collections.abc import Callable
from typing import Any

import pytest

REGIONS = "region,demand,existing_beds,cap_beds\nNorth,30,2,\nSouth: old,10,0,3\n"


@pytest.fixture
def study(run: Callable[..., Any], table: Callable[..., str]) -> Callable[..., str]:
    def study(*options: str) -> str:
        out = table("", "study.json")
        ended = run("study", table(REGIONS), "--resource", "beds=18", *options, "--out", out)
        assert ended.returncode == 0, ended.stderr
        return out

    return study


def test_a_changed_world_stands_beside_the_plan_as_it_is(study: Callable[..., str], answer: Callable[..., Any]) -> None:
    file = study()
    found = answer("what-if", file, "--change", "demand=+10%", "--change", "stock:beds=+4")
    assert list(found) == ["base", "scenario", "changes"]
    assert found["base"] == {key: value for key, value in answer("run", file).items() if key != "notes"}
    assert found["scenario"]["demand"] == pytest.approx(44)
    assert found["scenario"]["served"] == pytest.approx(found["base"]["served"] + 4)
    assert found["changes"] == [
        {"what": "demand", "factor": pytest.approx(1.1)},
        {"what": "stock", "added": 4.0, "resource": "beds"},
    ]


def test_changes_of_one_number_add_up(study: Callable[..., str], answer: Callable[..., Any]) -> None:
    found = answer("what-if", study(), *("--change", "stock:beds=+4") * 2, "--change", "stock:beds=-50%")
    assert found["changes"] == [
        {"what": "stock", "added": 4.0, "resource": "beds"},
        {"what": "stock", "added": 4.0, "resource": "beds"},
        {"what": "stock", "factor": 0.5, "resource": "beds"},
    ]
    assert found["scenario"] == answer("what-if", study(), "--change", "stock:beds=13")["scenario"]


def test_without_a_change_the_study_s_own_world_is_tried(study: Callable[..., str], answer: Callable[..., Any]) -> None:
    file = study()
    with open(file, encoding="utf-8") as opened:
        saved = json.load(opened)
    saved["what_if"] |= {"stock_change": -50}
    with open(file, "w", encoding="utf-8") as opened:
        json.dump(saved, opened)
    found = answer("what-if", file)
    assert found["changes"] == [{"what": "stock", "factor": 0.5}]
    assert found["scenario"]["served"] == pytest.approx(found["base"]["served"] - 9)
    assert answer("what-if", file, "--change", "demand=+0%")["scenario"]["served"] == found["base"]["served"]


def test_a_world_without_a_plan_is_exit_code_3_and_the_base_still_said(
    study: Callable[..., str], run: Callable[..., Any]
) -> None:
    file = study("--floor", "0.3")
    ended = run("what-if", file, "--change", "demand=+100%", "--json")
    found = json.loads(ended.stdout)
    assert ended.returncode == 3
    assert found["base"]["status"] == "optimal" and found["scenario"]["status"] == "infeasible"
    assert found["scenario"]["conflicts"]
    words = run("what-if", file, "--change", "demand=+100%")
    assert words.returncode == 3 and "Base: " in words.stdout and "Scenario: " in words.stderr


def test_a_change_that_moves_nothing_is_said(study: Callable[..., str], run: Callable[..., Any]) -> None:
    ended = run("what-if", study(), "--change", "stock:beds=+0")
    assert ended.returncode == 0 and "No effect: stock (beds)" in ended.stderr


def test_a_closer_look_is_the_same_as_on_the_screen(study: Callable[..., str], answer: Callable[..., Any]) -> None:
    found = answer(
        "what-if",
        study("--fractions"),
        *("--grid", "demand", "stock:beds", "--step", "20", "--without", "--near", "--regrets"),
        *("--epsilon", "0.5", "--epsilon", "20"),
    )
    grid = found["grid"]
    assert (grid["down"], grid["across"], len(grid["values"])) == ("demand", "stock:beds", 7)
    assert grid["values"][3][3] == pytest.approx(0.5)
    assert [each["epsilon"] for each in found["noise"]] == [0.5, 20] and found["noise"][1]["fewer"] == 0
    assert found["without"][0]["resource"] == "beds" and found["without"][0]["lost"] == pytest.approx(18)
    assert found["near"] and all(each["fewer_served"] <= 0.2 for each in found["near"])
    assert [each["name"] for each in found["regrets"]] == [""]
