"""The other side of `peer`: starts solvers in processes of their own and asks them for one solve after the other."""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.allocation.cases import Case

PYTHON = Path(".venv-bench/bin/python")
"""Where the Makefile installs `requirements-bench.txt`."""


@dataclass(frozen=True)
class Timed:
    """The middle of some runs."""

    seconds: float
    value: float


class Child:
    """A solver with one case, waiting for the next question."""

    def __init__(self, name: str, path: Path) -> None:
        if not PYTHON.exists():
            raise RuntimeError(f"there is no {PYTHON}: run `make bench`, which installs the other solvers there")
        self.name = name
        command = [str(PYTHON), "-m", "benchmarks.allocation.peer", name, str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def solve(self) -> Timed:
        """Return the seconds and the value of one more solve."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the pipes are closed")
        print("solve", file=self.process.stdin, flush=True)
        # solvers greet on the same stream
        for said in self.process.stdout:
            if said.startswith("{"):
                return Timed(**json.loads(said))
        raise RuntimeError(f"{self.name} ended without an answer")


def in_turns(
    case: Case, peers: Sequence[str], ours: Callable[[], float], repeats: int, turns: int
) -> tuple[Timed, dict[str, Timed]]:
    """Return the middle of our runs and of each peer's; a turn of ours is short, so it is taken several times."""
    mine: list[Timed] = []
    theirs: dict[str, list[Timed]] = {name: [] for name in peers}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "case.npz"
        case.save(path)
        children = [stack.enter_context(Child(name, path)) for name in peers]
        for _ in range(repeats):
            for _ in range(turns):
                mine.append(timed(ours))
            for child in children:
                theirs[child.name].append(child.solve())
    return _middle(mine), {name: _middle(runs) for name, runs in theirs.items()}


def timed(work: Callable[[], float]) -> Timed:
    """Return how long some work takes: of time by the clock and of the processor's the less, as for the peers."""
    begun, busy = perf_counter(), process_time()
    value = work()
    return Timed(min(perf_counter() - begun, process_time() - busy), value)


def _middle(runs: Sequence[Timed]) -> Timed:
    return Timed(statistics.median(run.seconds for run in runs), runs[-1].value)
