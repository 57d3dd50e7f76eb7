"""Steps that fit together: those that take too much go back, and what is left goes where it serves most."""

from collections.abc import Iterator

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.whole.steps import EXACT, Integers, Steps

STRIDES = (1, 2, 3, 5)
"""Steps that are taken at once, where one alone may take units without serving many."""


def repaired(steps: Steps, at: Integers, worth: Array) -> Integers:
    """Return steps that keep every limit: where too much is taken, whoever loses least for it goes back.

    Parameters
    ----------
    steps : Steps
        Whose first ones fit.
    at : array of shape (n_regions,)
        Where every region is.
    worth : array of shape (n_steps,)
        What each step is worth.
    """
    at = at.copy()
    while True:
        over = -steps.left(at)
        broken = over > EXACT * steps.size
        if not broken.any():
            return at
        best = np.full(at.size, np.inf)
        to = at.copy()
        for back in (*((np.maximum(at - stride, steps.starts)) for stride in STRIDES), steps.starts):
            freed = steps.extra[at] - steps.extra[back]
            relief = (np.minimum(np.maximum(freed, 0.0), over) / steps.size)[:, broken].sum(axis=1)
            loss = np.divide(worth[at] - worth[back], relief, out=np.full(at.size, np.inf), where=relief > 0)
            to, best = np.where(loss < best, back, to), np.minimum(loss, best)
        order = np.argsort(best, kind="stable")
        order = order[np.isfinite(best[order])]
        freed = np.cumsum((steps.extra[at] - steps.extra[to])[order][:, broken], axis=0)
        enough = (freed >= over[broken] - EXACT * steps.size[broken]).any(axis=1)
        order = order[: int(enough.argmax()) + 1 if enough.any() else order.size]
        at[order] = to[order]


def topped_up(steps: Steps, at: Integers, worth: Array, price: Array, rank: Integers) -> Integers:
    """Return the steps with what is left of the limits given to whoever gains most for it.

    Parameters
    ----------
    steps, at, worth
        As for `repaired`; the steps keep every limit.
    price : array of shape (n_limits,)
        By which what a step takes is weighed.
    rank : array of shape (n_regions,)
        Who comes first of those who gain equally much.
    """
    at = at.copy()
    charge = np.maximum(price, 1e-9 * float(worth.max(initial=0.0) - worth.min(initial=0.0) or 1.0) / steps.size)
    for order, to, need in _offers(steps, at, worth, charge, rank):
        taken = np.cumsum(need[order], axis=0)
        fits = (taken <= steps.left(at) + EXACT * steps.size).all(axis=1)
        order = order[: int(fits.argmin()) if not fits.all() else order.size]
        at[order] = to[order]
    return at


def _offers(
    steps: Steps, at: Integers, worth: Array, charge: Array, rank: Integers
) -> Iterator[tuple[Integers, Integers, Array]]:
    """Yield who could go where with what is left, who gains most first, as long as somebody can; `at` may change."""
    while True:
        left = steps.left(at) + EXACT * steps.size
        open_ = np.flatnonzero(at < steps.lasts)
        best, to = np.zeros(open_.size), at[open_].copy()
        for stride in STRIDES:
            up = np.minimum(at[open_] + stride, steps.lasts[open_])
            need = steps.extra[up] - steps.extra[at[open_]]
            gain = worth[up] - worth[at[open_]]
            ratio = np.where((need <= left).all(axis=1), gain / np.maximum(need @ charge, 1e-300), 0.0)
            to, best = np.where(ratio > best * (1 + 1e-12), up, to), np.maximum(ratio, best)
        can = best > 0
        if not can.any():
            return
        who = open_[can]
        order = np.lexsort((rank[who], -np.round(best[can] / best.max(), 9)))
        every = at.copy()
        every[who] = to[can]
        yield who[order], every, steps.extra[every] - steps.extra[at]
