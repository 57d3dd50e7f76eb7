"""Making a report as a job."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from medalloc.jobs.protocol import ANSWER, Progress, Task
from medalloc.jobs.tasks import TASKS
from medalloc.report.forms import in_form
from medalloc.report.report import Report
from medalloc.saved import write_file
from medalloc.sentences import sentence


@dataclass(frozen=True, eq=False)
class MakeReport(Task[bytes]):
    """Make a report in a form, with the files that go into it, each in base 64."""

    name: ClassVar[str] = "report"
    report: Report
    form: str
    attached: Mapping[str, str]

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        progress(0.1, sentence("The report is drawn and printed"))
        attached = {name: base64.b64decode(content) for name, content in self.attached.items()}
        write_file(folder / ANSWER, in_form(self.report, self.form, attached))

    @classmethod
    def answer(cls, folder: Path) -> bytes:
        """Return the file."""
        return (folder / ANSWER).read_bytes()


TASKS[MakeReport.name] = MakeReport
