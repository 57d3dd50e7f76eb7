"""What a step is: a pure function of what its parameters name, or the task of a job where it takes long."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.jobs.protocol import Jobs, Task
from medalloc.tables.options import ReadOptions
from medalloc.tables.table import Table

T = TypeVar("T")
Form = TypeVar("Form")


class Files(Protocol):
    """Where the files of a study are."""

    def table(self, file: str, name: str, options: ReadOptions | None = None) -> Table:
        """Return the table in a file by the file's identity; `name` is what it is called, for messages."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file by its identity."""

    def remembered(self, file: str, name: str, of: object, kind: type[Form], make: Callable[[], Form]) -> Form:
        """Return what is made of a large file, kept for when the same is asked again, as JSON tells it."""

    def boundaries(self, file: str, name: str) -> OwnBoundaries:
        """Return the boundaries in a file."""


class Long(Generic[T]):
    """A step that takes long: it states a task, and a job does it.

    Parameters
    ----------
    state : callable
        Pure: from its inputs to the task.
    """

    def __init__(self, state: Callable[..., Task[T]], task: type[Task[T]]) -> None:
        self.state, self.task = state, task
        self.__name__, self.__doc__ = state.__name__, state.__doc__

    def result(self, jobs: Jobs, run: str) -> T:
        """Return what a run that is done answered."""
        return jobs.result(run, self.task)


def long(task: type[Task[T]]) -> Callable[[Callable[..., Task[T]]], Long[T]]:
    """Mark a function that states a task as a long step."""
    return lambda state: Long(state, task)


Step = Callable[..., Any] | Long[Any]
