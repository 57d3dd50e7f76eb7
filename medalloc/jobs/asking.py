"""The tasks that can be asked for: their inputs, and what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Problem
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.storage import load_outlook
from medalloc.jobs.losses import Losses, losses
from medalloc.jobs.protocol import Task
from medalloc.jobs.tasks import REFUSED, SEARCHED
from medalloc.lessons.descent import Run
from medalloc.lessons.library_race import runs_from_json
from medalloc.need.comparison.tries import SearchResult
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.storage import MODEL, load_assessment
from medalloc.need.measures.calibration import AUTOMATIC
from medalloc.need.persistence.model_file import KeptModel, load_model
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence
from medalloc.tables.storage import load_table, save_table
from medalloc.tables.table import Table


@dataclass(frozen=True, eq=False)
class Assessed:
    """What a training found; each part is read when it is first asked for."""

    folder: Path
    """Of the run."""

    @cached_property
    def assessments(self) -> dict[str, Assessment]:
        """What was found about each model, by kind."""
        return {each.name: load_assessment(each) for each in sorted((self.folder / "models").iterdir())}

    @cached_property
    def refused(self) -> dict[str, Sentence]:
        """Why other models could not be trained, by kind."""
        read = json.loads((self.folder / REFUSED).read_text(encoding="utf-8"))
        return {kind: Sentence.from_json(said) for kind, said in read.items()}

    @cached_property
    def learned_from(self) -> Table:
        """The patients that they learned from."""
        return load_table(self.folder / "table")

    @cached_property
    def losses(self) -> Losses:
        """How the loss of networks went down, by kind."""
        return losses(self.folder)

    @cached_property
    def _models(self) -> dict[str, KeptModel | None]:
        return {}

    def model(self, kind: str) -> KeptModel | None:
        """Return the trained model of a kind; None where there is none."""
        if kind not in self._models:
            place = self.folder / "models" / kind / MODEL
            self._models[kind] = load_model(place) if place.is_file() else None
        return self._models[kind]


@dataclass(frozen=True, eq=False)
class Assess(Task[Assessed]):
    """Assess several models on one table."""

    name: ClassVar[str] = "assess"
    table: Table
    recipe: Recipe
    models: tuple[str, ...]
    seed: int
    options: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    calibration: str = AUTOMATIC

    def arguments(self) -> Mapping[str, Any]:
        """Return the inputs that are plain data."""
        return {
            "recipe": self.recipe.to_json(),
            "models": list(self.models),
            "seed": self.seed,
            "options": {kind: dict(each) for kind, each in self.options.items()},
            "calibration": self.calibration,
        }

    def write(self, folder: Path) -> None:
        """Write the table."""
        save_table(self.table, folder / "table")

    @classmethod
    def answer(cls, folder: Path) -> Assessed:
        """Return what was found, to be read when it is asked for."""
        return Assessed(folder)

    @classmethod
    def so_far(cls, folder: Path) -> Losses:
        """Return the losses of the networks up to now."""
        return losses(folder)


@dataclass(frozen=True, eq=False)
class Search(Task[SearchResult]):
    """Look for better options of one model within a budget [s]."""

    name: ClassVar[str] = "search"
    table: Table
    recipe: Recipe
    model: str
    seed: int
    seconds: float

    def arguments(self) -> Mapping[str, Any]:
        """Return the inputs that are plain data."""
        return {"recipe": self.recipe.to_json(), "model": self.model, "seed": self.seed, "seconds": self.seconds}

    def write(self, folder: Path) -> None:
        """Write the table."""
        save_table(self.table, folder / "table")

    @classmethod
    def answer(cls, folder: Path) -> SearchResult:
        """Return every try, and the best one."""
        return SearchResult.from_json(json.loads((folder / SEARCHED).read_text(encoding="utf-8")))


@dataclass(frozen=True, eq=False)
class Forecast(Task[Outlook]):
    """Compare forecasters on a table of counts, and say what comes next."""

    name: ClassVar[str] = "forecast"
    table: Table
    question: Question

    def arguments(self) -> Mapping[str, Any]:
        """Return the question."""
        return self.question.to_json()

    def write(self, folder: Path) -> None:
        """Write the table."""
        save_table(self.table, folder / "table")

    @classmethod
    def answer(cls, folder: Path) -> Outlook:
        """Return the forecast with everything that speaks for it."""
        return load_outlook(folder)


@dataclass(frozen=True, eq=False)
class HoldFutures(Task[dict[str, Any]]):
    """Hold a problem's plan and its rivals against futures, shape (n_futures, n_regions) [persons/period]."""

    name: ClassVar[str] = "futures"
    problem: Problem
    demand: NDArray[np.float64]

    def arguments(self) -> Mapping[str, Any]:
        """Return the problem."""
        return {"problem": self.problem.to_json()}

    def write(self, folder: Path) -> None:
        """Write the futures."""
        np.save(folder / "demand.npy", self.demand)

    @classmethod
    def answer(cls, folder: Path) -> dict[str, Any]:
        """Return how each plan fared, as plain data."""
        read: dict[str, Any] = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
        return read


@dataclass(frozen=True, eq=False)
class Compete(Task[dict[str, tuple[Run, ...]]]):
    """Let a library's optimisers race on one network; inputs of shape (rows, columns), need of 0 and 1."""

    name: ClassVar[str] = "race"
    rates: Mapping[str, float]
    batch: int
    passes: int
    seeds: int
    inputs: NDArray[np.float64]
    need: NDArray[np.int8]

    def arguments(self) -> Mapping[str, Any]:
        """Return rates, batch, passes and seeds."""
        return {"rates": dict(self.rates), "batch": self.batch, "passes": self.passes, "seeds": self.seeds}

    def write(self, folder: Path) -> None:
        """Write the rows."""
        np.save(folder / "inputs.npy", self.inputs)
        np.save(folder / "need.npy", self.need)

    @classmethod
    def answer(cls, folder: Path) -> dict[str, tuple[Run, ...]]:
        """Return the runs of each optimiser."""
        return runs_from_json(json.loads((folder / "answer.json").read_text(encoding="utf-8")))


KINDS: Mapping[str, type[Task[Any]]] = {each.name: each for each in (Assess, Search, Forecast, HoldFutures, Compete)}
"""Every kind of task by name."""
