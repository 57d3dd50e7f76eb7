"""What a model says of the rows of a file, added up piece by piece; what was added up apart can be put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError, refused, require
from medalloc.need.persistence.drift import ColumnFit, Watch
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.preparation.arriving import arriving, labels, level_names
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import kept_rows
from medalloc.preparation.shaping import shape_frame, shaping_steps
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


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
class Tally:
    """Sums over the rows that were scored so far. Changed in place."""

    model: KeptModel
    """What predicts."""

    region: str | None = None
    """Column by which the probabilities are summed."""

    rows: int = 0
    without: int = 0
    expected: float = 0.0
    without_region: int = 0
    left_out: int = 0
    by_region: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.watches = [Watch(each) for each in self.model.columns]

    def add(self, given: Any) -> tuple[Any, Floats]:
        """Predict some rows, a data frame or a batch of Parquet, and return them, shaped, with their probabilities.

        Raises
        ------
        InputError
            If columns are missing or hold something else than they did; all faults at once.
        """
        piece, left_out = _shaped(self.model, given)
        self.rows += left_out
        self.without += left_out
        self.left_out += left_out
        encoded = _columns(self.model, piece, self.region, self.rows)
        for watch, column in zip(self.watches, encoded, strict=True):
            watch.add(column)
        probability = _probability(self.model, encoded)
        if self.region is not None:
            self._add_regions(labels(piece, self.region), probability)
        known = ~np.isnan(probability)
        self.without += len(probability) - int(known.sum())
        self.expected += float(probability[known].sum())
        self.rows += len(probability)
        return piece, probability

    def merge(self, told: Mapping[str, Any]) -> None:
        """Add what another tally of the same model told."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + told[name])
        for name, sums in told["by_region"].items():
            held = self.by_region.setdefault(name, [0, 0, 0.0])
            held[:] = [one + more for one, more in zip(held, sums, strict=True)]
        for watch, more in zip(self.watches, told["watches"], strict=True):
            watch.merge(more)

    def to_json(self) -> dict[str, Any]:
        """Return what was added up as plain data."""
        counted = {name: getattr(self, name) for name in COUNTED}
        return {**counted, "by_region": self.by_region, "watches": [each.to_json() for each in self.watches]}

    def scoring(self) -> Scoring:
        """Return what the sums say.

        Raises
        ------
        InputError
            If there was no row.
        """
        if not self.rows:
            raise refused("The file has column names but no rows; add the rows and choose it again.")
        return Scoring(
            self.rows,
            self.without,
            self.expected,
            tuple(watch.fit(len(self.watches)) for watch in self.watches),
            tuple(RegionSum(each, int(n), int(p), e) for each, (n, p, e) in sorted(self.by_region.items())),
            self.without_region,
            self.left_out,
        )

    def _add_regions(self, region: EncodedColumn, probability: Floats) -> None:
        names = level_names(region)
        known = ~np.isnan(probability)
        place = region.values + 1
        width = len(names) + 1
        rows = np.bincount(place, minlength=width)
        predicted = np.bincount(place[known], minlength=width)
        expected = np.bincount(place[known], weights=probability[known], minlength=width)
        self.without_region += int(rows[0])
        # plain numbers first: a hundred thousand regions are taken out of arrays at once
        sums = zip(rows[1:].tolist(), predicted[1:].tolist(), expected[1:].tolist(), strict=True)
        for name, (n, p, e) in zip(names, sums, strict=True):
            if not name:
                self.without_region += n
            elif n:
                held = self.by_region.setdefault(name, [0, 0, 0.0])
                held[:] = [held[0] + n, held[1] + p, held[2] + e]


COUNTED = ("rows", "without", "expected", "without_region", "left_out")
"""Sums that are one number."""


def columns_of(model: KeptModel, given: Any, rows_before: int) -> tuple[Any, list[EncodedColumn]]:
    """Return some rows, shaped, and the columns that a model wants of them; raises as `Tally.add` does."""
    piece, _ = _shaped(model, given)
    return piece, _columns(model, piece, None, rows_before)


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
    require(*faults)
    return made


def _probability(model: KeptModel, encoded: list[EncodedColumn]) -> Floats:
    fitted, made = model.fitted, np.full(len(encoded[0].values), np.nan)
    rows = kept_rows(model.recipe, encoded, np.arange(made.size))
    made[rows] = fitted.probability(fitted.raw(encoded, rows))
    return made
