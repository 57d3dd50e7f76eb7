import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
