"""The command line as a script or a scheduler uses it: exit codes, standard output, standard error."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")
WORLD = str(SAMPLES / "regions_world.csv")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "medalloc", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def answer(*arguments: str) -> dict[str, Any]:
    ended = run(*arguments, "--json")
    assert ended.returncode == 0, ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


def regions(folder: Path, text: str = "place,cases,beds\nNorth,30,2\nSouth,10,0\n") -> str:
    path = folder / "regions.csv"
    path.write_text(text)
    return str(path)


def test_read_says_how_the_file_was_read_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("patient_id;age;need\n1;-3;0\n2;40;1\n2;;1\n".encode("utf-8-sig"))
    found = answer("read", str(path))
    assert list(found) == ["rows", "columns", "encoding", "delimiter", "findings"]
    assert (found["rows"], found["encoding"], found["delimiter"]) == (3, "utf-8-sig", ";")
    assert [list(each) for each in found["columns"]] == [["name", "kind", "role", "missing"]] * 3
    assert {(each["kind"], each["column"], each["count"]) for each in found["findings"]} == {
        ("impossible values", "age", 1),
        ("duplicated ids", "patient_id", 1),
        ("missing", "age", 1),
    }
    assert all(each["repair"] for each in found["findings"])


def test_need_scores_a_model_beside_the_majority() -> None:
    found = answer(
        "need", PATIENTS, "--target", "need", "--id", "patient_id", "--region", "region", "--model", "boosting"
    )
    assert list(found) == ["rows", "train", "test", "model", "recipe", "scores", "importances", "warnings"]
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


def test_a_target_of_another_name_makes_the_other_columns_features(tmp_path: Path) -> None:
    text = Path(PATIENTS).read_text().replace(",need\n", ",came_back\n", 1)
    path = tmp_path / "own.csv"
    path.write_text(text)
    other = answer("need", str(path), "--target", "came_back", "--model", "logistic")
    same = answer("need", PATIENTS, "--target", "need", "--model", "logistic")
    assert other["scores"] == same["scores"]


def test_allocate_divides_within_the_stock_and_says_how_good_that_is(tmp_path: Path) -> None:
    found = answer(
        "allocate",
        regions(tmp_path),
        *("--column", "region=place", "--column", "demand=cases", "--column", "existing:beds=beds"),
        *("--resource", "beds=18"),
    )
    assert list(found) == [
        "status",
        "method",
        "value",
        "bound",
        "gap",
        "demand",
        "served",
        "coverage",
        "lowest_coverage",
        "gini",
        "shadow_price",
        "regions",
        "conflicts",
        "measures",
        "marginal",
        "binding",
        "reasons",
    ]
    assert found["marginal"]["limits"]["beds"] == {name: pytest.approx(1) for name in ("dual", "one more", "one less")}
    assert found["binding"] == ["The stock of beds is used up."]
    assert all(": the stock of beds is used up. One more unit of beds" in each for each in found["reasons"])
    assert (found["status"], found["served"], found["demand"]) == ("optimal", pytest.approx(20), 40)
    assert found["gap"] == pytest.approx(0, abs=1e-9)
    assert found["shadow_price"] == {"beds": pytest.approx(1)}
    assert sum(each["units"]["beds"] for each in found["regions"]) == pytest.approx(18)


def test_conflicting_limits_are_exit_code_3_with_every_conflict() -> None:
    ended = run("allocate", WORLD, "--resource", "beds=100", "--requirement", "beds=0.01", "--floor", "0.9", "--json")
    found = json.loads(ended.stdout)
    assert ended.returncode == 3
    assert found["status"] == "infeasible"
    assert {"measures", "marginal", "binding", "reasons"} <= set(found)
    assert [set(each) for each in found["conflicts"]] == [{"limit", "required", "available", "repair"}]


@pytest.mark.parametrize(("policy", "status"), [("alpha:2", "optimal"), ("max-min", "optimal"), ("today", "rule")])
def test_every_policy_can_be_asked_for(policy: str, status: str, tmp_path: Path) -> None:
    columns = ("--column", "region=place", "--column", "demand=cases", "--column", "existing:beds=beds")
    found = answer("allocate", regions(tmp_path), *columns, "--resource", "beds=18", "--policy", policy)
    assert found["status"] == status
    assert found["served"] == pytest.approx(2 if policy == "today" else 20)


def test_the_frontier_ends_at_the_largest_floor_that_fits() -> None:
    found = answer("allocate", WORLD, "--resource", "beds=100000", "--requirement", "beds=0.01", "--frontier", "5")
    points = found["frontier"]
    assert 1 <= len(points) <= 5
    assert [each["floor"] for each in points] == sorted(each["floor"] for each in points)
    assert all(each["lowest_coverage"] >= each["floor"] - 1e-9 for each in points)


def test_the_plan_is_written_as_csv_or_as_a_workbook(tmp_path: Path) -> None:
    for name in ("plan.csv", "plan.xlsx"):
        run("allocate", WORLD, "--resource", "beds=100000", "--requirement", "beds=0.01", "--out", str(tmp_path / name))
    rows = list(csv.reader(io.StringIO((tmp_path / "plan.csv").read_text("utf-8-sig"))))
    cells = CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == cells[0]
    assert len(rows) == len(cells) == 158


def test_plan_goes_from_patients_to_regions_in_one_go() -> None:
    found = answer(
        "plan",
        PATIENTS,
        *("--target", "need", "--id", "patient_id", "--region", "region", "--model", "logistic"),
        *("--regions", str(SAMPLES / "regions_rand_hie.csv")),
        *("--resource", "beds=4000", "--requirement", "beds=0.01", "--policy", "proportional"),
    )
    assert (found["status"], len(found["regions"])) == ("rule", 6)
    assert 1_400_000 < found["demand"] < 1_900_000
    assert 0 <= found["gap"] < 1


def test_check_obtains_every_published_number() -> None:
    found = answer("check")
    assert found["agree"] == found["all"] == len(found["cases"]) > 40
    assert set(found["cases"][0]) == {"name", "inputs", "expected", "obtained", "difference", "agrees", "source"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "no_such_file.csv"], "cannot be opened"),
        (["allocate", WORLD, "--resource", "beds=many"], "NAME=NUMBER"),
        (["allocate", WORLD, "--resource", "beds=5", "--cost", "bed=3"], "No stock is given for “bed”"),
        (["allocate", WORLD], "--resource"),
        (["allocate", WORLD, "--resource", "beds=5", "--column", "demand=cases"], "no column “cases”"),
        (["allocate", PATIENTS, "--resource", "beds=5"], "“demand”"),
        (["need", PATIENTS, "--target", "nobody"], "no column “nobody”"),
        (["need", PATIENTS, "--target", "need", "--recipe", "secret"], "secret"),
        (["need", PATIENTS, "--target", "need", "--recipe", "secret.json"], "cannot be opened"),
        (["plan", str(SAMPLES / "patients_article.csv"), "--target", "need", "--resource", "beds=5"], "“region”"),
        (["allocate", WORLD, "--resource", "beds=5", "--policy", "alpha:-1"], "“alpha:-1” is no policy"),
        (["allocate", WORLD, "--resource", "beds=5", "--out", "no/such/folder/plan.csv"], "cannot be written"),
        (["allocate", WORLD, "--resource", "beds=5", "--column", "existing:doctors=population"], "existing:doctors"),
        (
            ["plan", PATIENTS, "--target", "need", "--region", "region", "--model", "logistic", "--resource", "beds=5"]
            + ["--regions", str(SAMPLES / "regions_rand_hie.csv"), "--column", "population=county"],
            "The population of “Dayton OH”",
        ),
        (["fly"], "fly"),
    ],
)
def test_bad_input_is_one_sentence_on_standard_error_and_exit_code_2(arguments: list[str], said: str) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
