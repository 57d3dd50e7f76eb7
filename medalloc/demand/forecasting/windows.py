"""What a forecaster looks at: windows of the past, gathered only when they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import YEAR
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.scaling import Scale

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

LAGS = {"day": 14, "week": 8, "month": 6, "quarter": 4}
"""Periods that are looked back. [periods]"""

WAVES = 3
"""Sines and cosines of the year: the year itself, its half and its third. [count]"""

BLOCK_ROWS = 20_000
"""Windows that are gathered at once; memory does not grow beyond them."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows into a panel: a row for each region, last known period (origin) and horizon.

    Nothing in a row is later than its origin, except the time of the year and what is known in advance.
    """

    panel: Panel
    """What is looked at."""

    scale: Scale
    """On which scale, learned from training periods alone."""

    yearly: bool
    """Whether a whole year was learned from, so that the time of the year can be told."""

    @property
    def lags(self) -> int:
        """Periods that are looked back [periods]."""
        return LAGS[self.panel.calendar.every]

    @cached_property
    def scaled(self) -> NDArray[np.float32]:
        """Counts without gaps on the regions' own scales, shape (n_regions, n_periods)."""
        return self.scale.scaled(self.panel.filled).astype(np.float32)

    @cached_property
    def common(self) -> NDArray[np.float32]:
        """Mean of all regions in every period, shape (n_periods,)."""
        return np.asarray(self.scaled.mean(axis=0))

    def rows(self, region: Places, origin: Places, ahead: Places) -> NDArray[np.float32]:
        """Return windows, shape (rows, features); NaN where the history is too short for a feature.

        Parameters
        ----------
        region, origin, ahead : ndarray of int
            Place of the region, last known period and periods to look ahead, shape (rows,) each.
        """
        back = np.arange(self.lags)
        own = self._at(region[:, None], origin[:, None] - back)
        common = self.common[np.maximum(origin[:, None] - back[:4], 0)]
        means = np.stack([own[:, :4].mean(axis=1), own.mean(axis=1)], axis=1)
        return np.concatenate(
            [
                own,
                common,
                means,
                self._season_before(region, origin, ahead),
                self.waves(origin + ahead),
                self.known_in_advance(region, origin + ahead),
                ahead[:, None].astype(np.float32),
            ],
            axis=1,
            dtype=np.float32,
        )

    def targets(self, region: Places, origin: Places, ahead: Places) -> Floats:
        """Return by how much the count goes away from the last one, on the region's scale; NaN where not counted."""
        level, spread = self.scale.level[region, 0], self.scale.spread[region, 0]
        found = (np.log1p(self.panel.values[region, origin + ahead]) - level) / spread
        return np.asarray(found - self.scaled[region, origin])

    def waves(self, period: Places) -> NDArray[np.float32]:
        """Return sines and cosines of the time of the year, and of the week for days, shape (rows, waves)."""
        calendar = self.panel.calendar
        phase = self._phases[np.minimum(period, len(self._phases) - 1)]
        made = [phase * wave for wave in range(1, WAVES + 1)] if self.yearly else []
        if calendar.every == "day":
            made += [(period % 7) / 7 * wave for wave in (1, 2, 3)]
        turned = [turn(2 * np.pi * each) for each in made for turn in (np.sin, np.cos)]
        return np.stack(turned, axis=1).astype(np.float32) if turned else np.empty((len(period), 0), np.float32)

    def known_in_advance(self, region: Places, period: Places) -> NDArray[np.float32]:
        """Return the covariates in the period looked at, NaN where they are not given, shape (rows, covariates)."""
        made = np.full((len(region), len(self.panel.covariates)), np.nan, dtype=np.float32)
        for place, each in enumerate(self.panel.covariates):
            given = period < each.values.shape[1]
            made[given, place] = each.values[region[given], period[given]]
        return made

    @cached_property
    def _phases(self) -> Floats:
        # two further seasons, so that every target of a usual horizon is there; longer ones are counted on from there
        return self.panel.calendar.year_phase(np.arange(self.panel.length + 3 * self.panel.calendar.season + 400))

    def _at(self, region: Places, period: Places) -> NDArray[np.float32]:
        found = self.scaled[region, np.maximum(period, 0)]
        return np.where(period >= 0, found, np.float32(np.nan))

    def _season_before(self, region: Places, origin: Places, ahead: Places) -> NDArray[np.float32]:
        """Return the counts a season before the period looked at, and before and after it, as far as they are known."""
        season = self.panel.calendar.season
        same = origin + ahead - season * -(-ahead // season)
        found = []
        for shift in (-1, 0, 1):
            place = same + shift
            known = np.minimum(place, origin)
            # what stands before a region's first count is no season
            there = (place <= origin) & (place >= self.panel.first_known[region])
            found.append(np.where(there, self._at(region, known), np.float32(np.nan)))
        return np.stack(found, axis=1)


def a_year(panel: Panel) -> bool:
    """Whether a panel holds at least a year."""
    return panel.length * {"day": 1, "week": 7, "month": 30.5, "quarter": 91.3}[panel.calendar.every] > YEAR


def learnable(panel: Panel, first_origin: int, ahead: int) -> tuple[Places, Places]:
    """Return region and origin of every window whose target `ahead` periods later was counted.

    No window begins before a region's first count.
    """
    counted = np.isfinite(panel.values[:, first_origin + ahead :])
    region, origin = np.nonzero(counted)
    origin = origin + first_origin
    begun = origin >= panel.first_known[region]
    return region[begun].astype(np.int64), origin[begun].astype(np.int64)


def blocks(rows: int) -> Iterator[slice]:
    """Yield the places of a few rows after the other."""
    for start in range(0, rows, BLOCK_ROWS):
        yield slice(start, min(start + BLOCK_ROWS, rows))
