"""Trying a forecaster on the past: what it would have said then, beside what was counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.catalogue import MEAN_OF, NAIVE, made
from medalloc.demand.forecasting.panel import Panel

Floats = NDArray[np.float64]

REFITS = 2
"""Times a forecaster learns anew on its way through the origins of one stretch; between them it only looks at what has
been counted since. [count]"""

Told = Callable[[str, int, int], None]
"""Told the forecaster, how many of its origins are done, and how many there are."""


@dataclass(frozen=True, eq=False)
class Trial:
    """What one forecaster would have said from some origins."""

    model: str
    """One of the catalogue's."""

    seed: int
    """With which it learned."""

    origins: tuple[int, ...]
    """Last known periods, shape (n_origins,)."""

    predicted: Floats
    """Shape (n_origins, n_regions, horizon). [count/period]"""

    actual: Floats
    """What was counted; NaN where it was not, and before a region's first count, same shape. [count/period]"""

    @property
    def error(self) -> Floats:
        """Counted less predicted, same shape [count/period]."""
        return self.actual - self.predicted


def tried(
    model: str,
    panel: Panel,
    origins: Sequence[int],
    horizon: int,
    *,
    seed: int = 0,
    optimizer: str = "adam",
    told: Told | None = None,
    mean_of: Sequence[str] = MEAN_OF,
) -> Trial:
    """Let a forecaster continue the past from some origins.

    Parameters
    ----------
    model : str
        One of the catalogue's.
    panel : Panel
        All counts; at each origin only what had been counted by then is shown.
    origins : sequence of int
        Last known periods, ascending. It learns anew at the first one and `REFITS` - 1 times later on.
    horizon : int
        Periods to look ahead. [periods]
    seed : int
        With which it learns.
    optimizer : str
        How a network learns.
    told : callable, optional
        Told after every origin; what it raises ends the trial.
    mean_of : sequence of str
        Of which a mean is taken.
    """
    every = max(1, -(-len(origins) // REFITS))
    predicted = np.empty((len(origins), len(panel.regions), horizon))
    forecaster = made(model, horizon, seed, optimizer=optimizer, mean_of=mean_of)
    for place, origin in enumerate(origins):
        seen = panel.until(origin + 1)
        if place % every == 0 or model in NAIVE:
            forecaster = made(model, horizon, seed, optimizer=optimizer, mean_of=mean_of).fit(seen)
        predicted[place] = forecaster.predict(horizon, seen)
        if told is not None:
            told(model, place + 1, len(origins))
    return Trial(model, seed, tuple(origins), predicted, counted(panel, origins, horizon))


def mean_trial(trials: Sequence[Trial]) -> Trial:
    """Return what the mean of several forecasters would have said from the same origins."""
    return replace(trials[0], model="mean", predicted=np.mean([each.predicted for each in trials], axis=0))


def counted(panel: Panel, origins: Sequence[int], horizon: int) -> Floats:
    """Return what was counted after some origins, shape (n_origins, n_regions, horizon); NaN where nothing was.

    A region that had not begun at an origin has nothing there: no forecast of it could have been asked for.
    """
    periods = np.asarray(origins)[:, None] + np.arange(1, horizon + 1)
    inside = periods < panel.length
    found = panel.values[:, np.minimum(periods, panel.length - 1)].transpose(1, 0, 2)
    begun = panel.first_known[None, :] <= np.asarray(origins)[:, None]
    return np.where(inside[:, None, :] & begun[:, :, None], found, np.nan)
