import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

SAMPLES = Path(__file__).parents[3] / "sample_data"
WORLD = str(SAMPLES / "regions_world.csv")

Run = Callable[..., subprocess.CompletedProcess[str]]
Answer = Callable[..., dict[str, Any]]


def regions(folder: Path, text: str = "place,cases,beds\nNorth,30,2\nSouth,10,0\n") -> str:
    path = folder / "regions.csv"
    path.write_text(text)
    return str(path)


def test_allocate_divides_within_the_stock_and_says_how_good_that_is(tmp_path: Path, answer: Answer) -> None:
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


def test_conflicting_limits_are_exit_code_3_with_every_conflict(run: Run) -> None:
    ended = run("allocate", WORLD, "--resource", "beds=100", "--requirement", "beds=0.01", "--floor", "0.9", "--json")
    found = json.loads(ended.stdout)
    assert ended.returncode == 3
    assert found["status"] == "infeasible"
    assert {"measures", "marginal", "binding", "reasons"} <= set(found)
    assert [set(each) for each in found["conflicts"]] == [{"limit", "required", "available", "repair"}]


@pytest.mark.parametrize(("policy", "status"), [("alpha:2", "optimal"), ("max-min", "optimal"), ("today", "rule")])
def test_every_policy_can_be_asked_for(policy: str, status: str, tmp_path: Path, answer: Answer) -> None:
    columns = ("--column", "region=place", "--column", "demand=cases", "--column", "existing:beds=beds")
    found = answer("allocate", regions(tmp_path), *columns, "--resource", "beds=18", "--policy", policy)
    assert found["status"] == status
    assert found["served"] == pytest.approx(2 if policy == "today" else 20)


def test_the_frontier_ends_at_the_largest_floor_that_fits(answer: Answer) -> None:
    found = answer("allocate", WORLD, "--resource", "beds=100000", "--requirement", "beds=0.01", "--frontier", "5")
    points = found["frontier"]
    assert 1 <= len(points) <= 5
    assert [each["floor"] for each in points] == sorted(each["floor"] for each in points)
    assert all(each["lowest_coverage"] >= each["floor"] - 1e-9 for each in points)


def test_the_plan_is_written_as_csv_or_as_a_workbook(tmp_path: Path, run: Run) -> None:
    for name in ("plan.csv", "plan.xlsx"):
        run("allocate", WORLD, "--resource", "beds=100000", "--requirement", "beds=0.01", "--out", str(tmp_path / name))
    rows = list(csv.reader(io.StringIO((tmp_path / "plan.csv").read_text("utf-8-sig"))))
    cells = CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == cells[0]
    assert len(rows) == len(cells) == 158
