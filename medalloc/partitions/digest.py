"""Rows with probabilities, added up so that demand by region comes out as from the rows themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.observed import Known
from medalloc.demand.uncertainty import Rows
from medalloc.errors import refused
from medalloc.need.measures.calibration import sigmoid
from medalloc.need.training.target import MISSING

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

WIDTH = 1 / 32
"""Width of a class of probabilities. [log-odds]"""

CERTAIN = 1 << 15
"""Class of the probability 1; its negative is that of 0."""

MOST_WEIGHTS = 1000
"""Different weights that a part may hold. [count]"""

KEY = ["region", "need", "weight", "bin"]


@dataclass(frozen=True, eq=False)
class Digest:
    """How many rows of each region, need and weight lie in each class of probabilities, with their moments.

    Notes
    -----
    All that demand takes from rows are sums over them of smooth functions of the log-odds. Within a class, two points
    that have the first four moments of its rows (Gauss's quadrature of the rows themselves) give such a sum with an
    error below ``WIDTH**4 / 6144`` times the fourth derivative, which is below 1e-10 for every sum of probabilities.
    Digests add up: the order and the size of parts do not matter.
    """

    regions: tuple[str, ...]
    """Names in alphabetical order, shape (n,)."""

    cells: pd.DataFrame
    """A row a class: region (its place), need, weight, bin, count, and first to third sums of the place within it."""

    @classmethod
    def of(
        cls, regions: Sequence[str], region: Counts, need: NDArray[np.int8], weight: Floats, probability: Floats
    ) -> "Digest":
        """Return the digest of some rows, all of which have a region, a weight and a probability.

        Raises
        ------
        InputError
            If they have too many different weights.
        """
        weights, heavy = pd.factorize(weight)
        if len(heavy) > MOST_WEIGHTS:
            raise refused(
                "Different weights that a table in partitions may have: {most}; one part has {found}. Round them.",
                most=MOST_WEIGHTS,
                found=len(heavy),
            )
        inside = np.where((probability > 0) & (probability < 1), probability, 0.5)
        place = (np.log(inside) - np.log1p(-inside)) / WIDTH
        classes = np.floor(place).astype(np.int64)
        within = np.clip(2 * (place - classes) - 1, -1.0, 1.0)
        for certain, sign in ((probability <= 0, -1), (probability >= 1, 1)):
            classes[certain], within[certain] = sign * CERTAIN, 0.0
        key = ((region.astype(np.int64) * 3 + need + 1) * len(heavy) + weights) * (4 * CERTAIN) + classes + 2 * CERTAIN
        code, found = pd.factorize(key)
        rest, bins = np.divmod(found, 4 * CERTAIN)
        rest, heavy_of = np.divmod(rest, max(1, len(heavy)))
        sums = {f"s{n}": np.bincount(code, within**n, len(found)) for n in (1, 2, 3)}
        cells = pd.DataFrame(
            {
                "region": rest // 3,
                "need": rest % 3 - 1,
                "weight": heavy[heavy_of],
                "bin": bins - 2 * CERTAIN,
                "count": np.bincount(code, minlength=len(found)),
                **sums,
            }
        )
        return added([cls(tuple(regions), cells)])

    def rows(self) -> tuple[Rows, Known]:
        """Return rows that stand for those that were added up, and those of them whose need is known."""
        count, u = self.cells["count"].to_numpy(float), self.cells[["s1", "s2", "s3"]].to_numpy().T
        mean, second, third = u / count
        variance = np.maximum(second - mean**2, 0.0)
        skew = third - 3 * mean * second + 2 * mean**3
        wide = variance > 1e-12
        lean = np.where(wide, skew / np.where(wide, variance, 1.0), 0.0) / 2
        reach = np.sqrt(lean**2 + variance)
        points = np.clip([mean + lean - reach, mean + lean + reach], -1.0, 1.0)
        share = np.where(wide, (points[1] - mean) / np.where(wide, points[1] - points[0], 1.0), 1.0)
        points[0] = np.where(wide, points[0], mean)
        bins = self.cells["bin"].to_numpy()
        chance = sigmoid((bins + (points + 1) / 2) * WIDTH)
        chance = np.where(bins == CERTAIN, 1.0, np.where(bins == -CERTAIN, 0.0, chance)).ravel()
        alike = np.concatenate([count * share, count * (1 - share)])
        held = np.flatnonzero(alike > 0)
        region, need, weight = (np.tile(self.cells[each].to_numpy(), 2)[held] for each in KEY[:3])
        chance, alike = chance[held], alike[held]
        rows = Rows(region, np.arange(len(held)), weight, chance, count=alike)
        told = need != MISSING
        known = Known(region[told], need[told].astype(np.int8), chance[told], weight[told], None, alike[told])
        return rows, known

    def save(self, file: Path) -> None:
        """Write it into a file."""
        self.cells.to_parquet(file.with_suffix(".draft"), index=False)
        file.with_suffix(".draft").replace(file)


def added(digests: Iterable[Digest]) -> Digest:
    """Return the sum of digests."""
    every = list(digests)
    names = sorted(set().union(*(each.regions for each in every)))
    place = {name: number for number, name in enumerate(names)}
    cells = [
        each.cells.assign(region=np.array([place[name] for name in each.regions], np.int64)[each.cells["region"]])
        for each in every
        if len(each.cells)
    ]
    if not cells:
        return every[0]
    summed = pd.concat(cells).groupby(KEY, as_index=False, sort=True).sum()
    return Digest(tuple(names), summed)
