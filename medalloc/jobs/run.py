"""One run of a job: a folder with its request, its inputs, its status and its results."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from medalloc.sentences import Sentence, sentence

State = Literal["waiting", "running", "done", "failed", "cancelled", "lost"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled", "lost")


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
        request: dict[str, Any] = json.loads((self.folder / "request.json").read_text(encoding="utf-8"))
        return request

    def ask(self, task: str, arguments: Mapping[str, Any]) -> None:
        """Write down what is to be done."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(self.folder / "request.json", {"task": task, "arguments": dict(arguments)})
        self.report(Status("waiting", 0.0, sentence("Waiting for an earlier training to end.")))

    def status(self) -> Status:
        """Return the latest status; a run whose folder is gone is lost."""
        try:
            read = json.loads((self.folder / "status.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Status("lost")
        return Status(read["state"], read["fraction"], Sentence.from_json(read["stage"]), read["since"])

    def report(self, status: Status) -> None:
        """Write the status so that a reader sees the old one or the new one, never half of it."""
        _write(self.folder / "status.json", {**vars(status), "stage": status.stage.to_json()})


def _write(path: Path, value: Mapping[str, Any]) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(value), encoding="utf-8")
    os.replace(draft, path)
