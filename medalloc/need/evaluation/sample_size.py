"""How good a model becomes with how many rows, to tell whether a sample is large enough."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.training import predict_held_out, split_patients
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

SIZES = 5
"""Sizes that are tried, each half of the one before it. [count]"""

FEWEST = 500
"""Rows of the smallest size. [count]"""

FLAT = 0.002
"""ROC AUC below the best from which a smaller sample is as good."""


@dataclass(frozen=True)
class SizeCurve:
    """ROC AUC on the same test rows, by how many rows were learnt from."""

    rows: tuple[int, ...]
    """Rows that were learnt from, ascending. [count]"""

    auc: tuple[float, ...]
    """ROC AUC on the test rows."""

    @property
    def flat_from(self) -> int | None:
        """Rows from which the curve is flat; None where it is still rising at its end [count]."""
        level = self.auc[-1] - FLAT
        places = [each for each in range(len(self.auc)) if min(self.auc[each:]) >= level]
        return self.rows[places[0]] if places[0] < len(self.rows) - 1 else None

    @property
    def said(self) -> Sentence:
        """What it says, in words."""
        if self.flat_from is None:
            return sentence(
                "The score still rises with the last rows (rows: {rows}): a larger sample "
                "(--sample-rows) is worth trying.",
                rows=self.rows[-1],
            )
        return sentence(
            "The score is flat from {rows} rows on (within {flat} of ROC AUC): a larger sample gains nothing.",
            rows=self.flat_from,
            flat=FLAT,
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        points = [{"rows": rows, "auc": auc} for rows, auc in zip(self.rows, self.auc, strict=True)]
        return {"points": points, "flat_from": self.flat_from, "said": str(self.said)}


def size_curve(
    table: Table, recipe: Recipe, choice: ModelChoice, progress: Callable[[float, Sentence], None]
) -> SizeCurve:
    """Train a model on ever larger parts of the training rows, each of which holds those before it.

    Raises
    ------
    InputError
        As `train` does.
    """
    patients = gather(table, recipe)
    parts = split_patients(patients, choice)
    order = np.random.default_rng(choice.seed).permutation(parts.train)
    sizes = [len(order) >> each for each in range(SIZES) if not each or len(order) >> each >= FEWEST][::-1]
    found = []
    for place, size in enumerate(sizes):
        said = predict_held_out(patients, recipe, choice, np.sort(order[:size]), parts.test)
        found.append(float(roc_auc(patients.need[parts.test], said.margin, patients.weights_at(parts.test))))
        progress((place + 1) / len(sizes), sentence("Learning; rows: {rows}.", rows=size))
    return SizeCurve(tuple(sizes), tuple(found))
