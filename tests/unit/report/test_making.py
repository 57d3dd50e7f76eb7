import hashlib
import json
from pathlib import Path

import pytest

from medalloc.allocation.explaining.telling import answer
from medalloc.cli.answering import submitted
from medalloc.errors import InputError
from medalloc.jobs.here import JobsHere
from medalloc.report.making import PARTS, report_of
from medalloc.report.report import Made, Report
from medalloc.sentences import Sentence
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.steps import needs, plans
from tests.unit.report.conftest import TIME, answers_in

PLACES = {"North": 90, "South": 60, "West": 3}
"""Patients in each."""


@pytest.fixture(scope="module")
def patients(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("patients")
    rows = [f"{n},{20 + n % 60},{place},{int(n % 60 > 25)}" for place, count in PLACES.items() for n in range(count)]
    content = "\n".join(["patient_id,age,region,need", *(f"{place}{row}" for place, row in enumerate(rows))]).encode()
    (folder / "patients.csv").write_bytes(content)
    study = Study().changed(
        file=hashlib.sha256(content).hexdigest(),
        file_name="patients.csv",
        models=("logistic",),
        resources=({"name": "beds", "stock": 30.0},),
    )
    answers = Answers(study, NamedFiles(folder), JobsHere())
    return report_of(answers.after(study, submitted(answers, needs.training)), Made(TIME))


def test_the_first_line_is_the_answer_of_the_screen(report: Report, answers: Answers) -> None:
    plan = answers(plans.plan)
    assert plan is not None
    assert report.parts[0].lines[0] == answer(plan)


def test_only_the_parts_that_were_chosen_are_in_it(answers: Answers) -> None:
    chosen = ("method", "short")
    assert [each.key for each in report_of(answers, Made(TIME, parts=chosen)).parts] == ["short", "method"]
    assert {each.key for each in report_of(answers, Made(TIME)).parts} == set(PARTS) - {"model"}


def test_numbers_set_by_hand_and_defaults_are_told_as_such(report: Report) -> None:
    found = {each.key: each for each in report.parts}
    by_hand = next(each.grid for each in found["decisions"].sections if each.title == Sentence("Set by hand"))
    assert by_hand is not None
    assert [(row[0], row[2]) for row in by_hand.rows] == [("=1+1", 217.0)]
    told = json.dumps(found["assumptions"].sections[0].grid is not None and report.to_json())
    assert "assumption: the default of medalloc" in told


def test_limits_that_conflict_leave_a_report_that_says_which(tmp_path: Path) -> None:
    conflict = report_of(answers_in(tmp_path, floor=0.95), Made(TIME))
    titles = [str(section.title) for part in conflict.parts for section in part.sections]
    assert "Limits that conflict" in titles
    assert "regions" not in [each.key for each in conflict.parts]


def test_without_a_table_there_is_nothing_to_report(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no plan to report"):
        report_of(Answers(Study(), NamedFiles(tmp_path), JobsHere()), Made(TIME))


def test_small_numbers_of_patients_are_not_told_and_it_is_said(patients: Report) -> None:
    section = next(
        section
        for part in patients.parts
        for section in part.sections
        if section.title == Sentence("Demand with its interval")
    )
    assert section.grid is not None
    told = {row[0]: row[4:] for row in section.grid.rows}
    assert told["West"] == (Sentence("not told"), Sentence("not told"))
    # the other small one is hidden with it: the total less the rest would tell it
    assert told["South"][0] == Sentence("not told")
    assert told["North"][0] == 90.0
    assert "Numbers of fewer than 5 patients are not told" in str(section.lines[0])


def test_the_card_of_the_model_is_in_the_report_of_patients(patients: Report) -> None:
    model = next(each for each in patients.parts if each.key == "model")
    assert [str(each.title) for each in model.sections][:2] == ["What it is", "What it learned from"]
