"""Jobs without a pool: done at once in this process, for commands that wait for them anyway."""

import secrets
from collections.abc import Mapping
from typing import Any

from medalloc.jobs.private import PrivateFolder
from medalloc.jobs.protocol import Answer, Progress, Task, adopt, answer_of
from medalloc.jobs.run import Run, Status
from medalloc.sentences import Sentence, sentence


class JobsHere:
    """Does every task as soon as it is submitted; what it wrote is removed at the end of the process.

    What a user can repair is raised by `submit` itself.

    Parameters
    ----------
    told : callable, optional
        Told the fraction done and what is being done.
    """

    def __init__(self, told: Progress | None = None) -> None:
        self._private = PrivateFolder()
        self._told = told

    def submit(self, task: Task[Any]) -> str:
        """Do a task and return the id of its run."""
        name = secrets.token_urlsafe(12)
        run = self._run(name)
        task.ask(run)

        def progress(fraction: float, stage: Sentence) -> None:
            run.report(Status("running", fraction, stage))
            if self._told is not None:
                self._told(fraction, stage)

        task.asked(run).perform(run.folder, progress)
        run.report(Status("done", 1.0, sentence("Done")))
        return name

    def adopt(self, task: Task[Any], found: Mapping[str, bytes]) -> str:
        """Take over what a task found elsewhere and return the id of its run."""
        name = secrets.token_urlsafe(12)
        adopt(self._run(name), task, found)
        return name

    def status(self, run: str) -> Status:
        """Return how far a run is."""
        return self._run(run).status()

    def cancel(self, run: str) -> None:
        """Do nothing: no run is ever going on when somebody can ask for that."""

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run found."""
        return answer_of(self._run(run), task)

    def _run(self, name: str) -> Run:
        return Run(self._private.path / name)
