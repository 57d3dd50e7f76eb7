"""Making a report as a job: every form of it at once, and pictures of its pages."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from medalloc.jobs.protocol import Progress, Task
from medalloc.jobs.tasks import TASKS
from medalloc.report.charts import svgs
from medalloc.report.embedding import REPORT
from medalloc.report.forms import FORMS
from medalloc.report.page import as_page
from medalloc.report.pdf import as_pdf, as_pictures
from medalloc.report.report import Report
from medalloc.report.wording import worded
from medalloc.report.workbook import as_workbook
from medalloc.saved import read_file, write_file
from medalloc.sentences import sentence


@dataclass(frozen=True, eq=False)
class Pack:
    """A report in every form; each is read when somebody asks for it."""

    folder: Path
    """Of the run."""

    def form(self, form: str) -> bytes:
        """Return it in one of `FORMS`."""
        return read_file(self.folder / f"report.{form}")

    @cached_property
    def pages(self) -> list[bytes]:
        """Pictures of its pages."""
        found = sorted(self.folder.glob("page-*.png"))
        return [read_file(each) for each in found]


@dataclass(frozen=True, eq=False)
class MakeReport(Task[Pack]):
    """Make a report in every form, with the files that go into the PDF, each in base 64."""

    name: ClassVar[str] = "report"
    report: Report
    attached: Mapping[str, str]

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        progress(0.05, sentence("The pictures are drawn"))
        words, pictures = worded(self.report), svgs(self.report)
        progress(0.6, sentence("The pages are set"))
        attached = {name: base64.b64decode(content) for name, content in self.attached.items()}
        made = {
            "pdf": as_pdf(words, pictures, self.report.made.time, {REPORT: self.report.text(), **attached}),
            "html": as_page(words, pictures),
            "xlsx": as_workbook(self.report),
            "json": self.report.text(),
        }
        for form in FORMS:
            write_file(folder / f"report.{form}", made[form])
        progress(0.9, sentence("The pages are pictured"))
        for number, page in enumerate(as_pictures(words, pictures), start=1):
            write_file(folder / f"page-{number:04}.png", page)

    @classmethod
    def answer(cls, folder: Path) -> Pack:
        """Return the forms, to be read when they are asked for."""
        return Pack(folder)


def made(report: Report, attached: Mapping[str, bytes]) -> MakeReport:
    """Return the task of making a report."""
    return MakeReport(report, {name: base64.b64encode(content).decode() for name, content in attached.items()})


TASKS[MakeReport.name] = MakeReport
