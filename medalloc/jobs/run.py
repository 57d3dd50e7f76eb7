"""One run of a job: a folder with its request, its inputs, its status and its results."""

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from medalloc.errors import SourceError
from medalloc.saved import read_file
from medalloc.sealing import seal
from medalloc.sentences import Sentence, sentence

State = Literal["waiting", "running", "done", "failed", "cancelled", "lost"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled", "lost")
STATUS, REQUEST, TOLD = "status.json", "request.json", "so_far.json"


@dataclass(frozen=True)
class Status:
    """How far a run is."""

    state: State
    """Whether it waits, runs or has ended, and how."""

    fraction: float = 0.0
    """Part of the work that is done. [fraction]"""

    stage: Sentence = field(default_factory=lambda: Sentence(""))
    """What it is doing, or why it failed."""

    since: float = field(default_factory=time.time)
    """When this state was entered. [seconds since 1970]"""

    so_far: Any = None
    """What a task told while it runs, as plain data of its own; None when it has ended: then its result says it."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED


@dataclass(frozen=True)
class Run:
    """A folder in which one run lives."""

    folder: Path
    """Everything the run reads and writes is inside."""

    def request(self) -> dict[str, Any]:
        """Return the task's name and arguments."""
        request: dict[str, Any] = json.loads(read_file(self.folder / REQUEST))
        return request

    def ask(self, task: str, arguments: Mapping[str, Any]) -> None:
        """Write down what is to be done."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(REQUEST, {"task": task, "arguments": dict(arguments)})
        self.report(Status("waiting", 0.0, sentence("Waiting for an earlier run to end.")))

    def status(self) -> Status:
        """Return the latest status; a run whose folder is gone, or damaged as by a power cut, is lost."""
        try:
            read = json.loads(read_file(self.folder / STATUS))
            told = self.told() if read["state"] == "running" else None
            return Status(read["state"], read["fraction"], Sentence.from_json(read["stage"]), read["since"], told)
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, SourceError):
            return Status("lost")

    def report(self, status: Status) -> None:
        """Write the status; of a run that ended without an answer nothing else is left."""
        if status.ended and status.state != "done":
            for each in self.folder.iterdir():
                if each.is_dir():
                    shutil.rmtree(each)
                elif each.name != STATUS:
                    each.unlink()
        self._write(STATUS, {**vars(status), "stage": status.stage.to_json(), "so_far": None})

    def told(self) -> Any:
        """Return what the task told last; None before that."""
        try:
            return json.loads(read_file(self.folder / TOLD))
        except FileNotFoundError:
            return None

    def tell(self, so_far: Any) -> None:
        """Write what is known so far."""
        self._write(TOLD, so_far)

    def _write(self, name: str, value: Any) -> None:
        """Write so that a reader sees all of it or what was there before, never half of it."""
        draft = (self.folder / name).with_suffix(".draft")
        draft.write_bytes(seal(self.folder / name, json.dumps(value).encode()))
        os.replace(draft, self.folder / name)
