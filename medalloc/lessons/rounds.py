"""Boosting round by round: each small tree learns what the trees before it got wrong."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.sample import Floats, Sample

MOST_ROUNDS = 150
GROUPS = 12
"""Groups of patients along one column."""


@dataclass(frozen=True, eq=False)
class Boosted:
    """What was said of every patient after each round; round 0 is the share in need, the same for everybody."""

    train: Floats
    """Probability of need of the patients learned from, shape (rounds + 1, patients). [fraction]"""

    test: Floats
    """Of patients not seen, shape (rounds + 1, patients). [fraction]"""

    train_loss: Floats
    """Mean log-loss of the former, shape (rounds + 1,). [nat]"""

    test_loss: Floats
    """Of the latter. [nat]"""

    @property
    def best_round(self) -> int:
        """Round after which patients not seen are told best."""
        return int(np.argmin(self.test_loss))


@dataclass(frozen=True, eq=False)
class Residuals:
    """What is left to explain along one column, in groups of like size."""

    value: Floats
    """Mean of the column in each group, in its unit, shape (groups,)."""

    residual: Floats
    """Mean of need minus probability in each group. [fraction]"""

    count: NDArray[np.int64]
    """Patients in each group. [count]"""


def boost(train: Sample, test: Sample, *, rate: float, depth: int, rounds: int = MOST_ROUNDS) -> Boosted:
    """Boost trees for the log-loss.

    Parameters
    ----------
    rate : float
        Part of each tree's answer that is taken, in (0, 1]. [fraction]
    depth : int
        Questions a tree may ask one after the other. [count]
    rounds : int
        Trees. [count]

    Notes
    -----
    Each tree is fitted to need minus probability; its leaves then take one Newton step of the log-loss, as in
    Friedman's gradient boosting [1]_.

    References
    ----------
    .. [1] J. H. Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29, 2001.
    """
    share = float(train.need.mean())
    start = np.log(share / (1 - share))
    odds = [np.full(len(part.need), start) for part in (train, test)]
    said: list[list[Floats]] = [[_probability(each)] for each in odds]
    for number in range(rounds):
        steps = _tree(train, said[0][-1], test, depth=depth, seed=number)
        odds = [before + rate * step for before, step in zip(odds, steps, strict=True)]
        for kept, now in zip(said, odds, strict=True):
            kept.append(_probability(now))
    learnt, unseen = (np.array(each) for each in said)
    return Boosted(learnt, unseen, log_loss(train.need, learnt), log_loss(test.need, unseen))


def residuals(sample: Sample, column: str, probability: Floats, *, groups: int = GROUPS) -> Residuals:
    """Return what is left to explain along one column.

    Parameters
    ----------
    column : str
        One of their columns; patients of equal value are never put into different groups.
    probability : array of float
        What is said of each of them, shape (patients,). [fraction]
    groups : int
        At most this many. [count]
    """
    values = sample.values[:, sample.columns.index(column)]
    cuts = np.unique(np.quantile(values, np.arange(1, groups) / groups))
    member = np.unique(np.searchsorted(cuts, values, side="left"), return_inverse=True)[1]
    count = np.bincount(member)
    left = sample.need - probability
    return Residuals(np.bincount(member, values) / count, np.bincount(member, left) / count, count)


def log_loss(need: NDArray[np.int8], probability: Floats) -> Floats:
    """Return the mean log-loss of each row of probabilities, shape (rows,); a coin toss has ln 2. [nat]."""
    # a probability of exactly 0 or 1 that is wrong would be an endless loss
    sure = np.clip(probability, 1e-15, 1 - 1e-15)
    return np.asarray(-np.where(need == 1, np.log(sure), np.log1p(-sure)).mean(axis=-1))


def _tree(train: Sample, said: Floats, test: Sample, *, depth: int, seed: int) -> tuple[Floats, Floats]:
    """Return what one tree, fitted to the residuals, adds to the log-odds of each patient."""
    from sklearn.tree import DecisionTreeRegressor

    left = train.need - said
    tree = DecisionTreeRegressor(max_depth=depth, random_state=seed).fit(train.values, left)
    leaves = tree.apply(train.values)
    slope, curve = np.bincount(leaves, left), np.bincount(leaves, said * (1 - said))
    newton = np.divide(slope, curve, out=np.zeros_like(slope), where=curve > 1e-12)
    return newton[leaves], newton[tree.apply(test.values)]


def _probability(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))
