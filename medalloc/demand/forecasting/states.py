"""Smoothing from count to count: a region's level and trend are moved on, and what came before is not read again."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.filling import CARRIED
from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.simple import LEAST_SCATTER, Theta
from medalloc.demand.forecasting.smoothing import DampedSmoothing, continued, counts_of, starting, step

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Standing = NDArray[Any]

STANDING = np.dtype(
    [
        ("period", np.int64),
        ("known", np.int64),
        ("first", np.int64),
        *((name, np.float64) for name in ("count", "value", "level", "trend", "n", "t", "tt", "y", "ty")),
    ]
)
"""Of a region: the last period that its level knows, the last and the first that were counted, the last count, what
stood in for the last period, level and trend, and the sums of a straight line through its periods."""

SUMS = ("n", "t", "tt", "y", "ty")


@dataclass(frozen=True, eq=False)
class States:
    """Where the last value, smoothing or Theta stands in every region.

    Notes
    -----
    What it says is what the fitted forecaster would say of all counts till now, to rounding; its weights and season
    stay those that were learned. A region without any count begins with its first one.
    """

    forecaster: LastValue | DampedSmoothing | Theta
    """Fitted."""

    now: Standing
    """After each region's newest count, shape (n_regions,)."""

    before: Standing
    """Before it: a count that is told again, corrected, takes the place of the one before, same shape."""

    ring: Floats
    """What stood for each place in the season last, shape (n_regions, season). [count/period]"""

    @classmethod
    def of(cls, forecaster: LastValue | DampedSmoothing | Theta, panel: Panel) -> Self:
        """Return where a fitted forecaster stands after some counts, which are read once."""
        count, known = len(panel.regions), np.isfinite(panel.values)
        now = np.zeros(count, STANDING)
        now["period"] = now["known"] = -1
        now["first"] = panel.first_known
        begun = cls(forecaster, now, now.copy(), np.full((count, panel.calendar.season), np.nan))
        if (smoothing := begun._smoothing) is not None:
            now["level"] = starting(smoothing.without_season(panel))
        last = np.where(known.any(axis=1), panel.length - 1 - known[:, ::-1].argmax(axis=1), -1)
        for period in range(panel.length):
            rows = np.flatnonzero(period <= last)
            begun.before[rows] = begun.now[rows]
            begun.now[rows] = begun._stepped(rows, begun.now[rows], panel.filled[rows, period], period)
            counted = np.flatnonzero(known[:, period])
            begun.now["known"][counted], begun.now["count"][counted] = period, panel.values[counted, period]
            begun.ring[rows, period % panel.calendar.season] = np.where(
                period >= panel.first_known[rows], panel.filled[rows, period], np.nan
            )
        return begun

    def heard(self, rows: Rows, counts: Floats, period: int) -> Self:
        """Return it after a period was counted in some regions; what is older than what they know is left out."""
        newer = self.now["period"][rows] <= period
        rows, counts = rows[newer], counts[newer]
        again = self.now["period"][rows] == period
        was = np.where(again, self.before[rows], self.now[rows])
        stands, ring = self._through(rows, was, period - 1)
        after = self._stepped(rows, self._begun(rows, stands, counts, period), counts, period)
        after["known"], after["count"] = period, counts
        ring[:, period % ring.shape[1]] = counts
        made = replace(self, now=self.now.copy(), before=self.before.copy(), ring=self.ring.copy())
        made.now[rows], made.before[rows], made.ring[rows] = after, stands, ring
        return made

    def ahead(self, rows: Rows, horizon: int, after: int) -> Floats:
        """Return what comes after a period in some regions, at least 0, shape (n_rows, horizon) [count/period]."""
        stands, _ = self._through(rows, self.now[rows], after)
        smoothing = self._smoothing
        if smoothing is None:
            return np.repeat(stands["value"][:, None], horizon, axis=1)
        by = smoothing.smoothing_.of(rows)
        made = continued(stands["level"], stands["trend"], by, horizon)
        if isinstance(self.forecaster, Theta):
            behind = (1 - (1 - by.level) ** np.maximum(stands["n"], 1)) / by.level
            made = made + _slope(stands)[:, None] / 2 * (np.arange(horizon) + behind[:, None])
        places = (after + 1 + np.arange(horizon)) % smoothing.pattern_.shape[1]
        return counts_of(made, smoothing.pattern_[rows[:, None], places])

    @property
    def _smoothing(self) -> DampedSmoothing | None:
        if isinstance(self.forecaster, LastValue):
            return None
        return self.forecaster.level_ if isinstance(self.forecaster, Theta) else self.forecaster

    def _through(self, rows: Rows, stands: Standing, period: int) -> tuple[Standing, Floats]:
        """Return where regions stand once the periods until then, which nobody counted, are filled as always."""
        stands, ring = stands.copy(), self.ring[rows]
        season = ring.shape[1]
        begun = stands["known"] >= 0
        for each in range(int(stands["period"][begun].min(initial=period)) + 1, period + 1):
            at = np.flatnonzero(begun & (stands["period"] < each))
            before = ring[at, each % season]
            long = (each - stands["known"][at] > CARRIED) & np.isfinite(before)
            value = np.where(long, before, stands["count"][at])
            stands[at], ring[at, each % season] = self._stepped(rows[at], stands[at], value, each), value
        return stands, ring

    def _begun(self, rows: Rows, stands: Standing, counts: Floats, period: int) -> Standing:
        """Return where regions stand, those that never were counted as if their first count had always been."""
        new = stands["known"] < 0
        stands["first"] = np.where(new, period, stands["first"])
        stands["level"] = np.where(new, self._logarithm(rows, counts, period), stands["level"])
        return stands

    def _stepped(self, rows: Rows, stands: Standing, value: Floats, period: int) -> Standing:
        made, logarithm = stands.copy(), self._logarithm(rows, value, period)
        if (smoothing := self._smoothing) is not None:
            made["level"], made["trend"] = step(
                stands["level"], stands["trend"], logarithm, smoothing.smoothing_.of(rows)
            )
        in_line = period >= stands["first"]
        added = (1.0, float(period), float(period) ** 2, logarithm, period * logarithm)
        for name, more in zip(SUMS, added, strict=True):
            made[name] += in_line * np.asarray(more)
        made["period"], made["value"] = period, value
        return made

    def _logarithm(self, rows: Rows, value: Floats, period: int) -> Floats:
        smoothing = self._smoothing
        season = 0.0 if smoothing is None else smoothing.pattern_[rows, period % smoothing.pattern_.shape[1]]
        return np.asarray(np.log1p(value) - season)


def _slope(stands: Standing) -> Floats:
    """Return the slope of the straight line through each region's periods."""
    n = np.maximum(stands["n"], 1)
    scatter = np.maximum(stands["tt"] - stands["t"] ** 2 / n, LEAST_SCATTER)
    return np.asarray((stands["ty"] - stands["t"] * stands["y"] / n) / scatter)
