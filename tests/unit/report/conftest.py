"""A small study whose names would be formulas, markup or scripts if anything took them for that."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from medalloc.jobs.here import JobsHere
from medalloc.report.charts import svgs
from medalloc.report.embedding import REPORT
from medalloc.report.making import report_of
from medalloc.report.pdf import as_pdf
from medalloc.report.report import Made, Report
from medalloc.report.wording import worded
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles

NAMES = ('#image("x.png")', "*b* _i_ $x$ @ref", "<script>alert(1)</script>", "=1+1", "浙江省 衢州", "D" * 80)
TIME = "2026-11-29T10:00:00+00:00"


def answers_in(folder: Path, **chosen: object) -> Answers:
    quoted = ('"' + name.replace('"', '""') + '"' for name in NAMES)
    rows = (f"{name},{120 + 31 * place},{3 + place},{900 + 77 * place}" for place, name in enumerate(quoted))
    content = "\n".join(["region,demand,existing_beds,population", *rows]).encode()
    (folder / "regions.csv").write_bytes(content)
    beds = {"name": "beds", "stock": 21.0, "requirement": 0.05, "length_of_stay": 300.0}
    study = Study().changed(
        file=hashlib.sha256(content).hexdigest(),
        file_name="regions.csv",
        **{"resources": (beds,), "floor": 0.2, "region_changes": {"=1+1": {"demand": 217.0}}, **chosen},
    )
    return Answers(study, NamedFiles(folder), JobsHere())


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return answers_in(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def report(answers: Answers) -> Report:
    return report_of(answers, Made(TIME, author="#panic() Dr. Wang"))


@pytest.fixture(scope="session")
def chinese(report: Report) -> Report:
    return replace(report, made=replace(report.made, language="zh_CN"))


@pytest.fixture(scope="session")
def pictures(report: Report) -> list[bytes]:
    return svgs(report)


@pytest.fixture(scope="session")
def pdf(report: Report, pictures: list[bytes]) -> bytes:
    return printed(report, pictures)


def printed(report: Report, pictures: list[bytes], attached: dict[str, bytes] | None = None) -> bytes:
    """Return a report as PDF, with pictures that were drawn before."""
    return as_pdf(worded(report), pictures, report.made.time, {REPORT: report.text(), **(attached or {})})
