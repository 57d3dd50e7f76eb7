"""What whoever runs jobs must be able to do, and what a task is: everything about folders stays in here."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, get_origin, get_type_hints

import numpy as np

from medalloc.errors import unreached
from medalloc.jobs.run import Run, Status
from medalloc.saved import read_file, read_pieces, write_file, write_pieces
from medalloc.sentences import Sentence, sentence
from medalloc.tables.storage import load_table, save_table
from medalloc.tables.table import Table

Answer = TypeVar("Answer")

ANSWER = "answer"
"""What a task calls that which it found, in the folder of its run."""

Progress = Callable[[float, Sentence], None]
"""Told the fraction done and what is being done."""


class Task(Generic[Answer]):
    """What is to be done, with its inputs; each kind of task is a frozen dataclass.

    Its fields are tables, arrays and answers of other tasks, which are written as files, and what JSON knows or says of
    itself by `to_json`.
    """

    name: ClassVar[str]
    """What the worker calls it."""

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it and write what was found into the folder of a run, where the inputs are already."""
        raise NotImplementedError

    @classmethod
    def answer(cls, folder: Path) -> Answer:
        """Return what a run that is done wrote into its folder."""
        raise NotImplementedError

    def ask(self, run: Run) -> None:
        """Write the inputs down, so that `asked` finds them again."""
        plain: dict[str, Any] = {}
        run.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, value in self._inputs().items():
            if isinstance(value, Table):
                save_table(value, run.folder / name)
            elif isinstance(value, np.ndarray):
                _save_array(run.folder / f"{name}.npy", value)
            elif is_dataclass(value) and not hasattr(value, "from_json"):
                write_pieces(value, run.folder, name)
            else:
                plain[name] = value.to_json() if hasattr(value, "to_json") else value
        run.ask(self.name, plain)

    @classmethod
    def asked(cls, run: Run) -> Self:
        """Return the task that was written down."""
        plain, hints = run.request()["arguments"], get_type_hints(cls)
        return cls(**{each.name: _read(hints[each.name], each.name, run.folder, plain) for each in fields(cls)})  # type: ignore[arg-type]

    def _inputs(self) -> Mapping[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]


def _save_array(path: Path, array: np.ndarray[Any, Any]) -> None:
    content = BytesIO()
    np.save(content, array, allow_pickle=False)
    write_file(path, content.getvalue())


def _read(hint: Any, name: str, folder: Path, plain: Mapping[str, Any]) -> Any:
    if hint is Table:
        return load_table(folder / name)
    if get_origin(hint) is np.ndarray:
        return np.load(BytesIO(read_file(folder / f"{name}.npy")), allow_pickle=False)
    if hasattr(hint, "from_json"):
        return hint.from_json(plain[name])
    if isinstance(hint, type) and is_dataclass(hint):
        return read_pieces(hint, folder, name, sentence("input of a run"))
    return tuple(plain[name]) if get_origin(hint) is tuple else plain[name]


def answer_of(run: Run, task: type[Task[Answer]]) -> Answer:
    """Return what a run of this kind of task found.

    Raises
    ------
    SourceError
        If it is not done, is gone, was of another kind, or was written as this version does not read it.
    """
    gone = unreached("The answer of this run is gone or not there yet; run it again.")
    if run.status().state != "done":
        raise gone
    try:
        if run.request()["task"] != task.name:
            raise gone
        return task.answer(run.folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        # runs are kept for longer than the program that made them
        raise unreached("The answer of this run cannot be read any more; run it again.") from error


def adopt(run: Run, task: Task[Any], found: Mapping[str, bytes]) -> None:
    """Write down a run that was done elsewhere: what it was asked, and what it found, by the names of its files."""
    task.ask(run)
    for name, content in found.items():
        write_file(run.folder / name, content)
    run.report(Status("done", 1.0, sentence("Done")))


class Jobs(Protocol):
    """Who does what takes long."""

    def submit(self, task: Task[Any]) -> str:
        """Put a task in line and return the id of its run."""

    def adopt(self, task: Task[Any], found: Mapping[str, bytes]) -> str:
        """Take over what a task found elsewhere and return the id of its run, which is done."""

    def status(self, run: str) -> Status:
        """Return how far a run is, with what it told so far; one that is not known is lost."""

    def cancel(self, run: str) -> None:
        """Stop a run; one that has ended stays as it is."""

    def result(self, run: str, task: type[Task[Answer]]) -> Answer:
        """Return what a run that is done found.

        Raises
        ------
        SourceError
            If it is not done, is gone, or was of another kind of task.
        """
