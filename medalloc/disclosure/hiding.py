"""Small numbers of patients are not told, nor those from which they could be worked out."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.disclosure.history import HIDDEN
from medalloc.disclosure.laplace import Bits, drawn
from medalloc.disclosure.remembered import Remembered, remembered
from medalloc.disclosure.rule import Rule


def suppressed(counts: Sequence[Sequence[int]], fewest: int) -> NDArray[np.int64]:
    """Return a table of counts in which those from 1 to under `fewest` are hidden, and enough others.

    Parameters
    ----------
    counts : array-like of shape (n_rows, n_columns)
        Patients; in each column they add up to a total that is told. The columns of a row are parts of the one before
        them, so that their difference is a number of patients, too. [count]

    Notes
    -----
    Primary: a count is hidden where it, or what it leaves of the column before it, is from 1 to under `fewest`.
    Secondary: where one cell of a column alone is hidden, it is the total less the others; the smallest of these is
    hidden with it. 0 is told: it is nobody's number.

    Examples
    --------
    >>> suppressed([[40, 3], [30, 10], [20, 12]], 5).tolist()
    [[40, -1], [30, -1], [20, 12]]
    """
    told = np.array(counts, dtype=np.int64)
    if not told.size:
        return told
    few = (told > 0) & (told < fewest)
    left = np.zeros_like(few)
    rest = told[:, :-1] - told[:, 1:]
    left[:, 1:] = (rest > 0) & (rest < fewest)
    hidden = few | left
    for column in range(told.shape[1]):
        shown = ~hidden[:, column] & (told[:, column] > 0)
        # what is hidden in sum must not be a small number either
        while hidden[:, column].any() and shown.any() and _is_told(told[:, column], hidden[:, column], fewest):
            smallest = int(np.flatnonzero(shown)[told[shown, column].argmin()])
            hidden[smallest, column], shown[smallest] = True, False
    return np.where(hidden, HIDDEN, told)


def told(counts: ArrayLike, rule: Rule, *, of: str = "", rows: Sequence[str] | None = None) -> NDArray[np.float64]:
    """Return numbers of people as a rule tells them; NaN where one is not told.

    Parameters
    ----------
    counts : array-like of shape (n_rows, n_columns)
        As `suppressed` takes them; people with weights are told to the nearest whole.
    rule : Rule
        How few are hidden, and to what the others are rounded.
    of : str
        What the numbers are of: only tables of the same are held against each other.
    rows : sequence of str, optional
        Names of the rows: those of the same name are the same group of people, as far as tables are cut alike.

    Examples
    --------
    >>> told([[42, 3], [33, 10], [21, 12]], Rule(fewest=5, rounded_to=5)).tolist()
    [[40.0, nan], [35.0, nan], [20.0, 10.0]]

    Notes
    -----
    Where the rule remembers, nobody learns of a few people by taking one table from another, and a row is told whole or
    not at all; see `history`. With an epsilon, numbers carry noise instead; those that noise takes below the fewest are
    not told.
    """
    exact = np.asarray(counts, dtype=np.float64)
    if rule.tells_all:
        return exact
    whole = np.rint(exact).astype(np.int64)
    if rule.remembered is not None and exact.size:
        told_before = remembered(rule.remembered)
        if rule.epsilon is not None:
            noisy = with_noise(whole, rule.epsilon, told_before)
            return np.where(noisy < rule.fewest, np.nan, noisy) if rule.fewest > 1 else noisy
        whole = told_before.told(whole, rule.fewest, max(rule.fewest, rule.rounded_to), of, rows)
        hidden = whole == HIDDEN
    else:
        hidden = suppressed(whole.tolist(), rule.fewest) == HIDDEN if exact.size else np.zeros(exact.shape, dtype=bool)
    return np.where(hidden, np.nan, rule.rounded_to * np.rint(whole / rule.rounded_to))


def _is_told(column: NDArray[np.int64], hidden: NDArray[np.bool_], fewest: int) -> bool:
    """Whether the total gives hidden cells away: there is one alone, or they are fewer together than may be told."""
    return int(hidden.sum()) == 1 or int(column[hidden].sum()) < fewest


def with_noise(table: NDArray[np.int64], epsilon: float, told_before: Remembered) -> NDArray[np.float64]:
    """Return a table of people with noise in every number, at least 0, and note what it costs.

    Parameters
    ----------
    table : array of shape (n_rows, n_columns)
        Each person is in one row; the columns of a row are parts of the one before them. [count]
    epsilon : float
        Of each column: a person more or less changes one number in it by 1 (sensitivity 1). The table costs as many of
        them as it has columns, since a person may be in each. [1]

    Notes
    -----
    The noise of a table is drawn from its own numbers and the key: the same table has the same noise however often it
    is told, so that no mean of many takes it away, and who does not have the key cannot work it out.
    """
    key = told_before.key()
    text = sha256(repr(table.shape).encode() + np.ascontiguousarray(table).tobytes()).digest()
    told_before.spend(text, epsilon * table.shape[1])
    bits = Bits(key, text)
    noise = np.array([drawn(epsilon, bits) for _ in range(table.size)], dtype=np.int64).reshape(table.shape)
    # what cannot be is mended of what is told already, which costs nothing
    return np.minimum.accumulate(np.maximum(table + noise, 0), axis=1).astype(np.float64)
