import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

Answer = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]
PLAIN = ("surge", "--population", "100000", "--infected-hospitalized", "20")


def test_surge_gives_every_day_and_the_scenario_and_writes_the_days(answer: Answer, tmp_path: Path) -> None:
    found = answer(*PLAIN, "--contact-reduction", "40%", "--base", "245", "--out", str(tmp_path / "days.csv"))
    assert found["assumptions"]["contact_reduction"] == 0.4
    written = pd.read_csv(tmp_path / "days.csv")
    assert written["census_hospital"].max() == pytest.approx(found["peak"]["hospital"]["census"])
    assert found["scenario"]["changes"] == [{"what": "demand", "factor": found["demand_factor"]["peak"]}]


def test_surge_says_the_peak_and_whether_it_lies_beyond_the_days(run: Run) -> None:
    said = run(*PLAIN).stdout
    assert "Most patients (hospital): 386 on day 42" in said and "still grows" not in said
    assert "still grows on the last day" in run(*PLAIN, "--days", "20").stdout


def test_every_impossible_assumption_is_said_with_exit_code_2(run: Run) -> None:
    ended = run(*PLAIN, "--doubling-days", "0", "--contact-reduction", "130%")
    assert ended.returncode == 2 and "doubling days" in ended.stderr
    assert "“--contact-reduction” is 130%; write a share as 0% to 100% or as 0 to 1." in ended.stderr


def test_a_share_means_the_same_with_its_sign_and_without_and_one_that_could_be_either_is_refused(
    answer: Answer, run: Run
) -> None:
    assert answer(*PLAIN, "--contact-reduction", "40%")["peak"] == answer(*PLAIN, "--contact-reduction", "0.4")["peak"]
    assert "“--intensive-care-rate” is 2; write" in run(*PLAIN, "--intensive-care-rate", "2").stderr


def test_more_on_a_ventilator_than_in_intensive_care_is_said(run: Run) -> None:
    said = run(*PLAIN, "--ventilator-days", "20", "--intensive-care-days", "9").stdout
    assert "are on a ventilator and only" in said
    assert "are on a ventilator and only" not in run(*PLAIN).stdout


def test_of_those_admitted_as_many_need_intensive_care_as_on_the_screens_unless_it_is_said(answer: Answer) -> None:
    usual, said = (
        answer(*PLAIN, "--hospital-rate", "5%"),
        answer(*PLAIN, "--hospital-rate", "5%", "--ventilator-rate", "0"),
    )
    assert round(usual["peak"]["intensive_care"]["census"]) == 295
    assert usual["assumptions"]["intensive_care_rate"] == pytest.approx(0.015)
    assert usual["assumptions"]["ventilator_rate"] == pytest.approx(0.01)
    assert said["assumptions"]["ventilator_rate"] == 0
    assert answer(*PLAIN)["assumptions"]["intensive_care_rate"] == pytest.approx(0.0075)
