"""The forms in which a report is handed over."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from medalloc.report.charts import svgs
from medalloc.report.embedding import REPORT, embedded
from medalloc.report.page import as_page
from medalloc.report.pdf import as_pdf
from medalloc.report.report import Made, Report
from medalloc.report.wording import worded
from medalloc.report.workbook import as_workbook
from medalloc.study import Answers

FORMS = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""What each is, by the ending of its file."""


def made_now(time: str | None = None, **chosen: Any) -> Made:
    """Return how a report is made at a time, or now; a time that cannot be read is refused."""
    made = Made(datetime.now(UTC).isoformat() if time is None else time, **chosen)
    at = datetime.fromisoformat(made.time).astimezone(UTC)
    return replace(made, time=at.isoformat(timespec="seconds"))


def written(report: Report, answers: Answers, form: str, *, with_patients: bool = False) -> bytes:
    """Return a report in a form.

    Parameters
    ----------
    form : str
        One of `FORMS`.
    with_patients : bool
        Whether a PDF holds the table of patients, too.
    """
    return in_form(report, form, embedded(answers, with_patients=with_patients) if form == "pdf" else {})


def in_form(report: Report, form: str, attached: dict[str, bytes]) -> bytes:
    """Return a report in a form, with the files that go into a PDF."""
    if form == "json":
        return report.text()
    if form == "xlsx":
        return as_workbook(report)
    words, pictures = worded(report), svgs(report)
    if form == "html":
        return as_page(words, pictures)
    return as_pdf(words, pictures, report.made.time, {REPORT: report.text(), **attached})
