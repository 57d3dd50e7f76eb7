"""Jobs without a pool: done at once in this process, for commands that wait for them anyway."""

import secrets
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

from medalloc.errors import SourceError
from medalloc.jobs.protocol import Answer, Task
from medalloc.jobs.run import Run, Status
from medalloc.sentences import Sentence, sentence


class JobsHere:
    """Does every task as soon as it is submitted; what it wrote is removed at the end of the process.

    What a user can repair is raised by `submit` itself.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="medalloc-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def submit(self, task: Task[Any]) -> str:
        """Do a task and return the id of its run."""
        name = secrets.token_urlsafe(12)
        run = self._run(name)
        run.ask(task.name, task.arguments())
        task.write(run.folder)

        def progress(fraction: float, stage: Sentence) -> None:
            run.report(Status("running", fraction, stage))

        task.perform(run.folder, run.request()["arguments"], progress)
        run.report(Status("done", 1.0, sentence("Done")))
        return name

    def status(self, run: str) -> Status:
        """Return how far a run is."""
        return self._run(run).status()

    def so_far(self, run: str, task: type[Task[Any]]) -> Any:
        """Return what a run told."""
        return task.so_far(self._run(run).folder)

    def cancel(self, run: str) -> None:
        """Do nothing: no run is ever going on when somebody can ask for that."""

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run found."""
        if self.status(run).state != "done":
            raise SourceError(sentence("The answer of this run is gone or not there yet; run it again."))
        return task.answer(self._run(run).folder)

    def _run(self, name: str) -> Run:
        return Run(self._folder / name)
