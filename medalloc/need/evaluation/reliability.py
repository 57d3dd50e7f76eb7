"""Whether of all patients given 30 % about 30 % are in need, before and after calibration."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.measures.scores import CalibrationCurve, calibration_curve
from medalloc.need.training.target import MISSING
from medalloc.sentences import Sentence, counted

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reliability:
    """How true probabilities are."""

    brier: float
    """Mean squared difference of probability and need. [fraction]"""

    gap: float
    """Mean difference of predicted and observed need over groups of equal size. [fraction]"""

    curve: CalibrationCurve
    """Predicted and observed need in these groups."""


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """What calibration changes, each row predicted by a model and a curve that had not seen it."""

    before: Reliability | None
    """Of the model's own probabilities; None for models that give none."""

    after: Reliability
    """Of the calibrated ones."""

    def in_words(self) -> Sentence:
        """Say whether probabilities became truer."""
        after = {"brier": f"{self.after.brier:.4f}", "gap": f"{100 * self.after.gap:.1f}"}
        if self.before is None:
            return counted(
                "This model gives scores, not probabilities; calibrated, their Brier score is {brier} and they are "
                "off by {gap} percentage point on average.",
                "This model gives scores, not probabilities; calibrated, their Brier score is {brier} and they are "
                "off by {gap} percentage points on average.",
                "gap",
                **after,
            )
        figures = {**after, "before": f"{self.before.brier:.4f}", "gap_before": f"{100 * self.before.gap:.1f}"}
        if self.after.brier < self.before.brier:
            return counted(
                "Calibration makes the probabilities truer: the Brier score falls from {before} to {brier}, the mean "
                "difference of predicted and real share goes from {gap_before} to {gap} percentage point.",
                "Calibration makes the probabilities truer: the Brier score falls from {before} to {brier}, the mean "
                "difference of predicted and real share goes from {gap_before} to {gap} percentage points.",
                "gap",
                **figures,
            )
        return counted(
            "Calibration does not make the probabilities truer here: the Brier score was {before} and is {brier}, the "
            "mean difference of predicted and real share goes from {gap_before} to {gap} percentage point.",
            "Calibration does not make the probabilities truer here: the Brier score was {before} and is {brier}, the "
            "mean difference of predicted and real share goes from {gap_before} to {gap} percentage points.",
            "gap",
            **figures,
        )


def reliability(need: NDArray[np.int8], probability: Floats, weight: Floats | None = None) -> Reliability:
    """Return how true probabilities are, rows counting as `weight` says.

    Examples
    --------
    >>> found = reliability(np.array([0, 0, 0, 1] * 50, dtype=np.int8), np.full(200, 0.25))
    >>> found.brier, found.gap
    (0.1875, 0.0)
    """
    curve = calibration_curve(need, probability, weight=weight)
    gap = np.average(np.abs(curve.predicted - curve.observed), weights=curve.weight)
    return Reliability(float(np.average((probability - need) ** 2, weights=weight)), float(gap), curve)


def before_and_after(of: Assessment) -> BeforeAfter | None:
    """Return what calibration changed, or None without cross-validation."""
    if of.need is None or of.probability is None:
        return None
    told = (of.need != MISSING) & ~np.isnan(of.probability)
    own, weight = of.own_probability, None if of.weight is None else of.weight[told]
    before = None if own is None else reliability(of.need[told], own[told], weight)
    return BeforeAfter(before, reliability(of.need[told], of.probability[told], weight))
