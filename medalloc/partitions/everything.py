"""Boosted trees that learn from every row of a table in partitions, here or on a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from medalloc.errors import refused
from medalloc.need.models.boosted_trees import SAMPLED_ROWS, BoostedTrees
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients
from medalloc.need.training.splitting import folds
from medalloc.need.training.training import ASIDE, TrainedModel, curve
from medalloc.partitions.growing import Grow, Growing, grown_here
from medalloc.partitions.measuring import Measure
from medalloc.partitions.state import state_of
from medalloc.partitions.working import Progress
from medalloc.sentences import Sentence, sentence
from medalloc.tables.repairs import Repair
from medalloc.tables.table import Table

FIFTH = 5
"""One of so many rows of the sample is set aside for the curve, where it is small. [count]"""


@dataclass(frozen=True)
class Everything:
    """A table in partitions from all of whose rows is learned, but those by which the model is judged."""

    state: str
    """Folder of its sample."""

    need: str
    """Column that says who was in need."""

    weight: str | None
    """Column of the persons that each row stands for."""

    means_need: tuple[str, ...]
    """Answers that mean need."""

    means_none: tuple[str, ...]
    """Answers that do not."""

    repairs: tuple[tuple[str, str | None], ...]
    """Accepted repairs as (kind, column)."""

    def learned(self, trained: TrainedModel, patients: Patients, table: Table, progress: Progress) -> TrainedModel:
        """Return the model with trees of all rows; what it was on the sample says how rows are prepared.

        Rows of the sample that test the model, and at most a fifth of the others for the curve, are not learned from.

        Raises
        ------
        InputError
            If the model cannot learn so, or the table has other rows than the sample.
        """
        state, choice = state_of(Path(self.state)), trained.choice
        _require_trees(trained)
        if len(table.frame) != state.sampled:
            raise refused(
                "To learn from all rows, each must be a patient as it is: leave out the steps of the recipe that "
                "add or take rows, or learn from the sample."
            )
        rows, fitted = trained.split.train, trained.fitted
        aside = folds(rows, patients.need, patients.groups, seed=choice.seed, count=max(FIFTH, len(rows) // ASIDE)) == 0
        but = np.sort(state.numbers()[np.concatenate([trained.split.test, rows[aside]])])
        measure = Measure(
            model_bytes(keep_model(trained, table)),
            need=self.need,
            weight=self.weight,
            means_need=self.means_need,
            means_none=self.means_none,
            repairs=tuple(Repair(*each) for each in self.repairs),
            but=but,
        )
        every = max(1, len(rows) // SAMPLED_ROWS)
        binned = fitted.prepared.matrix(patients.features, rows[::every], learning=True)
        parts, left = state.partitions().parts, state.rows - len(but)
        of = f"{state.identity} {state.seed} {state.columns}"
        text = _grower.get()(Growing(choice, measure, parts, left, binned, state.folder, of), progress)
        trees = BoostedTrees.from_text(choice, text, columns=len(fitted.prepared.columns))
        grown = FittedModel(fitted.prepared, trees, None)
        margin = grown.margin(grown.raw(patients.features, rows[aside]))
        judged = replace(grown, calibrator=curve(patients, choice, rows[aside], margin))
        return replace(
            trained,
            fitted=judged,
            test_probability=judged.probability(judged.raw(patients.features, trained.split.test)),
            warnings=(*trained.warnings, *_said(left, len(but), patients)),
            learned_rows=left,
        )


def _require_trees(trained: TrainedModel) -> None:
    if not isinstance(trained.fitted.model, BoostedTrees):
        raise refused(
            "Only boosted trees of LightGBM learn from all rows of a table in partitions; leave --learn-from out, "
            "or take --model boosting where LightGBM can be loaded."
        )


def _said(learned: int, judged: int, patients: Patients) -> list[Sentence]:
    said = [
        sentence(
            "Rows that the trees learned from: {learned}; rows by which they are judged: {judged}. Demand adds up what "
            "they say of every row, also of those that they learned from.",
            learned=learned,
            judged=judged,
        )
    ]
    if patients.groups is not None or patients.times is not None:
        said.append(
            sentence(
                "Rows of the same patients, or of later days, are among those that were learned from: scores may "
                "flatter the model."
            )
        )
    return said


_grower: ContextVar[Grow] = ContextVar("grower", default=grown_here)


@contextmanager
def grown_by(grow: Grow) -> Iterator[None]:
    """Have trees that learn from everything inside be grown so."""
    token = _grower.set(grow)
    try:
        yield
    finally:
        _grower.reset(token)
