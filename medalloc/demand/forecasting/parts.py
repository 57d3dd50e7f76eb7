"""A region's counts taken apart: trend, season and rest."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import MONTHS, periods
from medalloc.demand.forecasting.panel import Panel
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Parts:
    """What counts are the sum of."""

    trend: Floats
    """Slow change, shape (n_periods,). [count/period]"""

    season: Floats
    """What comes back every season, same shape. [count/period]"""

    rest: Floats
    """What is left, same shape. [count/period]"""

    filled: int
    """Periods that were not counted and stand filled. [periods]"""


def parts(panel: Panel, region: str) -> Parts | Sentence:
    """Take the counts of a region apart by STL, or say why that cannot be done.

    Parameters
    ----------
    panel : Panel
        What was counted; gaps are filled as forecasters see them.
    region : str
        Name of the region.
    """
    place, season = panel.regions.index(region), panel.calendar.season
    first = int(panel.first_known[place])
    counts = panel.filled[place, first:]
    if len(counts) < 2 * season:
        return sentence(
            "Trend and season can be told apart from {needed} {periods} on, two whole seasons; there are {found}.",
            needed=2 * season,
            periods=periods(panel.calendar.every),
            found=len(counts),
        )
    from statsmodels.tsa.seasonal import STL

    found = STL(counts, period=season, robust=True).fit()
    before = np.full(first, np.nan)
    trend, seasonal, rest = (np.concatenate([before, each]) for each in (found.trend, found.seasonal, found.resid))
    return Parts(trend, seasonal, rest, int(np.isnan(panel.values[place, first:]).sum()))


def years(panel: Panel, region: str) -> pd.DataFrame:
    """Return the counts of a region by year, to be laid over each other.

    Parameters
    ----------
    panel : Panel
        What was counted.
    region : str
        Name of the region.

    Returns
    -------
    DataFrame
        Columns ``year``, ``period`` (number within the year, from 1), ``date`` and ``count``; what was not counted is
        left out.
    """
    dates, every = panel.dates, panel.calendar.every
    if every in MONTHS:
        number = (dates.month - 1) // MONTHS[every] + 1
    else:
        number = (dates.day_of_year - 1) // (1 if every == "day" else 7) + 1
    made = pd.DataFrame(
        {"year": dates.year, "period": number, "date": dates, "count": panel.values[panel.regions.index(region)]}
    )
    return made.dropna(subset=["count"]).reset_index(drop=True)
