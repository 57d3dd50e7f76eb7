import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SAMPLES = Path(__file__).parents[3] / "sample_data"
PATIENTS = str(SAMPLES / "patients_rand_hie.csv")

Answer = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_plan_goes_from_patients_to_regions_in_one_go(answer: Answer) -> None:
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


def test_plan_lets_patients_stand_for_their_age_and_sex_and_says_which_cells_nobody_came_of(
    run: Run, table: Callable[..., str]
) -> None:
    places = pd.read_csv(SAMPLES / "regions_rand_hie.csv")
    rows = [
        f"{town},{band},{sex},{living * share:.0f}"
        for town, living in zip(places["region"], places["population_2019"], strict=True)
        for band, share in (("0-17", 0.1), ("18-64", 0.25), ("65+", 0.15))
        for sex in ("female", "male")
    ]
    people = table("region,age_band,sex,population\n" + "\n".join(rows), name="people.csv")
    ended = run(
        "plan",
        PATIENTS,
        *("--target", "need", "--id", "patient_id", "--region", "region", "--model", "logistic"),
        *("--people", people, "--resource", "beds=4000", "--json"),
    )
    assert ended.returncode == 0, ended.stderr
    assert "65+ female → 18-64 female" in ended.stderr
    assert '"demand": ' in ended.stdout


def _words(table: Callable[..., str], yes: str, no: str) -> str:
    """Write patients of whom the older are in need, by these words."""
    draw = np.random.default_rng(5)
    ages = draw.integers(20, 90, 240)
    rows = [
        f"{age},{draw.integers(0, 9)},{region},{yes if draw.random() < 1 / (1 + np.exp((70 - age) / 9)) else no}"
        for age, region in zip(ages, np.tile(["North", "South"], 120), strict=True)
    ]
    return table("age,chronic,region,need\n" + "\n".join(rows), name=f"{yes}.csv")


def test_whatever_the_words_the_same_people_are_in_need_and_the_plan_says_who(
    answer: Answer, run: Run, table: Callable[..., str]
) -> None:
    asked = ("--target", "need", "--model", "logistic", "--resource", "beds=20")
    same = [
        answer("plan", _words(table, "1", "0"), *asked),
        answer("plan", _words(table, "died", "survived"), *asked),
        answer("plan", _words(table, "red", "amber"), *asked, "--need-is", "red"),
    ]
    assert len({round(each["demand"], 9) for each in same}) == 1
    assert [each["need"]["means_need"] for each in same] == [["1"], ["died"], ["red"]]
    refused = run("plan", _words(table, "red", "amber"), *asked)
    assert refused.returncode == 2 and not refused.stdout
    (said,) = refused.stderr.splitlines()
    assert "“amber”, “red”" in said and "--need-is" in said


def test_plan_prints_what_learning_warns_of(run: Run, table: Callable[..., str]) -> None:
    path = Path(_words(table, "yes", "no"))
    lines = path.read_text().splitlines()
    leak = [f"{lines[0]},left_by", *(f"{each},{int(each.endswith('yes'))}" for each in lines[1:])]
    ended = run("plan", table("\n".join(leak), name="leak.csv"), "--target", "need", "--resource", "beds=20", "--json")
    assert "Column “left_by” tells need almost perfectly" in ended.stderr
    assert "Column “left_by” tells need almost perfectly" in " ".join(json.loads(ended.stdout)["learning_warnings"])


def test_a_table_of_regions_that_lost_zeros_and_capitals_is_matched_and_this_is_said(
    answer: Answer, table: Callable[..., str]
) -> None:
    draw = np.random.default_rng(0)
    codes = ("06037", "01001", "North End")
    rows = [f"{draw.integers(20, 90)},{codes[each % 3]},{draw.integers(0, 2)}" for each in range(240)]
    patients = table("age,region,need\n" + "\n".join(rows), name="patients.csv")
    asked = ("--target", "need", "--model", "logistic", "--resource", "beds=20", "--regions")
    exact = "region,population\n06037,3000\n01001,2000\nNorth End,1000"
    plain = answer("plan", patients, *asked, table(exact, name="exact.csv"))
    cut = answer(
        "plan", patients, *asked, table(exact.replace("0", "", 1).replace("\n01", "\n1").upper(), name="cut.csv")
    )
    assert cut["regions"] == plain["regions"]
    assert not any("are named as" in each for each in plain["notes"])
    (said,) = [each for each in cut["notes"] if "are named as" in each]
    assert said.startswith("Regions of “cut.csv” are named as those of “patients.csv”: “6037” = “06037”")


def test_whether_patients_stand_for_all_who_live_there_is_said_and_can_be_changed(
    answer: Answer, table: Callable[..., str]
) -> None:
    rows = "\n".join(f"{each % 70 + 20},{'AB'[each % 2]},{each // 3 % 2}" for each in range(240))
    patients = table("age,region,need\n" + rows, name="patients.csv")
    regions = table("region,population\nA,1800\nB,1800", name="living.csv")
    asked = ("plan", patients, "--target", "need", "--model", "logistic", "--resource", "beds=20", "--regions", regions)
    said = "Patients stand for all 3,600 people who live in their regions"
    scaled, alone = answer(*asked), answer(*asked, "--patients-only")
    assert any(each.startswith(said) for each in scaled["notes"])
    assert not any(each.startswith(said) for each in alone["notes"])
    # half of them are in need
    assert round(scaled["demand"]) == 1800 and round(alone["demand"]) == 120


def test_all_repairs_are_those_of_the_repaired_table_too(answer: Answer, table: Callable[..., str]) -> None:
    twice = table("region,demand\nNorth,100\nSouth,200\nnorth ,100\n")
    asked = answer("allocate", twice, "--resource", "beds=10", "--repair", "all")
    assert [each["region"] for each in asked["regions"]] == ["North", "South"]
