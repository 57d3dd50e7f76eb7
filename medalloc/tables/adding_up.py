"""Which rows of numbers are sums of other rows, exactly or to rounding."""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

KNOWN = 0.9
"""Share of the columns in which a row must have a number to be called a sum. [fraction]"""

BY_CHANCE = 6
"""From so many parts on, a row is not the sum of all others by chance, even in a single column. [count]"""

SHUFFLED, ORDERS, MANY = 100_000, (3, 101), 10
"""Rows that are put into another order to see what adds up by chance, how often all of them are, and after how many
sums that is seen. [count]"""


def part_of(numbers: NDArray[np.float64], said: NDArray[np.bool_], steps: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the row that each row is part of, or -1, shape (n,): sums stand before their parts or after them."""
    ways = []
    for order in (slice(None), slice(None, None, -1)):
        found = _before_their_parts(numbers[order], steps)[order]
        ways.append(np.where(found >= 0, len(found) - 1 - found, -1) if order.step else found)
    parents = max(ways, key=lambda each: (said[each[each >= 0]].sum(), (each >= 0).sum()))
    # the sum of everything may stand anywhere
    tops = np.flatnonzero(parents < 0)
    if len(tops) > 2 and numbers.shape[1]:
        whole = np.nansum(numbers[tops], axis=0)
        rows = numbers[tops]
        totals = tops[_equal(rows, whole - np.nan_to_num(rows), steps, len(tops))]
        if len(totals) == 1:
            parents[tops[tops != totals[0]]] = totals[0]
    return parents


def _before_their_parts(numbers: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the row that each row is part of where every sum stands right before its parts, in linear time."""
    parents = np.full(len(numbers), -1)
    if not numbers.shape[1]:
        return parents
    column = int(np.argmax([len(np.unique(each)) for each in numbers.T]))
    telling, step = numbers[:, column], float(steps[column])
    tops: list[int] = []
    summed = [0.0]
    for row in reversed(range(len(numbers))):
        for count in _counts(float(telling[row]), summed, step):
            parts = tops[-count:]
            if _equal(numbers[row], np.nansum(numbers[parts], axis=0), steps, count):
                parents[parts] = row
                del tops[-count:], summed[-count:]
                break
        tops.append(row)
        summed.append(summed[-1] + float(np.nan_to_num(telling[row])))
    return parents


def _counts(value: float, summed: list[float], step: float) -> Iterator[int]:
    """Yield how many of the last numbers may add up to a value; `summed` is the sum up to each of them."""
    if not value > 0:
        return
    wanted = summed[-1] - value
    slack = max(1e-9 * summed[-1], 2 * len(summed) ** 0.5)
    place = bisect_left(summed, wanted - slack)
    while place <= len(summed) - 3 and summed[place] <= wanted + slack:
        count = len(summed) - 1 - place
        # all columns are looked at only where this one adds up
        if abs(summed[place] - wanted) <= step * count**0.5 + 1e-8 * summed[-1]:
            yield count
        place += 1


def rounding(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the step to which each column is rounded, shape (c,): 1 for whole numbers."""
    steps = np.full(numbers.shape[1], 1e-6)
    for decimals in range(6, -1, -1):
        fits = np.isclose(numbers, np.round(numbers, decimals), rtol=0, atol=1e-9) | np.isnan(numbers)
        steps[fits.all(axis=0)] = 10.0**-decimals
    return steps


def _equal(
    rows: NDArray[np.float64], added: NDArray[np.float64], steps: NDArray[np.float64], count: int
) -> NDArray[np.bool_]:
    """Whether rows equal sums of so many others in every column, exactly or to rounding, shape (..., c) to (...)."""
    error = np.minimum(steps * np.sqrt(count), 0.002 * np.abs(added)) + 1e-9 * np.abs(added)
    known = np.isfinite(rows)
    off = np.abs(np.where(known, rows, 0.0) - np.where(known, added, 0.0))
    return np.asarray((known.mean(axis=-1) >= KNOWN) & ((off <= error) | ~known).all(axis=-1))


def in_several_columns(numbers: NDArray[np.float64], parts: NDArray[np.bool_]) -> bool:
    """Whether a sum of these rows, shape (n,), is one in columns of which none is a multiple of another."""
    shares = np.nan_to_num(numbers[parts])
    shares = shares[:, shares.any(axis=0)]
    return bool(shares.shape[1] and np.linalg.matrix_rank(shares / shares.max(axis=0), tol=1e-3) > 1)


def found_by_chance(numbers: NDArray[np.float64], steps: NDArray[np.float64]) -> float:
    """Return how many sums in several columns these rows have on average in any order; never quite none.

    Of small numbers one is soon the sum of its neighbours, in every column; of many rows some are.
    """
    draw, unnamed = np.random.default_rng(0), np.zeros(len(numbers), dtype=bool)
    orders = int(np.clip(SHUFFLED // max(len(numbers), 1), *ORDERS))
    count, done = 1, 0
    while done < orders and count <= MANY:
        rows = draw.permutation(numbers)
        parents = part_of(rows, unnamed, steps)
        count += sum(in_several_columns(rows, parents == each) for each in np.unique(parents[parents >= 0]))
        done += 1
    return count / done
