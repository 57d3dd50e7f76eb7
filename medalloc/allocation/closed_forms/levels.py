"""Prices that balance alpha-fair wishes with what there is: one level for every limit, found exactly."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.water import water_level
from medalloc.allocation.closed_forms.wishes import Wishes
from medalloc.allocation.problem import Array

BALANCED = 1e-12
"""Share of a limit by which what is taken may miss it."""

NOTHING_SHORT = "nothing is short"
ONE_LEVEL = "one water level"
PRICES = "balanced prices"
"""How levels are found."""

SWEEPS = 20
"""Rounds over the limits before the search for prices ends as it is; its gap is then told as it is."""

STEPS = 200
"""Steps within one limit: halving alone gets from any two numbers to neighbours in fewer."""

HALVINGS = 40
"""Halvings of a step that went too far."""

SINGULAR = 1e-12
"""Share of a slope that is rounding."""


def balanced_levels(wishes: Wishes) -> tuple[Array, str]:
    """Return the levels at which every limit with a price is used up and none is exceeded, and how they were found.

    Notes
    -----
    Where one limit holds all others back, its level is one exact water level, by one sort.

    Otherwise the dual function is minimised, which is convex, and whose slope is what the prices leave of each limit.
    A round sets the level of one limit after the other so that it is just kept; then come Newton steps on all priced
    limits at once, as long as each halves the imbalance, and a last one as far as the dual function falls. Where that
    is not enough, it is done for larger alphas first, from which the wanted one is approached.
    """
    level = np.full(wishes.room.size, np.inf)
    short = np.flatnonzero(wishes.taken(wishes.length) > wishes.room)
    if not short.size:
        return level, NOTHING_SHORT
    for row in short.tolist():
        alone = _with(level, row, _water(wishes, row))
        if _imbalance(wishes, alone) <= BALANCED:
            return alone, ONE_LEVEL
    found = _swept(wishes, level)
    if _imbalance(wishes, found) > BALANCED:
        found = _swept(wishes, _from_larger(wishes))
    return found, PRICES


def _swept(wishes: Wishes, level: Array) -> Array:
    for _ in range(SWEEPS):
        for row in range(level.size):
            level = _kept(wishes, level, row)
        level = _by_newton(wishes, level)
        if _imbalance(wishes, level) <= BALANCED:
            break
    return level


def _from_larger(wishes: Wishes) -> Array:
    """Return levels near the wanted ones, by way of larger alphas, whose answers change less abruptly with prices."""
    alpha, level = max(1.0, wishes.alpha) * 2.0**4, np.full(wishes.room.size, np.inf)
    while alpha > wishes.alpha:
        level = _swept(replace(wishes, alpha=alpha), level)
        lower = max(wishes.alpha, alpha / 1.5)
        # the same prices
        level, alpha = level * (alpha / lower), lower
    return level


def _water(wishes: Wishes, row: int) -> float:
    """Return the level of one limit if there were no others."""
    uses = wishes.uses[row, wishes.group]
    needs = uses > 0
    use, bottom, length = uses[needs], wishes.bottom[needs], wishes.length[needs]
    speed = wishes.rate[needs] - np.log(use) / wishes.alpha
    fastest = float(speed.max())
    room = float(wishes.room[row])
    level = water_level(use * np.exp(speed - fastest), np.zeros(use.size), use * length, room, offset=use * bottom)
    return math.log(level) - fastest if level > 0 else -math.inf


def _imbalance(wishes: Wishes, level: Array) -> float:
    """Return by which share of its size a limit is exceeded or, where it has a price, left over, at most."""
    over = (wishes.taken(wishes.filled(level)) - wishes.room) / wishes.size
    return float(np.where(np.isfinite(level), np.abs(over), np.maximum(0.0, over)).max(initial=0.0))


def _by_newton(wishes: Wishes, level: Array) -> Array:
    """Return the levels after all Newton steps that at least halve the imbalance, and the first that does not."""
    while (imbalance := _imbalance(wishes, level)) > BALANCED:
        step = _newton_step(wishes, level)
        trial = level + step
        if _imbalance(wishes, trial) > imbalance / 2:
            return _downhill(wishes, level, step)
        level = trial
    return level


def _newton_step(wishes: Wishes, level: Array) -> Array:
    """Return the change of the levels that would balance all priced limits if nobody reached the end of a piece."""
    taken, slope = wishes.slopes(level)
    priced = np.isfinite(level)
    system = slope[np.ix_(priced, priced)]
    step = np.zeros(level.size)
    step[priced] = np.linalg.lstsq(system, (wishes.room - taken)[priced], rcond=SINGULAR)[0]
    return step


def _downhill(wishes: Wishes, level: Array, step: Array) -> Array:
    """Return the lowest point of the dual function along the change of prices that a step of the levels stands for.

    Along a straight line of prices the function is convex: its slope rises, and halving finds where it changes sign.
    """
    priced = np.isfinite(level)
    change = -wishes.alpha * step
    heaviest = float((-wishes.alpha * level[priced]).max(initial=-np.inf))

    def at(share: float) -> Array:
        moved = level.copy()
        with np.errstate(divide="ignore"):
            moved[priced] -= np.log1p(share * change[priced]) / wishes.alpha
        return moved

    def falls(share: float) -> bool:
        left = wishes.room - wishes.taken(wishes.filled(at(share)))
        weight = np.exp(-wishes.alpha * level[priced] - heaviest)
        return float((weight * change[priced]) @ left[priced]) < 0

    low, high = 0.0, min(1.0, float((-0.999 / change[change < 0]).min(initial=1.0)))
    if not falls(0.0):
        return level
    if falls(high):
        return at(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) else (low, middle)
    return at(low)


def _kept(wishes: Wishes, level: Array, row: int) -> Array:
    """Return the levels with the one in this row as high as its limit allows; infinite if it allows everything."""
    free = _with(level, row, np.inf)
    room = float(wishes.room[row])
    if wishes.taken(wishes.filled(free))[row] <= room:
        return free
    low, high = _bracket(wishes, level, row)
    here = (low + high) / 2
    for _ in range(STEPS):
        taken, slopes = wishes.slopes(_with(level, row, here))
        short, slope = room - float(taken[row]), float(slopes[row, row])
        low, high = (here, high) if short >= 0 else (low, here)
        if abs(short) <= BALANCED / 10 * wishes.size[row]:
            break
        guess = here + short / slope if slope > 0 else np.inf
        here = guess if low < guess < high else (low + high) / 2
        if here in (low, high):
            break
    return _with(level, row, here)


def _bracket(wishes: Wishes, level: Array, row: int) -> tuple[float, float]:
    """Return a level at which the limit is kept, and a higher one at which it is exceeded or just reached."""
    needs: NDArray[np.bool_] = wishes.uses[row, wishes.group] > 0
    use: Array = np.log(wishes.uses[row, wishes.group[needs]])
    full = np.log(wishes.bottom[needs] + wishes.length[needs]) - wishes.rate[needs] + use / wishes.alpha
    high, step = float(full.max()) if not np.isfinite(level[row]) else float(level[row]), 1.0
    while wishes.taken(wishes.filled(_with(level, row, high)))[row] <= wishes.room[row]:
        high, step = high + step, 2 * step
    low, step = high - 1.0, 1.0
    while wishes.taken(wishes.filled(_with(level, row, low)))[row] > wishes.room[row]:
        low, step = low - step, 2 * step
    return low, high


def _with(level: Array, row: int, here: float) -> Array:
    changed = level.copy()
    changed[row] = here
    return changed
