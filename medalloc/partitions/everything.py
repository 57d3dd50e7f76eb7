"""Boosted trees that learn from every row of a table in partitions, here or on a cluster."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.need.models.boosted_trees import SAMPLED_ROWS, BoostedTrees
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients
from medalloc.need.training.splitting import folds
from medalloc.need.training.training import ASIDE, TrainedModel, curve
from medalloc.partitions.folder import Part
from medalloc.partitions.measuring import Measure
from medalloc.partitions.state import state_of
from medalloc.partitions.working import Progress
from medalloc.sentences import Sentence, sentence
from medalloc.tables.repairs import Repair
from medalloc.tables.table import Table

FIFTH = 5
"""One of so many rows of the sample is set aside for the curve, where it is small. [count]"""

BYTES_OF_A_ROW = 60
"""What boosting keeps of a row besides the bins of its columns, one byte each; measured. [bytes]"""

FILLED = 65_536
"""Rows that count nothing, at a time. [count]"""


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
            raise InputError(
                sentence(
                    "To learn from all rows, each must be a patient as it is: leave out the steps of the recipe that "
                    "add or take rows, or learn from the sample."
                )
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
        text = _grower.get()(Growing(choice, measure, parts, left, binned), progress)
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


@dataclass(frozen=True, eq=False)
class Growing:
    """What trees are grown from."""

    choice: ModelChoice
    """Which trees."""

    measure: Measure
    """Makes of a part the rows that are learned from."""

    parts: Sequence[Part]
    """All parts of the table."""

    rows: int
    """Rows that are learned from, at most. [count]"""

    binned: NDArray[np.float32]
    """A sample of those rows, from which bins are chosen, shape (sampled, columns)."""


Grow = Callable[[Growing, Progress], bytes]
"""Grows trees and returns them in LightGBM's text format."""


def grown_here(asked: Growing, progress: Progress) -> bytes:
    """Grow trees in this process: of each row it holds the bins of its columns, never its cells.

    Notes
    -----
    Rows whose need or weight is not known are none; LightGBM wants to know how many rows come before the first one,
    so that their places are filled by rows that count nothing.
    """
    _require_room(asked.rows * (asked.binned.shape[1] + BYTES_OF_A_ROW), free_memory())
    need, weight = np.zeros(asked.rows, np.float32), np.zeros(asked.rows, np.float32)
    stage = sentence("Reading all rows for the trees; rows: {rows}.", rows=asked.rows)
    last = asked.parts[-1]

    def blocks() -> Iterator[tuple[int, NDArray[np.float32]]]:
        end = 0
        for part in asked.parts:
            for piece in asked.measure.learnable(part):
                begin, end = end, end + len(piece.need)
                need[begin:end], weight[begin:end] = piece.need, piece.weight
                yield begin, piece.matrix
            progress(0.7 * (part.before + part.rows) / (last.before + last.rows), stage)
        # on average 1, as for a table in memory: the penalty is measured by it
        weight[:end] /= weight[:end].mean(dtype=np.float64)
        for begin in range(end, asked.rows, FILLED):
            yield begin, np.full((min(FILLED, asked.rows - begin), asked.binned.shape[1]), np.nan, np.float32)
        progress(0.7, sentence("Growing the trees."))

    trees = BoostedTrees(asked.choice).grown(blocks(), asked.binned, need, weight)
    progress(1.0, sentence("Done."))
    return trees.to_text()


def free_memory() -> int | None:
    """Return the memory that the machine can still give [bytes]; None where it does not tell, as outside Linux."""
    with suppress(OSError):
        told = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="utf-8"))
        return None if told is None else 1024 * int(told[1])
    return None


def _require_room(wanted: int, free: int | None) -> None:
    if free is not None and wanted > free:
        raise InputError(
            sentence(
                "Trees of all rows would take about {wanted} MB, and {free} MB are free here; learn from the sample "
                "(leave --learn-from out), or on a cluster (--cluster).",
                wanted=wanted // 1_000_000,
                free=free // 1_000_000,
            )
        )


def _require_trees(trained: TrainedModel) -> None:
    if not isinstance(trained.fitted.model, BoostedTrees):
        raise InputError(
            sentence(
                "Only boosted trees of LightGBM learn from all rows of a table in partitions; leave --learn-from out, "
                "or take --model boosting where LightGBM can be loaded."
            )
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
