"""Which model to use: a verdict that follows from the folds, and never names a winner inside their spread."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from medalloc.need.comparison.verdict import Standing, guessing, in_words
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.cross_validation import CrossValidation
from medalloc.need.evaluation.storage import plain, plain_ends
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.measures.scores import Scores
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.sentences import Sentence

SIGNIFICANCE = 0.05
"""Chance of telling two equal models apart that is put up with, and the level of every test here."""


@dataclass(frozen=True)
class PairedTest:
    """Whether a difference over folds is more than their spread."""

    mean: float
    """Mean difference."""

    p_value: float
    """Chance of a difference at least this far from 0 between equals; 1 where it cannot be told."""


@dataclass(frozen=True)
class ComparedModel:
    """One row of the leaderboard."""

    kind: str
    """Which model."""

    mean: Scores
    """Mean of each score over folds."""

    spread: Scores
    """Standard deviation of each score between folds."""

    fit_seconds: float
    """How long learning took for one fold, on average. [s]"""

    test: Scores
    """Scores on the rows that were set aside."""

    intervals: Mapping[str, Interval]
    """Bootstrap interval of each score on these rows."""


@dataclass(frozen=True)
class Comparison:
    """Models beside each other on the same folds, and what follows."""

    models: tuple[ComparedModel, ...]
    """From the highest mean ROC AUC to the lowest."""

    chosen: str
    """The simplest of those that cannot be told apart from the highest, out of those that beat guessing if any does."""

    together: tuple[str, ...]
    """The highest and those that cannot be told apart from it."""

    beats_guessing: bool
    """Whether the chosen model's ROC AUC is above 0.5 by more than the folds differ."""

    folds: int
    """Number of folds. [count]"""

    kind: str
    """What decides the folds: ``time``, ``patient`` or ``chance``."""

    majority: Scores
    """Scores of always giving the more frequent answer."""

    verdict: tuple[Sentence, ...]
    """What follows, in words."""


def corrected_test(differences: ArrayLike, learnt: Sequence[int], tested: Sequence[int]) -> PairedTest:
    """Test whether paired differences over folds are more than their spread, by Nadeau and Bengio's corrected t.

    Parameters
    ----------
    differences : array of float
        Score of one model minus score of the other, fold by fold; folds where it is NaN are left out. Shape (folds,).
    learnt, tested : sequence of int
        Rows each fold's model learned from, and rows of each fold. [count]

    Notes
    -----
    Folds share most of the rows they learn from, so that the usual variance of a mean, s² / k, is far too small. The
    corrected one is (1 / k + tested / learnt) s². It is an approximation, and no test of few folds sees small
    differences.

    References
    ----------
    .. [1] C. Nadeau, Y. Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003.
       doi:10.1023/A:1024068626366

    Examples
    --------
    >>> found = corrected_test([0.02, 0.01, 0.03, 0.02, 0.02], [80] * 5, [20] * 5)
    >>> round(found.mean, 6), round(found.p_value, 4)
    (0.02, 0.0135)
    """
    every = np.asarray(differences, dtype=np.float64)
    defined = ~np.isnan(every)
    values, count = every[defined], int(defined.sum())
    if count < 2:
        return PairedTest(float(values.mean()) if count else float("nan"), 1.0)
    ratio = float(np.mean(np.asarray(tested, dtype=np.float64)[defined] / np.asarray(learnt)[defined]))
    mean, variance = float(values.mean()), float(values.var(ddof=1))
    error = math.sqrt((1 / count + ratio) * variance)
    # Differences that agree to the last digits are all the same.
    if error <= 1e-12:
        return PairedTest(mean, 1.0 if abs(mean) <= 1e-12 else 0.0)
    from scipy.stats import t

    return PairedTest(mean, float(2 * t.sf(abs(mean) / error, count - 1)))


def compare(every: Mapping[str, Assessment], names: Mapping[str, str] | None = None) -> Comparison:
    """Compare assessments that were cross-validated on the same folds.

    Parameters
    ----------
    names : mapping, optional
        What each kind is called in the verdict; by its kind when left out.

    Raises
    ------
    ValueError
        If there is none, or they were not cross-validated on the same folds.
    """
    folds = {kind: _folds(each) for kind, each in every.items()}
    if len({(each.kind, each.tested, each.learnt) for each in folds.values()}) != 1:
        raise ValueError("Models are compared on the same folds, or not at all.")
    models = tuple(sorted((_row(each) for each in every.values()), key=lambda row: -_or_guessing(row.mean.roc_auc)))
    tests = {row.kind: _against(folds[models[0].kind], folds[row.kind]) for row in models[1:]}
    together = (models[0].kind, *(kind for kind, test in tests.items() if test.p_value >= SIGNIFICANCE))
    # a simple model that ranks no better than a coin is not taken for one that does
    above = tuple(kind for kind in together if _beats_guessing(folds[kind]))
    chosen = min(above or together, key=list(CATALOGUE).index)
    first, any_one = folds[chosen], next(iter(every.values()))
    standing = Standing(
        auc={row.kind: (row.mean.roc_auc, row.spread.roc_auc) for row in models},
        together=together,
        chosen=chosen,
        above_guessing=above,
        accuracy=first.mean.accuracy,
        majority=first.mean.majority_accuracy,
    )
    named = {kind: (names or {}).get(kind, kind) for kind in every}
    return Comparison(
        models,
        chosen,
        together,
        chosen in above,
        first.folds,
        first.kind,
        guessing(any_one.test_need, first.mean.majority_accuracy, any_one.test_weight),
        in_words(standing, named),
    )


def _folds(of: Assessment) -> CrossValidation:
    if of.cross_validation is None:
        raise ValueError(f"{of.choice.kind} was not cross-validated.")
    return of.cross_validation


def _row(of: Assessment) -> ComparedModel:
    folds = _folds(of)
    return ComparedModel(of.choice.kind, folds.mean, folds.spread, of.fit_seconds or 0.0, of.scores, of.intervals)


def _against(one: CrossValidation, other: CrossValidation) -> PairedTest:
    pairs = zip(one.by_fold, other.by_fold, strict=True)
    return corrected_test([a.roc_auc - b.roc_auc for a, b in pairs], one.learnt, one.tested)


def _beats_guessing(of: CrossValidation) -> bool:
    over_half = corrected_test([each.roc_auc - 0.5 for each in of.by_fold], of.learnt, of.tested)
    return over_half.mean > 0 and over_half.p_value < SIGNIFICANCE


def _or_guessing(auc: float) -> float:
    return 0.5 if math.isnan(auc) else auc


def leaderboard_json(compared: Comparison) -> dict[str, Any]:
    """Return a leaderboard as the command line prints it: scores over folds, the majority last, and the verdict."""
    rows = [
        _leaderboard_row(row.kind, row.mean, row.spread.roc_auc, row.fit_seconds)
        | {"test_auc": plain(row.test.roc_auc), "auc_interval": plain_ends(row.intervals.get("roc_auc"))}
        for row in compared.models
    ]
    return {
        "leaderboard": [*rows, _leaderboard_row("majority", compared.majority, 0.0, 0.0)],
        "folds": compared.folds,
        "folds_by": compared.kind,
        "chosen": compared.chosen,
        "cannot_be_told_apart": list(compared.together),
        "verdict": " ".join(map(str, compared.verdict)),
    }


def _leaderboard_row(kind: str, mean: Scores, spread: float, seconds: float) -> dict[str, Any]:
    return {
        "model": kind,
        "auc": plain(mean.roc_auc),
        "auc_spread": plain(spread),
        "accuracy": mean.accuracy,
        "balanced": plain(mean.balanced_accuracy),
        "brier": mean.brier,
        "fit_seconds": seconds,
    }
