import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from medalloc.errors import InputError
from medalloc.report.embedding import REPORT
from medalloc.report.forms import made_now

Run = Callable[..., subprocess.CompletedProcess[str]]
Table = Callable[..., str]
REGIONS = "region,demand,existing_beds\nNorth,300,2\nSouth,100,0\n"


def study(run: Run, table: Table, folder: Path) -> Path:
    out = folder / "study.json"
    ended = run("study", table(REGIONS), "--resource", "beds=18", "--requirement", "beds=0.1", "--out", str(out))
    assert ended.returncode == 0, ended.stderr
    return out


def test_a_study_becomes_a_report_that_is_verified_until_somebody_changes_a_number(
    run: Run, table: Table, tmp_path: Path
) -> None:
    asked, out = study(run, table, tmp_path), tmp_path / "elsewhere" / "plan.pdf"
    out.parent.mkdir()
    written = run("report", str(asked), "--out", str(out), "--language", "zh_CN", "--author", "王医生")
    assert written.returncode == 0, written.stderr
    verified = run("verify", str(out))
    assert verified.returncode == 0, verified.stderr + verified.stdout
    assert "Every number is what the study says" in verified.stdout

    forged = PdfWriter()
    read = PdfReader(out)
    forged.append(read)
    for name, (content,) in read.attachments.items():
        changed = content.replace(b'"value": 200.0', b'"value": 290.0') if name == REPORT else content
        assert name != REPORT or changed != content
        forged.add_attachment(name, changed)
    forged.write(tmp_path / "forged.pdf")
    refused = run("verify", str(tmp_path / "forged.pdf"))
    assert refused.returncode == 1, refused.stderr
    assert (
        refused.stdout
        == "In short / figures / Served [people] / value: the report says 290; reckoned again it is 200.\n"
    )


def test_what_cannot_be_written_is_said_before_anything_is_worked_out(run: Run, table: Table, tmp_path: Path) -> None:
    asked = str(study(run, table, tmp_path))
    for options, said in (
        (("--out", str(tmp_path / "plan.doc")), "ends in none of"),
        (("--out", str(tmp_path / "plan.pdf"), "--part", "poems"), "There is no part “poems”"),
    ):
        ended = run("report", asked, *options)
        assert ended.returncode == 2
        assert said in ended.stderr


def test_a_time_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="“noon” is no time"):
        made_now("noon")
    assert made_now("2026-11-29T12:00:00+02:00").time == "2026-11-29T10:00:00+00:00"


def test_limits_that_conflict_are_reported_and_not_hidden(run: Run, table: Table, tmp_path: Path) -> None:
    out = tmp_path / "study.json"
    run("study", table(REGIONS), "--resource", "beds=18", "--floor", "0.9", "--out", str(out))
    written = run("report", str(out), "--out", str(tmp_path / "plan.html"))
    assert written.returncode == 0, written.stderr
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "No plan keeps all limits together." in page
    assert "Limits that conflict" in page
