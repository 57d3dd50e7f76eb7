"""Use a kept model on a new file of any length, and say where the file does not fit it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.need.persistence.drift import ColumnFit, Watch
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.preparation.arriving import arriving, labels
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import kept_rows
from medalloc.preparation.shaping import shape_frame, shaping_steps
from medalloc.sentences import Sentence, sentence
from medalloc.tables.pieces import AsRead, pieces

Floats = NDArray[np.float64]
Sink = Callable[[pd.DataFrame, bool], None]
"""Takes some rows with their probabilities, and whether they are the first ones."""

PROBABILITY = "need_probability"


@dataclass(frozen=True)
class RegionSum:
    """Expected need of one region."""

    region: str
    """Its name."""

    rows: int
    """Rows of the file. [count]"""

    predicted: int
    """Rows with a prediction. [count]"""

    expected: float
    """Sum of their probabilities. [persons]"""


@dataclass(frozen=True)
class Scoring:
    """What a model says of a file, and how well the file fits the model."""

    rows: int
    """Rows of the file. [count]"""

    without_prediction: int
    """Rows the recipe leaves out, because a value is missing. [count]"""

    expected: float
    """Sum of the probabilities. [persons]"""

    columns: tuple[ColumnFit, ...]
    """How each column compares with the training rows."""

    regions: tuple[RegionSum, ...]
    """Sums by region, in alphabetical order; none without a region column."""

    without_region: int
    """Rows whose region is not known. [count]"""

    left_out: int = 0
    """Rows the recipe's conditions leave out, which are among those without prediction. [count]"""

    @property
    def mean(self) -> float:
        """Mean probability, NaN where nothing was predicted [fraction]."""
        predicted = self.rows - self.without_prediction
        return self.expected / predicted if predicted else float("nan")


@dataclass
class _Sums:
    rows: int = 0
    without: int = 0
    expected: float = 0.0
    without_region: int = 0
    left_out: int = 0
    by_region: dict[str, list[float]] = field(default_factory=dict)


def score_file(
    model: KeptModel,
    file: BinaryIO,
    name: str,
    *,
    region: str | None = None,
    sink: Sink | None = None,
    how: AsRead | None = None,
    told: Callable[[Sentence], None] = lambda _said: None,
) -> Scoring:
    """Predict every row of a file, some rows at a time.

    Parameters
    ----------
    model : KeptModel
        As `model_file.load_model` returned it.
    file : file
        Any that can be read, at its beginning.
    name : str
        File name, for messages only.
    region : str, optional
        Column by which the probabilities are summed.
    sink : callable, optional
        Given every piece of the file with a column of probabilities more, in order.
    how, told
        As for `pieces.pieces`.

    Raises
    ------
    InputError
        If the file is no table, or columns are missing or hold something else than they did; all faults at once.
    """
    needed = [*(each.name for each in model.columns), *([region] if region else [])]
    every = sink is not None or bool(shaping_steps(model.recipe))
    return score_pieces(
        model, pieces(file, name, None if every else needed, how=how, told=told), region=region, sink=sink
    )


def score_pieces(
    model: KeptModel, cells: Iterable[Any], *, region: str | None = None, sink: Sink | None = None
) -> Scoring:
    """Do what `score_file` does, on pieces that are read already: data frames or batches of Parquet."""
    watches = [Watch(each) for each in model.columns]
    sums, first = _Sums(), True
    for given in cells:
        piece, left_out = _shaped(model, given)
        sums.rows += left_out
        sums.without += left_out
        sums.left_out += left_out
        encoded = _columns(model, piece, region, sums.rows)
        for watch, column in zip(watches, encoded, strict=True):
            watch.add(column)
        probability = _probability(model, encoded)
        if region is not None:
            _add_regions(sums, labels(piece, region), probability)
        known = ~np.isnan(probability)
        sums.without += len(probability) - int(known.sum())
        sums.expected += float(probability[known].sum())
        if sink is not None:
            sink(_with_probability(piece, probability, predicted_name(model)), first)
        first = False
        sums.rows += len(probability)
    if not sums.rows:
        raise InputError(sentence("The file has column names but no rows; add the rows and choose it again."))
    return Scoring(
        sums.rows,
        sums.without,
        sums.expected,
        tuple(watch.fit(len(watches)) for watch in watches),
        tuple(RegionSum(each, int(n), int(p), e) for each, (n, p, e) in sorted(sums.by_region.items())),
        sums.without_region,
        sums.left_out,
    )


def _shaped(model: KeptModel, piece: Any) -> tuple[Any, int]:
    """Return rows of a file after the steps that shape a table, and how many of them were left out."""
    if not shaping_steps(model.recipe):
        return piece, 0
    frame = piece if isinstance(piece, pd.DataFrame) else piece.to_pandas()
    cells = shape_frame(frame, model.recipe)
    return cells.frame, len(frame) - len(np.unique(cells.origin))


def _columns(model: KeptModel, piece: Any, region: str | None, rows_before: int) -> list[EncodedColumn]:
    """Return the model's columns; says everything that is missing or of another kind at once."""
    there = list(piece.columns if isinstance(piece, pd.DataFrame) else piece.schema.names)
    faults = [
        sentence("There is no column “{column}”; the table has: {columns}.", column=name, columns=", ".join(there))
        for name in (*(each.name for each in model.columns), *([region] if region else []))
        if name not in there
    ]
    made = []
    for each in model.columns:
        if each.name in there:
            try:
                made.append(arriving(piece, each.name, each.kind, rows_before=rows_before))
            except InputError as error:
                faults += error.faults
    if faults:
        raise InputError(*faults)
    return made


def _probability(model: KeptModel, encoded: list[EncodedColumn]) -> Floats:
    fitted = model.fitted
    rows = kept_rows(model.recipe, encoded, np.arange(len(encoded[0].values)))
    made = np.full(len(encoded[0].values), np.nan)
    made[rows] = fitted.probability(fitted.raw(encoded, rows))
    return made


def _add_regions(sums: _Sums, region: EncodedColumn, probability: Floats) -> None:
    names = [str(name).strip() for name in ([] if region.levels is None else region.levels)]
    known = ~np.isnan(probability)
    place = region.values + 1
    width = len(names) + 1
    rows = np.bincount(place, minlength=width)
    predicted = np.bincount(place[known], minlength=width)
    expected = np.bincount(place[known], weights=probability[known], minlength=width)
    sums.without_region += int(rows[0])
    for number, name in enumerate(names, start=1):
        if not name:
            sums.without_region += int(rows[number])
        elif rows[number]:
            held = sums.by_region.setdefault(name, [0, 0, 0.0])
            for entry, more in enumerate((rows[number], predicted[number], expected[number])):
                held[entry] += float(more)


def predicted_name(model: KeptModel) -> str:
    """Return what the column of predictions is called in a file that was scored."""
    return f"expected_{model.training.need}" if model.is_of_amounts else PROBABILITY


def _with_probability(piece: Any, probability: Floats, called: str) -> pd.DataFrame:
    frame: pd.DataFrame = piece if isinstance(piece, pd.DataFrame) else piece.to_pandas()
    name, number = called, 2
    while name in frame.columns:
        # A file that was scored before keeps its earlier column.
        name, number = f"{called}_{number}", number + 1
    return frame.assign(**{name: probability})
