"""The article's convolution y = softmax(W relu(Conv(X, K) + b) + c), on a weekly series."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused, require
from medalloc.lessons.sample import Floats
from medalloc.lessons.softmax import fit_softmax, said_by
from medalloc.sentences import sentence
from medalloc.tables.table import Table

WEEKS = 12
"""Weeks the network looks at. [weeks]"""

CLASSES = ("lower", "same", "higher")
"""What comes next, against the last week looked at."""

TRAIN_SHARE = 0.7
"""The older part of the windows, which is learned from. [fraction]"""

PENALTY = 1.0
LONGEST = 8


@dataclass(frozen=True, eq=False)
class Series:
    """One number a week."""

    weeks: NDArray[np.datetime64]
    """First day of each week, shape (weeks,)."""

    values: Floats
    """NaN where nothing is known, shape (weeks,)."""


@dataclass(frozen=True, eq=False)
class Read:
    """What the network makes of a series."""

    mapped: Floats
    """Conv(X, K) + b along the series, at the kernel's last week; NaN where a week is missing, shape (weeks,)."""

    ends: NDArray[np.int64]
    """Last week of each window that is whole and whose next week is known, shape (windows,)."""

    answers: NDArray[np.int64]
    """What came: place in `CLASSES`, shape (windows,)."""

    said: Floats
    """Probability of every class, shape (windows, classes). [fraction]"""

    weights: Floats
    """W and, in the last column, c; shape (classes, features + 1)."""

    is_train: NDArray[np.bool_]
    """Whether a window was learned from."""

    left_out: int
    """Weeks without a whole window or a known week to come. [weeks]"""

    def loss(self, *, test: bool) -> float:
        """Return the mean log-loss of the windows learned from or tested on. [nat]."""
        asked = self.is_train != test
        return float(-np.log(np.maximum(self.said[asked, self.answers[asked]], 1e-15)).mean())

    def correct(self, *, test: bool) -> float:
        """Return the share of windows whose likeliest class came. [fraction]."""
        asked = self.is_train != test
        return float(np.mean(self.said[asked].argmax(axis=1) == self.answers[asked]))

    def shares(self, *, test: bool) -> Floats:
        """Return the share of each class, shape (classes,). [fraction]."""
        asked = self.is_train != test
        counts = np.bincount(self.answers[asked], minlength=len(CLASSES))
        return np.asarray(counts / max(int(asked.sum()), 1))

    @property
    def plain_loss(self) -> float:
        """Test log-loss of always saying the training part's shares: what the network must beat. [nat]."""
        shares = np.maximum(self.shares(test=False), 1e-15)
        return float(-np.log(shares[self.answers[~self.is_train]]).mean())

    @property
    def plain_correct(self) -> float:
        """Share that always naming the training part's most frequent class gets right in the test. [fraction]."""
        return float(np.mean(self.answers[~self.is_train] == self.shares(test=False).argmax()))


def weekly(table: Table, region: str | None = None) -> Series:
    """Return the weekly series of a region, or the mean of all that reported in a week.

    Parameters
    ----------
    table : Table
        With columns ``week``, ``region`` and ``value``.
    region : str, optional
        Which region; the mean of all when left out.
    """
    frame = table.frame.assign(week=pd.to_datetime(table.frame["week"]))
    wide = frame.set_index(["week", "region"])["value"].astype(float).unstack()  # noqa: PD010 (no mean of repeated weeks)
    # a week that is not in the table is a gap, not a jump
    wide = wide.asfreq("7D")
    one = wide.mean(axis=1) if region is None else wide[region]
    return Series(wide.index.to_numpy(), one.to_numpy(dtype=np.float64))


def kernel_from_text(text: str) -> Floats:
    """Read a kernel, oldest week first, numbers separated by blanks or semicolons.

    Raises
    ------
    InputError
        If a part is no number, all are 0, or there are fewer than 1 or more than `LONGEST`; all faults at once.

    Examples
    --------
    >>> kernel_from_text("-1 0 1").tolist()
    [-1.0, 0.0, 1.0]
    """
    parts = text.replace(";", " ").split()
    faults, numbers = [], []
    for place, part in enumerate(parts, start=1):
        try:
            numbers.append(float(part.replace(",", ".")))
            known = np.isfinite(numbers[-1])
        except ValueError:
            known = False
        if not known:
            faults.append(
                sentence(
                    "Number {place} of the kernel is “{found}”; write a number such as 0.5.", place=place, found=part
                )
            )
    if not 1 <= len(parts) <= LONGEST:
        faults.append(
            sentence("The kernel has numbers: {count}; write 1 to {longest}.", count=len(parts), longest=LONGEST)
        )
    elif not faults and not np.any(numbers):
        faults.append(sentence("Every number of the kernel is 0, so that it sees nothing; change at least one."))
    require(*faults)
    return np.array(numbers)


def convolve(series: Floats, kernel: Floats) -> Floats:
    """Slide a kernel along a series and return the weighted sum at every place it fits.

    Parameters
    ----------
    series : array of float
        Shape (weeks,).
    kernel : array of float
        Weights, oldest week first, shape (k,), k <= weeks.

    Returns
    -------
    array of float
        Shape (weeks - k + 1,).

    Notes
    -----
    As in neural networks the kernel is not turned round first; mathematicians call this a cross-correlation.
    """
    return np.asarray(np.lib.stride_tricks.sliding_window_view(series, len(kernel)) @ kernel)


def relu(values: Floats) -> Floats:
    """Return what is above 0, and 0 for the rest."""
    return np.maximum(values, 0.0)


def read(series: Series, kernel: Floats, *, bias: float, ahead: int, band: float) -> Read:
    """Send every window of a series through the network and fit its last layer on the older ones.

    Parameters
    ----------
    kernel : array of float
        K, oldest week first.
    bias : float
        b, added before relu. [standard deviations]
    ahead : int
        Weeks ahead that are asked about. [weeks]
    band : float
        How far a number may move and still be "about the same". [fraction of the last week's]

    Raises
    ------
    InputError
        If fewer than 20 windows are whole.
    """
    ends = _whole_windows(series.values, ahead)
    if len(ends) < 20:
        raise refused(
            "Weeks with a whole window: {count}; at least 20 are needed. Choose another region.", count=len(ends)
        )
    train = np.arange(len(ends)) < round(TRAIN_SHARE * len(ends))
    # a window whose answer lies in the test part would be a look ahead
    first_test = ends[~train][0]
    learned = train & (ends + ahead < first_test)
    seen = series.values[: first_test + 1]
    scaled = (series.values - np.nanmean(seen)) / (np.nanstd(seen) or 1.0)
    windows = scaled[ends[:, None] + np.arange(1 - WEEKS, 1)]
    features = relu(np.array([convolve(each, kernel) for each in windows]) + bias)
    answers = _classes(series.values[ends], series.values[ends + ahead], band)
    weights = fit_softmax(features[learned], answers[learned], classes=len(CLASSES), penalty=PENALTY)
    mapped = np.concatenate([np.full(len(kernel) - 1, np.nan), convolve(scaled, kernel) + bias])
    kept = learned | ~train
    return Read(
        mapped,
        ends[kept],
        answers[kept],
        said_by(weights, features[kept]),
        weights,
        learned[kept],
        len(series.values) - int(kept.sum()),
    )


def _whole_windows(values: Floats, ahead: int) -> NDArray[np.int64]:
    ends = np.arange(WEEKS - 1, len(values) - ahead, dtype=np.int64)
    whole = ~np.isnan(values[ends[:, None] + np.arange(1 - WEEKS, 1)]).any(axis=1) & ~np.isnan(values[ends + ahead])
    return np.asarray(ends[whole], dtype=np.int64)


def _classes(now: Floats, later: Floats, band: float) -> NDArray[np.int64]:
    classes = np.ones(len(now), dtype=np.int64)
    classes[later > now * (1 + band)] = 2
    classes[later < now * (1 - band)] = 0
    return classes
