"""Rows whose need is known: what the model said of them, and what came true, by region."""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.pooling import RegionEffects, region_effects
from medalloc.need.training.splitting import patient_groups
from medalloc.need.training.target import MISSING, read_need
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

BEYOND_CHANCE = 2.0
"""Standard deviations from which a difference is worth a word: chance alone gives that once in 22 regions."""


class Sums(TypedDict):
    """Sums by region, each of shape (n,); NaN where no row's need is known."""

    predicted: Floats
    predicted_variance: Floats
    observed: Floats


@dataclass(frozen=True, eq=False)
class Known:
    """Rows whose need is known."""

    region: Counts
    """Number of each row's region, shape (rows,)."""

    need: NDArray[np.int8]
    """0 or 1, shape (rows,)."""

    chance: Floats
    """Of need, by a model that knows no regions, shape (rows,). [fraction]"""

    weight: Floats
    """Persons each row stands for, shape (rows,). [persons]"""

    patient: Counts | None
    """Patient of each row where patients repeat, shape (rows,)."""

    count: Floats | None = None
    """Rows alike that each of these stands for; one if None, shape (rows,). [count]"""

    def sums(self, n: int) -> Sums:
        """Return persons predicted and observed in need, by region."""
        p, w = self.chance, self.weight
        c = 1 if self.count is None else self.count
        there = np.bincount(self.region, minlength=n) > 0
        made = (np.bincount(self.region, c * each, n) for each in (w * p, w**2 * p * (1 - p), w * self.need))
        predicted, variance, observed = (np.where(there, each, np.nan) for each in made)
        return {"predicted": predicted, "predicted_variance": variance, "observed": observed}

    def effects(self, n: int) -> RegionEffects | None:
        """Return what sets the regions apart; None when nobody's need is known."""
        if not len(self.region):
            return None
        return region_effects(
            self.chance, self.need, self.region, n, weight=self.weight, patient=self.patient, count=self.count
        )


def known_rows(table: Table, codes: Counts, used: NDArray[np.bool_], chances: Floats, weights: Floats) -> Known:
    """Return those of the used rows whose need is known."""
    need = np.full(len(used), MISSING) if table.column("need") is None else read_need(table).values
    rows, groups = np.flatnonzero(used & (need != MISSING)), patient_groups(table)
    return Known(codes[rows], need[rows], chances[rows], weights[rows], None if groups is None else groups[rows])


def unlike_the_model(names: list[str], found: Sums) -> list[Sentence]:
    """Name the regions where need differs from what the model says by more than chance would do."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = found["observed"] / found["predicted"]
        z = (found["observed"] - found["predicted"]) / np.sqrt(found["predicted_variance"])
    far = [int(each) for each in np.argsort(-np.abs(z), kind="stable") if np.abs(z[each]) > BEYOND_CHANCE]
    if not far:
        return []
    told = listed(f"{names[each]} {ratio[each]:.2f} (z {z[each]:+.1f})" for each in far)
    return [
        sentence(
            "Regions where need differs from what the patients' features say by more than chance (z beyond 2; by "
            "chance alone about {usual} of {regions} would): {count}. Observed over predicted: {told}.",
            usual=round(0.0455 * int(np.isfinite(z).sum()), 1),
            regions=int(np.isfinite(z).sum()),
            count=len(far),
            told=told,
        )
    ]
