"""What whoever runs jobs must be able to do, and what a task is: everything else about folders stays in here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from medalloc.jobs.run import Status
from medalloc.sentences import Sentence

Answer = TypeVar("Answer")

Progress = Callable[[float, Sentence], None]
"""Told the fraction done and what is being done."""


class Task(Generic[Answer]):
    """What is to be done, with its inputs; each kind of task is a frozen dataclass."""

    name: ClassVar[str]
    """What the worker calls it."""

    def arguments(self) -> Mapping[str, Any]:
        """Return the inputs that are plain data."""
        raise NotImplementedError

    def write(self, folder: Path) -> None:
        """Write the other inputs into the folder of a run."""

    @staticmethod
    def perform(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
        """Do it in the folder of a run, where its other inputs are."""
        raise NotImplementedError

    @classmethod
    def answer(cls, folder: Path) -> Answer:
        """Return what a run that is done wrote into its folder."""
        raise NotImplementedError

    @classmethod
    def so_far(cls, folder: Path) -> Any:  # noqa: ARG003
        """Return what is known of a run that goes on; None where a task tells nothing."""
        return None


class Jobs(Protocol):
    """Who does what takes long."""

    def submit(self, task: Task[Any]) -> str:
        """Put a task in line and return the id of its run."""

    def status(self, run: str) -> Status:
        """Return how far a run is; one that is not known is lost."""

    def so_far(self, run: str, task: type[Task[Any]]) -> Any:
        """Return what is known of a run that goes on; None where its task tells nothing."""

    def cancel(self, run: str) -> None:
        """Stop a run; one that has ended stays as it is."""

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run that is done found.

        Raises
        ------
        SourceError
            If it is not done, or is gone.
        """
