"""A fitted model: from cells to probabilities, with the curve that makes them hold for other rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.measures.calibration import Calibrator, log_odds
from medalloc.need.models.building import Model
from medalloc.need.training.patients import encode_features
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.fitting import kept_rows
from medalloc.preparation.state import Rows
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A fitted recipe and a fitted model that takes its matrix."""

    prepared: FittedRecipe
    """From cells to matrix."""

    model: Model
    """From matrix to probability or score."""

    calibrator: Calibrator | None
    """From score to a probability that holds for rows the model has not learned from; None for the article's forest,
    which says what it says in the article."""

    def raw(self, encoded: Sequence[EncodedColumn], rows: Rows, *, learning: bool = False) -> Floats:
        """Return the model's probability or score of some rows, shape (len(rows),); `learning` as in `matrix`."""
        made = np.empty(len(rows))
        for start, block in self.prepared.blocks(encoded, rows, learning=learning):
            made[start : start + len(block)] = self.model.raw(block)
        return made

    def probability(self, raw: Floats) -> Floats:
        """Turn what `raw` returns into probabilities."""
        return raw if self.calibrator is None else self.calibrator(self.margin(raw))

    def calibrated(self, base: float, added: Floats) -> tuple[float, Floats]:
        """Return what adds up to the log-odds of `probability`, from what adds up to the model's own.

        Parameters
        ----------
        added : ndarray
            What each column adds, shape (rows, columns). Columns keep their shares of a row's sum, and with a sigmoid
            all rows are scaled alike.
        """
        if self.calibrator is None:
            return base, added
        start = float(log_odds(self.calibrator(np.array([base])))[0])
        whole = added.sum(axis=1)
        far = np.abs(whole) > 1e-9
        end = log_odds(self.calibrator(base + whole))
        return start, added * np.where(far, (end - start) / np.where(far, whole, 1.0), self.calibrator.slope)[:, None]

    def margin(self, raw: Floats) -> Floats:
        """Turn what `raw` returns into an unbounded score, which calibration works on."""
        return log_odds(raw) if self.model.gives_probability else raw


def predict(fitted: FittedModel, table: Table) -> Floats:
    """Return the probability of need for a table with a model's features, shape (rows,).

    NaN stands for rows the recipe leaves out.

    Raises
    ------
    InputError
        If a feature is missing or holds something else than it did.
    """
    sources = fitted.prepared.sources
    roles = dict.fromkeys(sources, "feature")
    others = {name: "ignored" for name in table.columns("feature") if name not in roles}
    encoded = encode_features(table.with_roles({**others, **roles}))
    by_name = {column.name: column for column in encoded}
    ordered = [by_name[name] for name in sources]
    rows = kept_rows(fitted.prepared.recipe, ordered, np.arange(len(table.frame)))
    made = np.full(len(table.frame), np.nan)
    made[rows] = fitted.probability(fitted.raw(ordered, rows))
    return made
