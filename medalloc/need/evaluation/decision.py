"""Whether acting on a model is worth more than acting for everybody or for nobody."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.need.measures.bootstrap import Interval, percentile_interval, resample_count, weights
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]

THRESHOLDS = np.arange(100) / 100


@dataclass(frozen=True, eq=False)
class DecisionCurve:
    """What acting on the model is worth at every threshold, beside acting for everybody and for nobody."""

    threshold: Floats
    """Probability from which on one acts. [fraction]"""

    model: Floats
    """Net benefit of acting on the model. [true positives/row]"""

    everybody: Floats
    """Net benefit of acting for everybody; for nobody it is 0. [true positives/row]"""

    def useful(self) -> NDArray[np.bool_]:
        """Return at which thresholds the model is worth more than acting for everybody and for nobody."""
        return np.asarray(self.model > np.maximum(self.everybody, 0.0) + 1e-12)

    def in_words(self) -> Sentence:
        """Say from which threshold to which the model is worth acting on."""
        useful = np.flatnonzero(self.useful())
        if not len(useful):
            return sentence(
                "At no threshold is acting on the model worth more than treating all or treating none: on "
                "these rows it is of no use for deciding."
            )
        first, last = useful[0], useful[-1]
        ends = {"low": round(100 * self.threshold[first]), "high": round(100 * self.threshold[last])}
        if last - first + 1 > len(useful):
            return sentence(
                "Acting on the model is worth more than treating all and treating none at most thresholds "
                "from {low}% to {high}%, but not at all of them.",
                **ends,
            )
        return sentence(
            "Acting on the model is worth more than treating all and treating none at thresholds from "
            "{low}% to {high}%.",
            **ends,
        )


@dataclass(frozen=True)
class Worth:
    """What acting on the model at one threshold is worth beyond doing without it."""

    gain: float
    """Net benefit of the model minus that of the better of everybody and nobody. [true positives/row]"""

    interval: Interval
    """Where the gain would lie if other patients had come."""

    everybody: bool
    """Whether acting for everybody is the better way to do without the model; else for nobody."""

    def in_words(self, threshold: float) -> Sentence:
        """Say what that means for 100 patients."""
        instead = sentence("treating all") if self.everybody else sentence("treating none")
        # harm is told as a loss: its ends change sides and sign
        sign = -1.0 if self.interval.high < 0 else 1.0
        low, high = sorted((sign * self.interval.low, sign * self.interval.high))
        figures = {
            "threshold": round(100 * threshold),
            "gain": f"{100 * sign * self.gain:.1f}",
            "low": f"{100 * low:.1f}",
            "high": f"{100 * high:.1f}",
            "instead": instead,
        }
        if self.interval.low > 0:
            return sentence(
                "At {threshold}%, of 100 patients it is as good as finding {gain} more in need at no false "
                "alarm (95% interval {low} to {high}), against {instead}.",
                **figures,
            )
        if self.interval.high < 0:
            return sentence(
                "At {threshold}% the model does harm against {instead}: of 100 patients it is as bad as "
                "missing {gain} in need (95% interval {low} to {high}).",
                **figures,
            )
        return sentence(
            "At {threshold}% the model cannot be told apart from {instead} (of 100 patients {gain}, 95% "
            "interval {low} to {high}).",
            **figures,
        )


def decision_curve(
    need: ArrayLike, probability: ArrayLike, thresholds: Floats = THRESHOLDS, *, weight: Floats | None = None
) -> DecisionCurve:
    """Return the net benefit of acting on a model, and of acting for everybody.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    probability : array of float
        What was predicted, shape (rows,); true probabilities, not scores. [fraction]
    thresholds : ndarray
        Probabilities from which on one acts, in [0, 1).

    Notes
    -----
    A threshold t says that one missed need weighs as much as (1 - t) / t false ones, so that the net benefit is true
    positives minus t / (1 - t) false positives, a row. At the threshold itself one acts; at 0 one acts for everybody.

    References
    ----------
    .. [1] A. J. Vickers, E. B. Elkin, "Decision Curve Analysis", Medical Decision Making 26, 2006.
       doi:10.1177/0272989X06295361
    """
    observed, said = np.asarray(need), np.asarray(probability, dtype=np.float64)
    order = np.argsort(said, kind="stable")
    counts = np.ones(len(order)) if weight is None else weight[order]
    odds, place = thresholds / (1 - thresholds), np.searchsorted(said[order], thresholds, side="left")
    # how much those from each place on count, of those in need and of the others
    positive, negative = (
        np.append(np.cumsum((counts * (observed[order] == each))[::-1])[::-1], 0.0) for each in (1, 0)
    )
    net, everybody = positive[place] - odds * negative[place], positive[0] - odds * negative[0]
    return DecisionCurve(thresholds, net / counts.sum(), everybody / counts.sum())


def worth(
    need: ArrayLike,
    probability: ArrayLike,
    threshold: float,
    *,
    patients: NDArray[np.int64] | None = None,
    seed: int = 0,
    weight: Floats | None = None,
) -> Worth:
    """Return what acting on the model at one threshold is worth, with its bootstrap interval.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    probability : array of float
        What was predicted, shape (rows,). [fraction]
    threshold : float
        Probability from which on one acts, in [0, 1). [fraction]
    patients : ndarray of int, optional
        Patient of each row, when patients repeat.
    """
    observed = np.asarray(need, dtype=np.float64)
    called = np.asarray(probability, dtype=np.float64) >= threshold
    acted = observed - threshold / (1 - threshold) * (1 - observed)
    counts = np.ones(len(observed)) if weight is None else weight
    everybody = bool(counts @ acted > 0)
    gains = np.where(called, acted, 0.0) - (acted if everybody else 0.0)
    rows = len(observed)
    drawn = [
        each @ (counts * gains) / (each @ counts)
        for each in weights(rows, patients, resamples=resample_count(rows), seed=seed)
    ]
    return Worth(float(counts @ gains / counts.sum()), percentile_interval(np.concatenate(drawn)), everybody)
