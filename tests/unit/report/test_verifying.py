import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError, SourceError
from medalloc.jobs.here import JobsHere
from medalloc.report.embedding import REPORT, STUDY, Contained, contained, embedded
from medalloc.report.forms import written
from medalloc.report.pdf import as_pdf
from medalloc.report.report import Report
from medalloc.report.verifying import differences, leaves, other_versions, same_pages, verified
from medalloc.report.wording import worded
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.named import without_folders
from tests.unit.report.conftest import printed


@pytest.fixture(scope="session")
def handed_over(report: Report, answers: Answers) -> bytes:
    return written(report, answers, "pdf")


def again_of(inside: Contained) -> Report:
    return verified(inside, lambda _: Answers(inside.study, inside.files, JobsHere()))


def test_a_report_is_verified_from_itself_alone(handed_over: bytes, tmp_path: Path) -> None:
    inside = contained(handed_over, tmp_path)
    again = again_of(inside)
    assert differences(inside, again) == []
    assert not other_versions(inside, again)
    assert same_pages(handed_over, inside, again)


def with_changed(plain: Any, place: tuple[str | int, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(plain))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return copy


@given(data=st.data())
def test_any_one_changed_number_is_noticed_and_named(data: st.DataObject, report: Report) -> None:
    plain = report.to_json()
    numbers = [(place, value) for place, value in leaves(plain) if type(value) in (int, float)]
    place, value = data.draw(st.sampled_from(numbers))
    other = data.draw(st.sampled_from([value + 1, value * 1.001 + 0.001, -value - 0.5]))
    changed = Contained(None, with_changed(plain, place, other), {}, None)  # type: ignore[arg-type]
    (found,) = differences(changed, report)
    assert (found.told, found.found) == (other, value)
    part = report.parts[int(place[1])] if place[0] == "parts" else None
    assert part is None or found.place.startswith(str(part.title))


def test_a_number_that_is_missing_or_too_many_is_noticed(report: Report) -> None:
    plain = report.to_json()
    figures = plain["parts"][0]["figures"]
    fewer = Contained(None, with_changed(plain, ("parts", 0, "figures"), figures[:-1]), {}, None)  # type: ignore[arg-type]
    more = Contained(None, with_changed(plain, ("parts", 0, "figures"), [*figures, figures[0]]), {}, None)  # type: ignore[arg-type]
    assert differences(fewer, report)
    assert differences(more, report)


def test_a_changed_number_is_named_with_its_row_and_column(report: Report) -> None:
    plain = report.to_json()
    part = next(number for number, each in enumerate(report.parts) if each.key == "comparison")
    place = ("parts", part, "sections", 0, "grid", "rows", 0, 2)
    changed = Contained(None, with_changed(plain, place, 99.0), {}, None)  # type: ignore[arg-type]
    (found,) = differences(changed, report)
    assert found.place.startswith("Beside today and the other policies / The policies side by side / ")
    assert found.place.endswith("Coverage [%]")


def test_pages_that_were_changed_are_noticed_though_their_data_is_as_it_was(
    report: Report, pictures: list[bytes], answers: Answers, tmp_path: Path
) -> None:
    words = worded(report)
    words["parts"][0]["lines"][0] = "99% of expected need is met."
    forged = as_pdf(words, pictures, report.made.time, {REPORT: report.text(), **embedded(answers)})
    inside = contained(forged, tmp_path)
    again = again_of(inside)
    assert differences(inside, again) == []
    assert not same_pages(forged, inside, again)


def test_the_study_in_a_report_tells_no_folder(answers: Answers) -> None:
    study = answers.study.changed(file_name="/home/somebody/secret/regions.csv")
    assert b"somebody" not in json.dumps(without_folders(study).data.file_name).encode()
    assert without_folders(study).data.file_name == "regions.csv"


def test_patients_go_into_a_report_only_if_somebody_wants_it(tmp_path: Path) -> None:
    content = b"patient_id,age,region,need\n" + b"".join(b"%d,%d,North,%d\n" % (n, 20 + n, n % 2) for n in range(40))
    (tmp_path / "patients.csv").write_bytes(content)
    study = Study().changed(file=sha256(content).hexdigest(), file_name="patients.csv")
    patients = Answers(study, NamedFiles(tmp_path), JobsHere())
    assert set(embedded(patients)) == {STUDY}
    assert embedded(patients, with_patients=True)["patients.csv"] == content


def test_a_table_that_the_report_does_not_hold_is_asked_for(
    report: Report, pictures: list[bytes], answers: Answers, tmp_path: Path
) -> None:
    only_study = {STUDY: embedded(answers)[STUDY]}
    inside = contained(printed(report, pictures, only_study), tmp_path)
    with pytest.raises(SourceError, match="does not hold"):
        again_of(inside)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf at all"])
def test_what_is_no_report_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        contained(content, tmp_path)


def test_a_pdf_without_a_study_is_refused(pdf: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no readable study"):
        contained(pdf, tmp_path)
