"""What is expected over the chosen periods, region by region and in all, with what was set by hand and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.forecast import Forecast, sampled_futures
from medalloc.demand.forecasting.quantiles import TOLD, ends_of_sum
from medalloc.demand.region_table import SET_BY_HAND
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]

SetByHand = Mapping[str, Mapping[str, Any]]
"""By region: ``value``, the sum over all periods of the forecast, and ``reason``. JSON-able."""

DRAWS = 2000
"""Futures from which the intervals of sums are read. [count]"""

FEWEST_TRIED = 9
"""Past dates with which one in ten lies beyond each end of an interval; fewer cannot tell it. [count]"""

SEED = 0
"""Of these futures, so that the same forecast always has the same intervals."""


@dataclass(frozen=True, eq=False)
class Expected:
    """What is expected in every region over the chosen periods."""

    regions: tuple[str, ...]
    """Names, shape (n_regions,)."""

    dates: tuple[pd.Timestamp, ...]
    """First day of each chosen period."""

    mean: Floats
    """What comes on average, what was set by hand included, shape (n_regions,). [count]"""

    low: Floats
    """Lower end of the interval, same shape. [count]"""

    high: Floats
    """Upper end of the interval, same shape. [count]"""

    said: Floats
    """What the forecaster says of the average, nothing set by hand, same shape. [count]"""

    reasons: tuple[str, ...]
    """Why a region was set by hand, empty where it was not, same shape."""

    total: float
    """Sum over the regions. [count]"""

    total_low: float
    """Lower end of its interval; regions are surprised together as in the past. [count]"""

    total_high: float
    """Upper end of its interval. [count]"""

    tried: int
    """Past dates from which the intervals come. [count]"""

    level: float = TOLD
    """Chance of the intervals. [fraction]"""

    population: Floats | None = None
    """Counts do not tell it."""

    warnings: tuple[Sentence, ...] = ()
    """What a reader must know."""

    @property
    def is_interval_known(self) -> bool:
        """Whether there are past dates enough for an interval."""
        return self.tried >= FEWEST_TRIED

    def frame(self) -> pd.DataFrame:
        """Return the table that is shown and downloaded, one row a region; as a file it is a table of regions."""
        made = pd.DataFrame({"region": list(self.regions), "demand": self.mean, "low": self.low, "high": self.high})
        if any(self.reasons):
            made["forecast"], made[SET_BY_HAND] = self.said, list(self.reasons)
        return made


def expected(forecast: Forecast, by_hand: SetByHand, *, horizon: int | None = None) -> Expected:
    """Return what is expected over all periods of a forecast, or in one of them.

    Parameters
    ----------
    forecast : Forecast
        What comes next.
    by_hand : mapping
        Regions whose number was set by hand; names that the forecast does not have are left out.
    horizon : int, optional
        Which period ahead, the first being 1; all of them when left out. [periods]

    Raises
    ------
    InputError
        If a number that was set is impossible, or its reason is missing; all at once.

    Notes
    -----
    What is set is a region's sum over all periods. In a single period it changes by the same factor as in all, and so
    does its interval: how unsure the forecast is, relative to its height, is not known better by setting it.
    """
    refuse_impossible(by_hand)
    chosen = list(range(forecast.horizon)) if horizon is None else [horizon - 1]
    futures = futures_expected(forecast, by_hand, DRAWS, SEED, horizon=horizon)
    said = np.asarray(forecast.mean[:, chosen].sum(axis=1))
    bounds = np.quantile(futures, [(1 - TOLD) / 2, (1 + TOLD) / 2], axis=0)
    if horizon is not None:
        # of one period the forecast itself tells the interval that is drawn over time
        bounds = _moved(forecast.quantiles[[0, -1], :, horizon - 1], forecast, by_hand, len(chosen))
    last = forecast.horizon if horizon is None else horizon
    low, high = ends_of_sum(futures.sum(axis=1), forecast.spread.together)
    mean = _moved(said[None, :], forecast, by_hand, len(chosen))[0]
    return Expected(
        regions=forecast.regions,
        dates=tuple(forecast.dates[each] for each in chosen),
        mean=mean,
        low=bounds[0],
        high=bounds[1],
        said=said,
        reasons=tuple(str(by_hand[each]["reason"]) if each in by_hand else "" for each in forecast.regions),
        total=float(mean.sum()),
        total_low=low,
        total_high=high,
        tried=forecast.spread.dates(last - 1),
    )


def by_period(forecast: Forecast, by_hand: SetByHand) -> Floats:
    """Return low end, mean and high end of every region and period, shape (3, n_regions, horizon) [count/period]."""
    numbers = np.stack([forecast.quantiles[0], forecast.mean, forecast.quantiles[-1]])
    each = [_moved(numbers[:, :, ahead], forecast, by_hand, 1) for ahead in range(forecast.horizon)]
    return np.stack(each, axis=2)


def futures_expected(
    forecast: Forecast, by_hand: SetByHand, count: int, seed: int, *, horizon: int | None = None
) -> Floats:
    """Draw futures with what was set by hand, shape (count, n_regions) [count]; see `sampled_futures`."""
    chosen = forecast.horizon if horizon is None else 1
    return _moved(sampled_futures(forecast, count, seed, horizon=horizon), forecast, by_hand, chosen)


def refuse_impossible(by_hand: SetByHand) -> None:
    """Refuse numbers below 0 or not finite, and numbers without a reason, all at once."""
    faults = []
    for region, given in by_hand.items():
        value = float(given["value"])
        if not 0 <= value < np.inf:
            faults.append(
                sentence("“{region}”: found {found}; set a number of at least 0.", region=region, found=str(value))
            )
        if not str(given.get("reason", "")).strip():
            faults.append(
                sentence("“{region}”: a number that is set by hand needs a reason; write it in words.", region=region)
            )
    if faults:
        raise InputError(*faults)


def _moved(numbers: Floats, forecast: Forecast, by_hand: SetByHand, chosen: int) -> Floats:
    """Return numbers with the regions set by hand moved by the factor between what was set and what was forecast.

    Parameters
    ----------
    numbers : ndarray
        Shape (any, n_regions). [count]
    chosen : int
        Periods they are the sum of. [periods]
    """
    made = np.array(numbers, dtype=np.float64)
    whole = forecast.mean.sum(axis=1)
    for place, region in enumerate(forecast.regions):
        if region in by_hand:
            value = float(by_hand[region]["value"])
            # nothing was expected, so there is no factor: the number is spread evenly over the periods
            even = value * chosen / forecast.horizon
            made[:, place] = made[:, place] * (value / whole[place]) if whole[place] > 0 else even
    return made
