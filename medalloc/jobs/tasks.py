"""What a worker can do: the inputs of each task, how it is done in the folder of a run, and what comes back."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.progress import Counter
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.errors import InputError
from medalloc.jobs.losses import Losses, LossLog, losses
from medalloc.jobs.planning import FindMargin, FindPlan, FindRivals, HoldFutures
from medalloc.jobs.protocol import ANSWER, Progress, Task
from medalloc.jobs.run import Run
from medalloc.jobs.summing import SumPartitions
from medalloc.lessons.descent import Run as Descent
from medalloc.lessons.library_race import library_race
from medalloc.need.comparison.search import search
from medalloc.need.comparison.tries import SearchResult
from medalloc.need.evaluation.amount_assessment import AmountAssessment, TrainedAmounts
from medalloc.need.evaluation.amount_storage import load_amounts, save_amounts
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.evaluation.storage import MODEL, load_assessment, save
from medalloc.need.measures.calibration import AUTOMATIC
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.boosting import BOOSTING
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import KeptModel, keep_model
from medalloc.need.persistence.model_file import load_model, write_model
from medalloc.need.training.training import TrainedModel
from medalloc.networks.listening import listening
from medalloc.partitions.everything import Everything
from medalloc.preparation.recipe import Recipe
from medalloc.saved import read_file, read_pieces, write_pieces
from medalloc.sentences import Sentence, sentence
from medalloc.tables.storage import load_table
from medalloc.tables.table import Table

REFUSED = "refused"

FOUND = re.compile(r"models/\w+/(result\.(json|npz)|model\.medalloc)|refused\.(json|npz)|so_far\.json", re.ASCII)
"""Names of the files, in the folder of its run, that hold what a training found."""


@dataclass(frozen=True, eq=False)
class Assessed:
    """What a training found; each part is read when it is first asked for."""

    folder: Path
    """Of the run."""

    @cached_property
    def assessments(self) -> dict[str, Assessment]:
        """What was found about each model, by kind."""
        return {each.name: load_assessment(each) for each in self._found(CATALOGUE)}

    @cached_property
    def amounts(self) -> dict[str, AmountAssessment]:
        """What was found about each model of amounts, by kind; none where answers were learnt."""
        return {each.name: load_amounts(each) for each in self._found(AMOUNTS)}

    @cached_property
    def refused(self) -> dict[str, Sentence]:
        """Why other models could not be trained, by kind."""
        return read_pieces(dict[str, Sentence], self.folder, REFUSED, sentence("training"))

    @cached_property
    def learned_from(self) -> Table:
        """The patients that they learned from."""
        return load_table(self.folder / "table")

    def files(self) -> dict[str, bytes]:
        """Return the files that hold what was found, by their names; what it was found from is in none of them."""
        every = (each for each in sorted(self.folder.rglob("*")) if each.is_file())
        named = {each.relative_to(self.folder).as_posix(): each for each in every}
        return {name: read_file(path) for name, path in named.items() if FOUND.fullmatch(name)}

    @cached_property
    def losses(self) -> Losses:
        """How the loss of networks went down, by kind."""
        return losses(Run(self.folder).told())

    def _found(self, kinds: Collection[str]) -> list[Path]:
        return [each for each in sorted((self.folder / "models").glob("*")) if each.name in kinds]

    @cached_property
    def _models(self) -> dict[str, KeptModel | None]:
        return {}

    def model_file(self, kind: str) -> Path:
        """Return where the trained model of a kind is, if there is one."""
        return self.folder / "models" / kind / MODEL

    def model(self, kind: str) -> KeptModel | None:
        """Return the trained model of a kind; None where there is none."""
        if kind not in self._models:
            place = self.model_file(kind)
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
    everything: Mapping[str, Any] | None = None
    """Table in partitions from all of whose rows boosted trees learn, as `Everything`."""

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        refused: dict[str, InputError] = {}
        count = len(self.models)
        log = LossLog(Run(folder))
        everything = None if self.everything is None else Everything(**self.everything)
        for place, kind in enumerate(self.models):

            def part(fraction: float, stage: Sentence, place: int = place) -> None:
                told = sentence("Model {number} of {count}: {stage}", number=place + 1, count=count, stage=stage)
                progress((place + fraction) / count, told)

            def keep(trained: TrainedModel | TrainedAmounts, kind: str = kind) -> None:
                write_model(keep_model(trained, self.table), folder / "models" / kind / MODEL)

            log.kind = kind
            try:
                if kind in AMOUNTS:
                    options = self.options.get(kind, {})
                    measured = assess_amounts(
                        self.table, self.recipe, kind, self.seed, options=options, progress=part, keep=keep
                    )
                    save_amounts(measured, folder / "models" / kind)
                    continue
                choice = ModelChoice(
                    kind, seed=self.seed, options=self.options.get(kind, {}), calibration=self.calibration
                )
                further = everything.learned if everything is not None and kind == BOOSTING.kind else None
                with listening(log):
                    found = assess(
                        self.table, self.recipe, choice, cross_validate=True, progress=part, keep=keep, further=further
                    )
                log.write()
                save(found, folder / "models" / kind)
            except InputError as error:
                # one model that cannot learn from this table must not take the others with it
                refused[kind] = error
        if len(refused) == count:
            raise next(iter(refused.values()))
        write_pieces({kind: error.said for kind, error in refused.items()}, folder, REFUSED)

    @classmethod
    def answer(cls, folder: Path) -> Assessed:
        """Return what was found, to be read when it is asked for."""
        return Assessed(folder)


@dataclass(frozen=True, eq=False)
class Search(Task[SearchResult]):
    """Look for better options of one model within a budget [s]."""

    name: ClassVar[str] = "search"
    table: Table
    recipe: Recipe
    model: str
    seed: int
    seconds: float

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        choice = ModelChoice(self.model, seed=self.seed)
        found = search(self.table, self.recipe, choice, seconds=self.seconds, progress=progress)
        write_pieces(found, folder, ANSWER)

    @classmethod
    def answer(cls, folder: Path) -> SearchResult:
        """Return every try, and the best one."""
        return read_pieces(SearchResult, folder, ANSWER, sentence("search"))


@dataclass(frozen=True, eq=False)
class Forecast(Task[Outlook]):
    """Compare forecasters on a table of counts, and say what comes next."""

    name: ClassVar[str] = "forecast"
    table: Table
    question: Question
    sum_rows: bool = False

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        panel = read_panel(self.table, summary_rows=self.question.summary_rows, sum_rows=self.sum_rows).panel
        told = Counter(panel, self.question, progress).told
        write_pieces(outlook(panel, self.question, told=told), folder, ANSWER)

    @classmethod
    def answer(cls, folder: Path) -> Outlook:
        """Return the forecast with everything that speaks for it."""
        return read_pieces(Outlook, folder, ANSWER, sentence("forecast"))


@dataclass(frozen=True, eq=False)
class Compete(Task[dict[str, tuple[Descent, ...]]]):
    """Let a library's optimisers race on one network; inputs of shape (rows, columns), need of 0 and 1."""

    name: ClassVar[str] = "race"
    rates: Mapping[str, float]
    batch: int
    passes: int
    seeds: int
    inputs: NDArray[np.float64]
    need: NDArray[np.int8]

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        asked = {"batch": self.batch, "passes": self.passes, "seeds": self.seeds}
        made = library_race(self.inputs, self.need, self.rates, **asked, progress=progress)
        write_pieces(made, folder, ANSWER)

    @classmethod
    def answer(cls, folder: Path) -> dict[str, tuple[Descent, ...]]:
        """Return the runs of each optimiser."""
        return read_pieces(dict[str, tuple[Descent, ...]], folder, ANSWER, sentence("race"))


TASKS: dict[str, type[Task[Any]]] = {
    each.name: each
    for each in (Assess, Search, Forecast, FindPlan, FindRivals, FindMargin, HoldFutures, Compete, SumPartitions)
}
"""Every kind of task by name."""
