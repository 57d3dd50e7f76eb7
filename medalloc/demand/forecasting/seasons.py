"""Does a pattern come back, and which one? Tested before it is used."""

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel

Floats = NDArray[np.float64]

CERTAIN = 1.645
"""Standard errors by which counts a season apart must go together: by chance they do in one region of twenty."""

FEWEST_PAIRS = 5
"""Pairs of periods a season apart that a test takes at least. [count]"""

OWN = 4.0
"""Years of a region by which its own deviations from the common pattern count half. [seasons]"""

LONG = 24
"""Places from which on neighbours in the season are averaged, because each was seen only once a year. [count]"""

KERNEL = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9


def seasonal_pattern(panel: Panel) -> Floats:
    """Return by how much each place in the season deviates from the level, shape (n_regions, season) [log count].

    Parameters
    ----------
    panel : Panel
        What was counted; of each region, only what comes after its first count.

    Returns
    -------
    ndarray
        By the number of the period modulo the season; 0 in regions for which no season is supported.

    Notes
    -----
    What all regions have in common is tested first. Where it comes back, each region has its own share of it, young
    regions the mean share, and deviations of its own as far as they, too, come back. Otherwise each region is tested
    alone.
    """
    season, known = panel.calendar.season, np.arange(panel.length) >= panel.first_known[:, None]
    old = known.sum(axis=1) >= fewest_periods(season)
    if not old.any():
        return np.zeros((len(known), season))
    deviation = _from_level(np.log1p(panel.filled), known, season)
    own, years = _by_place(deviation, season)
    returns = old & _comes_back(deviation, season)
    shared = np.nanmean(np.where(old[:, None], deviation, np.nan), axis=0, keepdims=True, where=known & old[:, None])
    if not _comes_back(shared, season)[0]:
        return np.where(returns[:, None], own, 0.0)
    common = own[old].mean(axis=0)
    share = np.where(old, own @ common / max(float(common @ common), 1e-12), np.nan)
    mean = float(np.nanmean(share))
    share = np.where(old, (years * share + mean) / (years + 1), mean)
    pattern = share[:, None] * common
    weight = np.where(returns, years / (years + OWN), 0.0)
    return np.asarray(pattern + weight[:, None] * (own - pattern))


def fewest_periods(season: int) -> int:
    """Return how many periods the test takes: a season and a half. [periods].

    Examples
    --------
    >>> fewest_periods(52), fewest_periods(12), fewest_periods(4)
    (78, 18, 9)
    """
    return season + max(FEWEST_PAIRS, season // 2)


def _from_level(logarithm: Floats, known: NDArray[np.bool_], season: int) -> Floats:
    """Return how far each period lies from the mean of the season around it, NaN before a region's first count."""
    length = logarithm.shape[1]
    begin = np.clip(np.arange(length) - season // 2, 0, max(length - season, 0))
    end = np.minimum(begin + season, length)
    total, count = (
        np.concatenate([np.zeros((len(known), 1)), np.cumsum(each, axis=1)], axis=1)
        for each in (np.where(known, logarithm, 0.0), known)
    )
    level = (total[:, end] - total[:, begin]) / np.maximum(count[:, end] - count[:, begin], 1)
    return np.where(known, logarithm - level, np.nan)


def _by_place(deviation: Floats, season: int) -> tuple[Floats, Floats]:
    """Return the mean deviation of each place in the season, which sum to 0, and how many seasons a region has."""
    length = deviation.shape[1]
    padded = np.pad(deviation, ((0, 0), (0, -length % season)), constant_values=np.nan)
    folded = padded.reshape(len(deviation), -1, season)
    known = np.isfinite(folded)
    mean = np.where(known, folded, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    if season >= LONG:
        mean = sum(share * np.roll(mean, place - 2, axis=1) for place, share in enumerate(KERNEL))
    return mean - mean.mean(axis=1, keepdims=True), known.sum(axis=(1, 2)) / season


def _comes_back(deviation: Floats, season: int) -> NDArray[np.bool_]:
    """Return in which rows counts a season apart go together by more than chance.

    Notes
    -----
    Successive periods of what is not seasonal resemble each other, so that n pairs tell no more than
    n (1 - r^2) / (1 + r^2) independent ones, r being the correlation of successive differences between the seasons.
    """
    now, before = deviation[:, season:], deviation[:, :-season]
    pairs = np.isfinite(now) & np.isfinite(before)
    count = pairs.sum(axis=1)
    now, before = np.where(pairs, now, 0.0), np.where(pairs, before, 0.0)
    together = (now * before).sum(axis=1) / np.sqrt(np.maximum((now**2).sum(axis=1) * (before**2).sum(axis=1), 1e-24))
    changed = now - before
    kept = (changed[:, 1:] * changed[:, :-1]).sum(axis=1) / np.maximum((changed**2).sum(axis=1), 1e-24)
    kept = np.clip(kept, 0.0, 0.99)
    independent = np.maximum(count, 1) * (1 - kept**2) / (1 + kept**2)
    return np.asarray((count >= FEWEST_PAIRS) & (together * np.sqrt(independent) > CERTAIN))
