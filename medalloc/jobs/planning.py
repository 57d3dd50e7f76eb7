"""What a worker can do with a problem: find its plan, and hold plans against what may come."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.effort import watched_by
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.protocol import ANSWER, Progress, Task
from medalloc.saved import read_file, read_pieces, write_file, write_pieces
from medalloc.sentences import sentence


@dataclass(frozen=True, eq=False)
class FindPlan(Task[Plan]):
    """Find the plan of a problem, or the best one that a limit of time [s] leaves."""

    name: ClassVar[str] = "plan"
    problem: Problem
    time_limit: float | None

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        write_pieces(solve(self.problem, time_limit=self.time_limit, effort=watched_by(progress)), folder, ANSWER)

    @classmethod
    def answer(cls, folder: Path) -> Plan:
        """Return the plan."""
        return read_pieces(Plan, folder, ANSWER, sentence("plan"))


@dataclass(frozen=True, eq=False)
class HoldFutures(Task[dict[str, Any]]):
    """Hold a problem's plan and its rivals against futures, shape (n_futures, n_regions) [persons/period]."""

    name: ClassVar[str] = "futures"
    problem: Problem
    demand: NDArray[np.float64]

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        futures = Futures(self.problem.regions, self.demand)
        found = futures_json(self.problem, futures, progress=progress)
        write_file(folder / "answer.json", json.dumps(found, allow_nan=False).encode())

    @classmethod
    def answer(cls, folder: Path) -> dict[str, Any]:
        """Return how each plan fared, as plain data."""
        read: dict[str, Any] = json.loads(read_file(folder / "answer.json"))
        return read
