"""How often intervals of 80 % hold what came, on every date of public panels whose past leaves room.

    python -m benchmarks.intervals wheels                 # all panels that `benchmarks.panels` reads
    python -m benchmarks.intervals wheels brazil momo

The mean of several forecasters, learning anew every half-year, forecasts from one date after the other. At each month
or third week its intervals are learnt from the origins that `outlook` would compare then. Standard errors are of dates,
with what neighbours share (Bartlett weights).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.panels import HORIZON, PANELS, held, read
from medalloc.demand.forecasting.catalogue import made
from medalloc.demand.forecasting.forecast import forecast_of
from medalloc.demand.forecasting.origins import planned
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.trial import Trial, counted
from medalloc.demand.forecasting.widening import joined

Floats = NDArray[np.float64]

LEARNED = {"week": 104, "month": 24}
"""Periods from which is first learnt. [periods]"""
REFIT = {"week": 26, "month": 6}
STEP = {"week": 3, "month": 1}
NEIGHBOURS = {"week": 3, "month": 5}
"""Dates on either side that may share a surprise. [dates]"""


def rolled(panel: Panel) -> Trial:
    """Return what the mean would have said from one period after the other."""
    every = panel.calendar.every
    horizon, origins = HORIZON[every], range(LEARNED[every] - 1, panel.length - 1)
    predicted = np.empty((len(origins), len(panel.regions), horizon))
    for place, origin in enumerate(origins):
        seen = panel.until(origin + 1)
        if place % REFIT[every] == 0:
            fitted = made("mean", horizon, 0).fit(seen)
        predicted[place] = fitted.predict(horizon, seen)
    return Trial("mean", 0, tuple(origins), predicted, counted(panel, origins, horizon))


def shares(panel: Panel) -> Floats:
    """Return which share of counts, and of sums over regions, was held at each date, shape (n_dates, 2)."""
    every, told, found = panel.calendar.every, rolled(panel), []
    horizon, first = HORIZON[every], told.origins[0]
    for length in range(panel.length - horizon, 0, -STEP[every]):
        plan = planned(length, horizon, every)
        if not plan.compared or plan.compared[0] < first:
            break
        use = np.array([*plan.compared, *plan.kept]) - first
        ahead = np.array(told.origins)[use, None] + np.arange(1, horizon + 1)
        known = np.where((ahead < length)[:, None, :], told.actual[use], np.nan)
        spread = joined([Trial("mean", 0, tuple((use + first).tolist()), told.predicted[use], known)])
        point, actual = told.predicted[length - 1 - first], told.actual[length - 1 - first]
        dates = tuple(panel.calendar.dates(np.arange(length, length + horizon)))
        inside, sums = held(forecast_of("mean", panel.regions, dates, point, spread), actual)
        found.append((np.nanmean(inside), sums.mean()))
    return np.array(found[::-1])


def error(each: Floats, neighbours: int) -> float:
    """Return the standard error of the mean of dates whose neighbours share some of it."""
    off = each - each.mean()
    weights = 1 - np.arange(1, neighbours + 1) / (neighbours + 1)
    shared = sum(weight * float(off[lag:] @ off[:-lag]) for lag, weight in enumerate(weights, 1))
    return float(np.sqrt(max(0.0, float(off @ off) + 2 * shared) / (len(each) * (len(each) - 1))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line a panel."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("panels", nargs="*", default=PANELS)
    asked = parser.parse_args(arguments)
    for name in asked.panels:
        panel = read(name, asked.wheels)
        found = shares(panel)
        told = (
            f"{100 * each.mean():.1f} ± {100 * error(each, NEIGHBOURS[panel.calendar.every]):.1f} % of {what}"
            for what, each in zip(("counts", "sums"), found.T, strict=True)
        )
        print(f"{name}, {len(found)} dates:", ", ".join(told), flush=True)


if __name__ == "__main__":
    main()
