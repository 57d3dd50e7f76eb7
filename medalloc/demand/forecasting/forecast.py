"""What comes next, how sure that is, and futures to plan for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.quantiles import LEVELS, Spread
from medalloc.errors import InputError
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Forecast:
    """What comes next, by region and period."""

    model: str
    """Which forecaster says so, one of the catalogue's."""

    regions: tuple[str, ...]
    """Names, shape (n_regions,)."""

    dates: tuple[pd.Timestamp, ...]
    """First day of each period, shape (horizon,)."""

    point: Floats
    """What the forecaster says, shape (n_regions, horizon). [count/period]"""

    mean: Floats
    """What comes on average, past errors considered, same shape. [count/period]"""

    quantiles: Floats
    """Levels 0.1, 0.5 and 0.9 of what comes, shape (3, n_regions, horizon). [count/period]"""

    spread: Spread
    """How far past forecasts were off; futures are drawn from it."""

    @property
    def horizon(self) -> int:
        """Periods that are looked ahead."""
        return len(self.dates)

    def frame(self) -> pd.DataFrame:
        """Return the forecast as a table, a row a region and period."""
        count, horizon = self.point.shape
        return pd.DataFrame(
            {
                "region": np.repeat(np.array(self.regions, dtype=object), horizon),
                "horizon": np.tile(np.arange(1, horizon + 1), count),
                "date": np.tile([each.date().isoformat() for each in self.dates], count),
                "forecast": self.point.reshape(-1),
                "mean": self.mean.reshape(-1),
                **{
                    f"q{round(100 * level)}": of_level.reshape(-1)
                    for level, of_level in zip(LEVELS, self.quantiles, strict=True)
                },
            }
        )


def forecast_of(
    model: str, regions: tuple[str, ...], dates: tuple[pd.Timestamp, ...], point: Floats, spread: Spread
) -> Forecast:
    """Return a forecast with its mean and quantiles.

    Parameters
    ----------
    model : str
        Which forecaster says so.
    regions, dates : tuple
        Names and first days, shape (n_regions,) and (horizon,).
    point : ndarray
        What it says, shape (n_regions, horizon). [count/period]
    spread : Spread
        How far it was off in the past.
    """
    return Forecast(model, regions, dates, point, spread.mean(point), spread.quantiles(point, LEVELS), spread)


def sampled_futures(forecast: Forecast, count: int, seed: int, *, horizon: int | None = None) -> Floats:
    """Draw futures, each as likely as any other, shape (count, n_regions) [count/period].

    Parameters
    ----------
    forecast : Forecast
        What comes next.
    count : int
        Number of futures. [count]
    seed : int
        The same seed gives the same futures.
    horizon : int, optional
        Which period ahead, the first being 1; the sum over all periods when left out. [periods]

    Raises
    ------
    InputError
        If there is no such period.

    Notes
    -----
    A future takes the errors of all regions and periods from one past date together, so that regions which were
    surprised together are surprised together again. Where a region was not counted on that date, its error is drawn
    from its own ones of that horizon on other dates, or from any region's.
    """
    if horizon is not None and not 1 <= horizon <= forecast.horizon:
        raise InputError(
            sentence(
                "There is no period {found} ahead; the forecast looks {horizon} ahead.",
                found=horizon,
                horizon=forecast.horizon,
            )
        )
    draw = np.random.default_rng(seed)
    periods = range(forecast.horizon) if horizon is None else (horizon - 1,)
    # dates of which the last horizon was counted; those at the end know only how the first ones went
    whole = np.flatnonzero(np.isfinite(forecast.spread.residuals[:, :, max(periods)]).any(axis=1))
    origins = whole if len(whole) else np.arange(len(forecast.spread.residuals))
    drawn = draw.choice(origins, size=count)
    made = np.zeros((count, len(forecast.regions)))
    root, reach = np.sqrt(forecast.point), forecast.spread.reach(forecast.point)
    for ahead in periods:
        known = _completed(forecast.spread.residuals[:, :, ahead], draw)
        moved = root[:, ahead] + known[drawn] * reach[:, ahead]
        made += np.maximum(moved, 0.0) ** 2
    return made


def futures_frame(forecast: Forecast, futures: Floats) -> pd.DataFrame:
    """Return futures as a table, a row a future and a column a region, which `allocate --samples` takes."""
    made = pd.DataFrame(futures, columns=list(forecast.regions))
    made.insert(0, "sample", np.arange(1, len(futures) + 1))
    return made


def _completed(residuals: Floats, draw: np.random.Generator) -> Floats:
    """Return residuals with a drawn one where there is none, shape (n_origins, n_regions)."""
    made = residuals.copy()
    everyone = residuals[np.isfinite(residuals)]
    everyone = everyone if everyone.size else np.zeros(1)
    for place, column in enumerate(residuals.T):
        own = column[np.isfinite(column)]
        gaps = ~np.isfinite(column)
        if gaps.any():
            made[gaps, place] = draw.choice(own if own.size else everyone, size=int(gaps.sum()))
    return made
