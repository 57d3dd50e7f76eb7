"""How far forecasts were off, as a measure of how far the next ones may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEVELS = (0.1, 0.5, 0.9)
"""Quantiles that are told. [fraction]"""

INTERVALS = (0.5, 0.8, 0.9)
"""Chances of the intervals whose coverage is measured. [fraction]"""

FARTHEST = 2.5
"""Times a region's usual height up to which, and down to the inverse of which, the width changes with the height."""

ENOUGH = 50
"""Residuals that it takes to tell how the width changes with the height. [count]"""

NEARLY = 1e-9

TOLD = 0.8
"""Chance of the interval whose coverage is told, and that must hold what it promises. [fraction]"""

FEW = 10
"""Residuals of one horizon below which they are taken in both directions, as if each might have been the other way."""

SHRUNK = 10.0
"""Residuals of all regions that a region's own ones are joined by, when its width is taken. [count]"""


@dataclass(frozen=True, eq=False)
class Spread:
    """Past residuals on the scale of square roots, over the width usual for region and height of the forecast.

    The spread of counts grows with their height, that of their square roots hardly does; unlike with logarithms, the
    residual of a small count cannot become a huge one where counts are large.
    """

    residuals: Floats
    """Root of what was counted less root of what was predicted, over the width, NaN where it was not counted,
    shape (n_origins, n_regions, horizon)."""

    width: Floats
    """Mean size of a region's residuals at its usual height, shape (n_regions,). [root of count]"""

    usual: Floats
    """Root of a region's mean forecast, shape (n_regions,). [root of count]"""

    growth: float
    """Power of the height with which the width grows: 0 not at all, 1 in proportion."""

    together: float = 1.0
    """By which the interval of a sum over regions is wider than that of the futures that are drawn."""

    def dates(self, ahead: int) -> int:
        """Return how many past dates tell of a horizon, the first being 0."""
        return int(np.isfinite(self.residuals[:, :, ahead]).any(axis=1).sum())

    def on_past_dates(self, point: Floats, ahead: int) -> Floats:
        """Return what would come if all regions erred as on a past date, shape (n_dates, n_regions) [count/period]."""
        residuals = self.residuals[np.isfinite(self.residuals[:, :, ahead]).any(axis=1), :, ahead]
        moved = np.sqrt(np.maximum(point, 0.0))[:, ahead] + np.nan_to_num(residuals) * self.reach(point)[:, ahead]
        return np.asarray(np.maximum(moved, 0.0) ** 2)

    @property
    def few(self) -> int | None:
        """Residuals of the horizon with the fewest, where they are too few to promise anything; None otherwise."""
        fewest = int(np.isfinite(self.residuals).sum(axis=(0, 1)).min())
        return fewest if fewest < FEW else None

    def reach(self, point: Floats) -> Floats:
        """Return the mean size of the residual of a forecast, same shape as `point` [root of count].

        Parameters
        ----------
        point : ndarray
            Forecast, shape (..., n_regions, horizon). [count/period]
        """
        return self.width[:, None] * _height(point, self.usual) ** self.growth

    def quantiles(self, point: Floats, levels: Sequence[float]) -> Floats:
        """Return conformal quantiles of what comes, shape (n_levels, ..., n_regions, horizon) [count/period].

        Parameters
        ----------
        point : ndarray
            Forecast, shape (..., n_regions, horizon). [count/period]
        levels : sequence of float
            Which quantiles. [fraction]
        """
        root = np.sqrt(np.maximum(point, 0.0))
        shift = np.array([self.of_horizon(ahead, levels) for ahead in range(point.shape[-1])]).T
        moved = root + shift.reshape(len(levels), *(1,) * (root.ndim - 1), -1) * self.reach(point)
        return np.asarray(np.maximum(moved, 0.0) ** 2)

    def mean(self, point: Floats) -> Floats:
        """Return what comes on average: every past residual is as likely as any other, shape (n_regions, horizon)."""
        root, reach = np.sqrt(np.maximum(point, 0.0)), self.reach(point)
        made = np.empty_like(root)
        for ahead in range(point.shape[1]):
            # a few hundred quantiles stand for all residuals, so that memory stays flat
            pool = _pool(self.residuals, ahead)
            some = np.quantile(pool, (np.arange(200) + 0.5) / 200)
            moved = np.maximum(root[:, ahead, None] + reach[:, ahead, None] * some, 0.0)
            made[:, ahead] = (moved**2).mean(axis=1)
        return made

    def stretched(self, factor: float) -> "Spread":
        """Return the same with every residual further from the middle one of its horizon by a factor."""
        middle = np.array([self.of_horizon(ahead, (0.5,))[0] for ahead in range(self.residuals.shape[2])])
        return replace(self, residuals=middle + factor * (self.residuals - middle))

    def of_horizon(self, ahead: int, levels: Sequence[float]) -> list[float]:
        """Return conformal quantiles of the residuals of one horizon, the first being 0."""
        pool = np.sort(_pool(self.residuals, ahead))
        return [float(pool[_rank(level, len(pool))]) for level in levels]


def _pool(residuals: Floats, ahead: int) -> Floats:
    """Return the residuals of one horizon, of the last shorter one with any where none was counted."""
    for each in range(ahead, -1, -1):
        pool = residuals[:, :, each]
        pool = pool[np.isfinite(pool)]
        if pool.size >= FEW:
            return pool
        if pool.size:
            return np.concatenate([pool, -pool, np.zeros(1)])
    return np.zeros(1)


def _rank(level: float, count: int) -> int:
    """Return the place of a conformal quantile: one residual further out than the plain one, on both sides."""
    if level == 0.5:
        return (count - 1) // 2
    rank = np.ceil(level * (count + 1)) if level > 0.5 else np.floor(level * (count + 1))
    return int(np.clip(rank, 1, count)) - 1


def spread_of(predicted: Floats, actual: Floats) -> Spread:
    """Return how far forecasts were off.

    Parameters
    ----------
    predicted, actual : ndarray
        What was said and counted, NaN where it was not, shape (n_origins, n_regions, horizon). [count/period]
    """
    rooted = np.sqrt(np.maximum(actual, 0.0)) - np.sqrt(np.maximum(predicted, 0.0))
    known = np.isfinite(rooted)
    usual = np.sqrt(np.maximum(predicted, 0.0).mean(axis=(0, 2)))
    height = _height(predicted, usual)
    growth = _growth(np.abs(rooted[known]), height[known])
    rooted = rooted / height**growth
    size = np.where(known, np.abs(rooted), 0.0)
    count = known.sum(axis=(0, 2))
    common = size.sum() / max(int(known.sum()), 1)
    width = (size.sum(axis=(0, 2)) + SHRUNK * common) / (count + SHRUNK)
    width = np.where(width > 0, width, 1.0)
    return Spread(rooted / width[:, None], width, usual, growth)


def _height(point: Floats, usual: Floats) -> Floats:
    """Return how high forecasts are beside the usual one of their region; half a count keeps small ones apart."""
    found = (np.sqrt(np.maximum(point, 0.0)) + 0.5) / (usual[:, None] + 0.5)
    return np.asarray(np.clip(found, 1 / FARTHEST, FARTHEST))


def _growth(size: Floats, height: Floats) -> float:
    """Return the power of the height with which the size of residuals grows, by least squares of logarithms."""
    if size.size < ENOUGH:
        return 0.0
    low, high = np.log(height), np.log(size + 0.1 * size.mean() + 1e-12)
    moved = low - low.mean()
    if (moved**2).sum() < 1e-9:
        return 0.0
    return float(np.clip((moved * high).sum() / (moved**2).sum(), 0.0, 1.0))


def is_between(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.bool_]:
    """Return whether counts lie within intervals; squares of roots are rounded, so that one on the bound does."""
    least, found, most = (np.asarray(each, dtype=np.float64) for each in (low, actual, high))
    return np.asarray((found >= least - NEARLY * (1 + least)) & (found <= most + NEARLY * (1 + most)))


def ends_of_sum(sums: Floats, together: float) -> tuple[float, float]:
    """Return the interval of a sum over regions.

    Parameters
    ----------
    sums : ndarray of shape (n_futures,)
        The sum in every future. [count]
    together : float
        By which the interval is wider than that of these futures, as past dates have taught (`Spread.together`).
    """
    low, middle, high = np.quantile(sums, LEVELS)
    return float(max(middle - together * (middle - low), 0.0)), float(middle + together * (high - middle))
