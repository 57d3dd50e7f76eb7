"""What stands out: alarms whose threshold is taken from one's own history, and what they would have told there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.problem import Array

WINDOW = 8
"""Periods before the present one that say what is usual. [periods]"""

MEMORY = 0.4
"""Weight of the newest surprise in the running mean (EWMA). [fraction]"""

BLOCK = 8
"""Periods that are drawn together, of all regions at once: surprises of neighbours and weeks go together. [periods]"""

MONTH = 30.44
"""[days]"""

LEARNT = 0.7
"""Part of the history that the threshold is learnt from; the rest measures it. [fraction]"""

GROWTH, WITHIN = 2.0, 4
"""The outbreak that is tried out: counts grow so many times, and are to be noticed in so many periods."""

SURE = 0.95
"""Share of the histories that are drawn in which no more alarms may begin than allowed. [fraction]"""

MOST_DRAWN = 4_000_000
"""Surprises that are drawn at most. [count]"""


@dataclass(frozen=True, eq=False)
class Alarms:
    """From when on the running mean of surprises is an alarm, and how good that was on later history."""

    threshold: float
    """Running mean of surprises, each in spreads of its region, from which on there is an alarm. [1]"""

    spread: Array
    """Usual surprise of a region on the scale of logarithms, shape (n_regions,)."""

    false_a_month: float
    """Alarms a month that began in the held-back history as it was, over all regions together. [1/month]"""

    sensitivity: float
    """Share of the outbreaks put into held-back history that were noticed in time; NaN where none fits. [fraction]"""

    delay: float
    """Periods that these took on average, 0 being the first of the outbreak. [periods]"""

    held_back: int
    """Periods that this was measured on. [periods]"""


def surprises(counts: Array) -> Array:
    """Return how far each count is from what was usual just before, on the scale of logarithms; NaN if not known.

    Parameters
    ----------
    counts : array of shape (n_regions, n_periods)
        NaN where nothing was counted. [count/period]
    """
    logs = np.log1p(counts)
    found = np.full(logs.shape, np.nan)
    if logs.shape[1] > WINDOW:
        before = np.lib.stride_tricks.sliding_window_view(logs, WINDOW, axis=1)[:, :-1]
        # at least half of what was before must be known
        known = np.isfinite(before).sum(axis=2)
        usual, gaps = np.median(before, axis=2), (known >= WINDOW / 2) & (known < WINDOW)
        usual[gaps] = np.nanmedian(before[gaps], axis=1)
        found[:, WINDOW:] = logs[:, WINDOW:] - usual
    return found


def running(scaled: Array) -> Array:
    """Return the running mean of surprises along the last axis; what is not known leaves it as it is."""
    mean, found = np.zeros(scaled.shape[:-1]), np.empty(scaled.shape)
    for place in range(scaled.shape[-1]):
        new = scaled[..., place]
        mean = np.where(np.isfinite(new), MEMORY * new + (1 - MEMORY) * mean, mean)
        found[..., place] = mean
    return found


def calibrated(counts: Array, days: float, *, most_a_month: float = 1.0, seed: int = 0) -> Alarms:
    """Return alarms that begin at most so often a month in histories such as this one.

    Parameters
    ----------
    counts : array of shape (n_regions, n_periods)
        One's own history. Real outbreaks in it count as ordinary: the threshold is then higher than it had to be.
    days : float
        Length of a period. [days]
    most_a_month : float
        Alarms that may begin in a month, over all regions together. [1/month]

    Notes
    -----
    The surprises of the first part of history are drawn anew in blocks, all regions together (block bootstrap); the
    threshold is the lowest one at and above which alarms begin no oftener than allowed in 19 of 20 of these. False
    alarms, sensitivity and delay are measured on the rest.
    """
    learnt = int(counts.shape[1] * LEARNT)
    found = surprises(counts)
    spread = _spreads(found[:, :learnt])
    scaled = found / spread[:, None]
    threshold = _threshold(scaled[:, WINDOW:learnt], days, most_a_month, np.random.default_rng(seed))
    mean = running(scaled)
    months = max(1e-9, (counts.shape[1] - learnt) * days / MONTH)
    begun = _begin(mean, threshold)[:, learnt:].sum()
    sensitivity, delay = _outbreaks(counts, learnt, spread, threshold)
    return Alarms(threshold, spread, float(begun / months), sensitivity, delay, counts.shape[1] - learnt)


def alarmed(alarms: Alarms, recent: Array) -> NDArray[np.bool_]:
    """Return the regions in alarm at the end of recent counts, shape (n_regions,); about 30 periods are enough."""
    return np.asarray(running(surprises(recent) / alarms.spread[:, None])[:, -1] >= alarms.threshold)


def _spreads(found: Array) -> Array:
    known = np.isfinite(found)
    each = np.array(
        [np.median(np.abs(row[which])) if which.any() else np.nan for row, which in zip(found, known, strict=True)]
    )
    usual = 1.4826 * each
    common = float(np.nanmedian(usual)) if np.isfinite(usual).any() else 1.0
    # where nearly every count is the same, the others' spread is the least that is believed
    return np.maximum(np.where(np.isfinite(usual), usual, common), max(0.25 * common, 1e-3))


def _begin(mean: Array, threshold: float) -> NDArray[np.bool_]:
    """Return where an alarm begins: it is one, and was none just before."""
    on = mean >= threshold
    begins = on.copy()
    begins[..., 1:] &= ~on[..., :-1]
    return begins


def _threshold(scaled: Array, days: float, most: float, draw: np.random.Generator) -> float:
    length = scaled.shape[1]
    if length < BLOCK or not np.isfinite(scaled).any():
        return float("inf")
    histories = int(np.clip(MOST_DRAWN // scaled.size, 4, 60))
    starts = draw.integers(0, length - BLOCK + 1, (histories, -(-length // BLOCK)))
    places = (starts[:, :, None] + np.arange(BLOCK)).reshape(histories, -1)[:, :length]
    mean = running(np.moveaxis(scaled[:, places], 0, 1))
    allowed = most * length * days / MONTH
    # from high to low, until alarms begin too often in more than one history of twenty
    tried = np.unique(np.quantile(mean, np.concatenate([np.linspace(0.5, 0.99, 50), 1 - np.geomspace(1e-2, 1e-7, 60)])))
    best = float(np.nextafter(mean.max(), np.inf))
    for threshold in tried[::-1]:
        if np.quantile(_begin(mean, threshold).sum(axis=(1, 2)), SURE) > allowed:
            break
        best = float(threshold)
    return best


def _outbreaks(counts: Array, learnt: int, spread: Array, threshold: float) -> tuple[float, float]:
    """Return how many outbreaks put into held-back history are noticed in time, and after how long."""
    late: list[float] = []
    for start in range(max(learnt, 4 * WINDOW), counts.shape[1] - WITHIN + 1, WITHIN):
        seen = counts[:, max(0, start - 4 * WINDOW) : start + WITHIN].copy()
        calm = running(surprises(seen) / spread[:, None])[:, -WITHIN - 1] < threshold
        seen[:, -WITHIN:] *= GROWTH
        noticed = running(surprises(seen) / spread[:, None])[:, -WITHIN:] >= threshold
        # one where nobody is ill cannot grow, and one in alarm already is none to notice
        tried = calm & (np.nan_to_num(seen[:, -WITHIN:]) > 0).any(axis=1)
        late += np.where(noticed.any(axis=1), noticed.argmax(axis=1), np.inf)[tried].tolist()
    within = [each for each in late if np.isfinite(each)]
    return (len(within) / len(late) if late else np.nan), (float(np.mean(within)) if within else np.nan)
