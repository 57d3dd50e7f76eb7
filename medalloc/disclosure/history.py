"""What was told of the same rows before, and how another table of them can be told so that no two tell of a few people.

Whoever has two tables that are cut differently, such as all regions by sex and the same without one region, takes one
from the other. The rules, for every row by its name:

1. What is told of a part of it is what was told before, or that and as many people more or less as are told at all.
2. What was hidden stays hidden while it is the same: it hid another number of that table.
3. What was told already hides nothing. Where too little is left that could, nothing of the table is told.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

HIDDEN = -1
"""Stands for a number that is not told."""

ABSENT = -(1 << 40)
"""Stands for the numbers of a row that a table does not have."""


class History:
    """Tables with the same columns, of which each row is the same group of people in all that name it. Only grows."""

    def __init__(self, columns: int) -> None:
        self._places: dict[str, int] = {}
        self._exact = self._shown = np.empty((0, 0, columns), dtype=np.int64)
        self._same: dict[tuple[object, ...], Whole] = {}

    def add(self, rows: Sequence[str], exact: Whole, shown: Whole, *under: int) -> None:
        """Take in a table as it is and as it was told, shape (n_rows, n_columns) each, under a rule."""
        at = self._columns(rows)
        self._exact = np.concatenate([self._exact, self._laid(exact, at)])
        self._shown = np.concatenate([self._shown, self._laid(shown, at)])
        self._same[tuple(rows), exact.tobytes(), *under] = shown

    def same(self, rows: Sequence[str], exact: Whole, *under: int) -> Whole | None:
        """Return the very same table as it was told before under the same rule; None where it was not."""
        return self._same.get((tuple(rows), exact.tobytes(), *under))

    def told(self, rows: Sequence[str], exact: Whole, fewest: int, apart: int) -> Whole:
        """Return a table as it can be told after all others; `HIDDEN` in rows that are not told.

        Parameters
        ----------
        exact : array of shape (n_rows, n_columns)
            People; the columns of a row are parts of the one before them. [count]
        fewest : int
            The fewest people that are told. [count]
        apart : int
            The fewest people between two different numbers that are told of the same part of a row. [count]
        """
        at = self._columns(rows)
        before, shown = self._exact[:, at], self._shown[:, at]
        is_told: Mask = np.asarray((shown >= 0).all(axis=2))
        is_hidden: Mask = np.asarray((shown == HIDDEN).any(axis=2))
        known = ((shown == exact).all(axis=2) & is_told).any(axis=0)
        stays = ((before == exact).all(axis=2) & is_hidden).any(axis=0) & ~known
        hidden: Mask = hidden_rows(exact, fewest, stays, known)
        told_before = np.where(is_told[:, :, None], _parts(shown), ABSENT)
        return np.where(hidden[:, None], HIDDEN, _whole(_steadied(_parts(exact), told_before, apart)))

    def _columns(self, rows: Sequence[str]) -> NDArray[np.intp]:
        at = np.array([self._places.setdefault(each, len(self._places)) for each in rows], dtype=np.intp)
        more = len(self._places) - self._exact.shape[1]
        if more:
            wider = ((0, 0), (0, more), (0, 0))
            self._exact, self._shown = (
                np.pad(each, wider, constant_values=ABSENT) for each in (self._exact, self._shown)
            )
        return at

    def _laid(self, table: Whole, at: NDArray[np.intp]) -> Whole:
        laid = np.full((1, *self._exact.shape[1:]), ABSENT, dtype=np.int64)
        laid[0, at] = table
        return laid


def hidden_rows(table: Whole, fewest: int, stays: Mask, known: Mask) -> Mask:
    """Return which rows are not told, shape (n_rows,).

    Parameters
    ----------
    table : array of shape (n_rows, n_columns)
        People. [count]
    fewest : int
        The fewest people that are told. [count]
    stays : array of shape (n_rows,)
        Which are hidden in any case.
    known : array of shape (n_rows,)
        Which hide nothing, as somebody knows them.

    Examples
    --------
    >>> nobody = np.zeros(3, dtype=bool)
    >>> hidden_rows(np.array([[40], [3], [20]]), 5, nobody, nobody).tolist()
    [False, True, True]
    >>> hidden_rows(np.array([[40], [3], [20]]), 5, nobody, nobody | [False, False, True]).tolist()
    [True, True, False]
    >>> hidden_rows(np.array([[40], [3], [20]]), 5, nobody, nobody | [True, False, True]).tolist()
    [True, True, True]
    """
    parts = _parts(table)
    hidden: Mask = stays | ((parts > 0) & (parts < fewest)).any(axis=1)
    while hidden.any():
        unknown = hidden & ~known
        together = parts[unknown].sum(axis=0)
        # the total tells of one alone, of several who are few together, and where each of them is one person
        each_is_one = together == (parts[unknown] > 0).sum(axis=0)
        lacks = (unknown.sum() == 1) | ((together > 0) & ((together < fewest) | each_is_one))
        could = ~hidden & (parts[:, lacks] > 0).any(axis=1)
        if not could.any():
            break
        if (could & ~known).any():
            hidden[np.flatnonzero(could & ~known)[table[could & ~known, 0].argmin()]] = True
        else:
            return np.ones_like(hidden) if unknown.sum() == 1 else hidden
    return hidden


def _parts(table: Whole) -> Whole:
    """Return what each column leaves of the one before it, and the last one, in the last axis."""
    parts: Whole = table - np.concatenate([table[..., 1:], np.zeros_like(table[..., :1])], axis=-1)
    return parts


def _whole(parts: Whole) -> Whole:
    whole: Whole = parts[..., ::-1].cumsum(axis=-1)[..., ::-1]
    return whole


def _steadied(parts: Whole, before: Whole, apart: int) -> Whole:
    """Return parts as the nearest of them were told before, where fewer than so many people lie between them."""
    if not len(before):
        return parts
    off = np.abs(before - parts)
    nearest = off.argmin(axis=0)[None]
    was, least = np.take_along_axis(before, nearest, axis=0)[0], np.take_along_axis(off, nearest, axis=0)[0]
    return np.where(least < apart, was, parts)
