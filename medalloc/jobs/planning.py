"""What a worker can do with a problem: find plans, say what a unit more changes, hold plans against what may come."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.explaining.marginal import Marginal, marginal
from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import kind_of, policy_of
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.effort import watched_by
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.protocol import ANSWER, Progress, Task
from medalloc.saved import read_file, read_pieces, write_file, write_pieces
from medalloc.sentences import sentence
from medalloc.spreading import for_each


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
class FindRivals(Task[dict[str, Plan]]):
    """Find the plans of the policies that a problem does not follow, alpha-fair ones with one alpha [1]."""

    name: ClassVar[str] = "rivals"
    problem: Problem
    alpha: float
    time_limit: float | None

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        asked = rivals_of(self.problem, self.alpha)

        def told() -> Iterator[Problem]:
            for place, each in enumerate(asked):
                name = kind_of(each.policy).name
                progress(place / len(asked), sentence("Searching for the plan of “{policy}”.", policy=name))
                yield each

        for place, (_, plan) in enumerate(for_each(partial(solve, time_limit=self.time_limit), told())):
            write_pieces(plan, folder, f"{ANSWER}_{place}")

    @classmethod
    def answer(cls, folder: Path) -> dict[str, Plan]:
        """Return the plans by their policies, as far as there are any."""
        names = sorted(each.stem for each in folder.glob(f"{ANSWER}_*.json"))
        found = (read_pieces(Plan, folder, each, sentence("plan")) for each in names)
        return {each.problem.policy: each for each in found}


def rivals_of(problem: Problem, alpha: float) -> list[Problem]:
    """Return what is asked under each policy that is not followed and can be, within the same limits."""
    possible = [policy_of(name, alpha) for name, each in CATALOGUE.items() if not each.faults(problem.population)]
    return [replace(problem, policy=each) for each in possible if each != problem.policy]


@dataclass(frozen=True, eq=False)
class FindMargin(Task[Marginal]):
    """Work out what one unit more and one unit less of every limit of a plan would change, by solving again."""

    name: ClassVar[str] = "margin"
    plan: Plan

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        write_pieces(marginal(self.plan, told=progress), folder, ANSWER)

    @classmethod
    def answer(cls, folder: Path) -> Marginal:
        """Return what would change."""
        return read_pieces(Marginal, folder, ANSWER, sentence("margin"))


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
