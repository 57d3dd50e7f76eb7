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
Table = Callable[..., str]


RESOURCES = "resource,stock,cost,whole\nbeds,18,5,\nnurses,9,3,yes\n"
REGIONS = "region,demand,existing_beds,locked_beds,cost_beds\nNorth,30,2,,\nSouth,10,0,3,1\n"


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
        "spent",
        "gini",
        "shadow_price",
        "regions",
        "conflicts",
        "aims",
        "measures",
        "marginal",
        "binding",
        "reasons",
        "waits",
        "notes",
        "assumed_requirements",
        "requirement_sources",
    ]
    assert found["marginal"]["limits"]["beds"] == {name: pytest.approx(1) for name in ("dual", "one more", "one less")}
    assert found["binding"] == ["The stock of beds is used up."]
    assert all(": the stock of beds is used up. One more unit of beds" in each for each in found["reasons"])
    assert (found["status"], found["served"], found["demand"]) == ("optimal", pytest.approx(20), 40)
    assert found["gap"] == pytest.approx(0, abs=1e-9)
    assert found["shadow_price"] == {"beds": pytest.approx(1)}
    assert sum(each["units"]["beds"] for each in found["regions"]) == pytest.approx(18)


def test_why_a_demand_was_set_by_hand_stands_beside_the_plan(tmp_path: Path, answer: Answer, run: Run) -> None:
    file = regions(tmp_path, "region,demand,forecast,set_by_hand\nNorth,30,25,a clinic opens\nSouth,10,10,\n")
    assert answer("allocate", file, "--resource", "beds=18")["set_by_hand"] == {"North": "a clinic opens"}
    assert "a clinic opens" in run("allocate", file, "--resource", "beds=18").stdout


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


def test_a_table_of_resources_says_the_same_as_options(answer: Answer, table: Table) -> None:
    regions, resources = (
        table(REGIONS),
        table("resource,stock,requirement,cost\nbeds,18,0.5,2\nnurses,9,1,3\n", "r.csv"),
    )
    options = ("--resource", "beds=18", "--requirement", "beds=0.5", "--cost", "beds=2")
    options += ("--resource", "nurses=9", "--cost", "nurses=3")
    assert answer("allocate", regions, "--resources", resources) == answer("allocate", regions, *options)


def test_an_option_changes_one_value_of_the_table_or_adds_a_resource(answer: Answer, table: Table) -> None:
    resources = table(RESOURCES, "r.csv")
    found = answer(
        "allocate", table(REGIONS), "--resources", resources, "--resource", "beds=4", "--resource", "vans=99"
    )
    assert sorted(found["shadow_price"]) == ["beds", "nurses", "vans"]
    assert sum(each["units"]["beds"] for each in found["regions"]) <= 4 + 1e-9


def test_locks_of_the_table_of_regions_are_kept(answer: Answer, table: Table) -> None:
    found = answer("allocate", table(REGIONS), "--resource", "beds=18")
    assert found["regions"][1]["units"]["beds"] == pytest.approx(3)


def test_persons_of_every_resource_are_read_without_a_demand(answer: Answer, table: Table) -> None:
    regions = table("region,demand_beds,demand_nurses\nNorth,30,1\nSouth,10,2\n")
    assert answer("allocate", regions, "--resource", "beds=18")["demand"] == 40


def test_a_plan_is_held_against_sampled_futures(answer: Answer, run: Run, table: Table) -> None:
    arguments = ("allocate", table(REGIONS), "--resource", "beds=18")
    samples = ("--samples", table("sample,South,North\n1,10,30\n2,6,50\n", "futures.csv"))
    found = answer(*arguments, *samples)
    assert found["futures"]["futures"] == 2 and found["futures"]["own"] == "most-served"
    assert {name: found[name] for name in found if name != "futures"} == answer(*arguments)
    assert "In 2 futures, most-served serves" in run(*arguments, *samples).stdout


def test_futures_of_other_regions_are_refused(run: Run, table: Table) -> None:
    samples = table("sample,East,North\n1,10,30\n", "futures.csv")
    ended = run("allocate", table(REGIONS), "--resource", "beds=18", "--samples", samples)
    assert ended.returncode == 2 and "East" in ended.stderr and "South" in ended.stderr


def test_a_total_is_no_region_in_any_command_and_that_is_said_beside_the_answer(tmp_path: Path, answer: Answer) -> None:
    table = tmp_path / "regions.csv"
    table.write_text("region,demand\nNorth,100\nSouth,300\nTOTAL,400\n")
    asked = ("allocate", str(table), "--resource", "beds=40", "--requirement", "beds=0.1")
    found = answer(*asked)
    assert {each["region"]: each["units"]["beds"] for each in found["regions"]} == {
        "North": pytest.approx(10),
        "South": pytest.approx(30),
    }
    assert any("TOTAL" in each for each in found["notes"])
    assert len(answer(*asked, "--summary-rows", "keep")["regions"]) == 3


def test_who_counts_more_and_which_columns_are_not_used_is_said(tmp_path: Path, answer: Answer) -> None:
    table = tmp_path / "regions.csv"
    table.write_text("region,demand,Priority,icu_beds,colour\nNorth,100,1,2,red\nSouth,300,3,1,blue\n")
    notes = answer("allocate", str(table), "--resource", "beds=40")["notes"]
    assert any("“Priority”" in each for each in notes)
    assert "Columns that are not used: icu_beds, colour." in notes


def test_a_small_table_whose_need_has_two_numbers_is_one_of_regions_with_the_beds_that_are_there(
    tmp_path: Path, answer: Answer
) -> None:
    file = regions(tmp_path, "region,need,beds in place\nFull,10,40\nEmpty,50,0\n")
    moving = ("--movable", "beds=0.5", "--move-cost", "beds=5", "--budget", "10000")
    plan = answer("allocate", file, "--resource", "beds=10", "--cost", "beds=100", *moving)
    assert plan["spent"] == pytest.approx(1100)
    assert [each["units"]["beds"] for each in plan["regions"]] == [-20, 30]


def test_a_column_that_only_patients_could_have_is_not_dropped_without_a_word(tmp_path: Path, answer: Answer) -> None:
    file = regions(tmp_path, "region,demand,week\nNorth,100,2024-01-01\nSouth,300,2024-01-01\n")
    assert "Columns that are not used: week." in answer("allocate", file, "--resource", "beds=40")["notes"]


def test_what_has_no_effect_is_said_and_waits_are_told_in_words_too(tmp_path: Path, run: Run) -> None:
    file = regions(tmp_path, "region,demand\nNorth,3000\nSouth,1000\n")
    beds = ("--resource", "beds=18", "--requirement", "beds=0.01", "--stay", "beds=8", "--space", "beds=2")
    ended = run("allocate", file, *beds, "--budget", "0")
    assert ended.returncode == 0
    assert "The budget has no effect: nothing costs money." in ended.stderr
    assert "The space that beds take has no effect" in ended.stderr
    assert "wait" in ended.stdout.splitlines()[-1] and "beds" in ended.stdout.splitlines()[-1]
    twice = run("allocate", file, *beds, "--resource", "beds=19")
    assert twice.returncode != 0 and "--resource names “beds” twice" in twice.stderr


def test_a_policy_that_goes_with_a_number_is_not_given_one_in_silence(run: Run, tmp_path: Path) -> None:
    refused = run("allocate", regions(tmp_path), "--resource", "beds=18", "--policy", "alpha")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "“alpha” is no policy" in refused.stderr and "alpha:A" in refused.stderr


def test_a_limit_of_time_that_nothing_needs_is_said(run: Run, tmp_path: Path) -> None:
    columns = ("--column", "region=place", "--column", "demand=cases")
    ended = run("allocate", regions(tmp_path), *columns, "--resource", "beds=18", "--fractions", "--time-limit", "9")
    assert ended.returncode == 0 and "time limit has no effect" in ended.stderr


def test_what_was_found_about_the_table_and_touches_the_answer_is_told_until_it_is_mended(
    run: Run, tmp_path: Path
) -> None:
    twice = regions(tmp_path, "region,demand,income\nNorth,100,-5\nSouth,200,3\nnorth ,100,4\n")
    told = run("allocate", twice, "--resource", "beds=10").stderr
    assert "“north ”, “North”. --repair “spellings:region” mends it." in told
    assert "income" not in told.replace("not used: income", "")
    mended = ("--repair", "spellings:region", "--repair", "duplicated ids:region")
    assert "--repair" not in run("allocate", twice, "--resource", "beds=10", *mended).stderr
