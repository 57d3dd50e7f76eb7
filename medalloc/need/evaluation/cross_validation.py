"""Scores and probabilities from models that have not seen the rows they speak of."""

from collections.abc import Callable
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.conformal import ConformalLevel, conformal_levels
from medalloc.need.measures.calibration import cross_fitted, fit_calibrator
from medalloc.need.measures.scores import Scores, scores
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import Patients
from medalloc.need.training.splitting import Folds, plan_folds
from medalloc.need.training.target import MISSING
from medalloc.need.training.training import predict_held_out
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence

Floats = NDArray[np.float64]
Progress = Callable[[float, Sentence], None]


@dataclass(frozen=True)
class CrossValidation:
    """Scores over folds, none of which was seen by the model that predicted it."""

    folds: int
    """Number of folds. [count]"""

    mean: Scores
    """Mean of each score."""

    spread: Scores
    """Standard deviation of each score between folds."""

    kind: str
    """What decides the folds: ``time``, ``patient`` or ``chance``."""

    by_fold: tuple[Scores, ...]
    """Scores of each fold; folds are the same for every model of a table and seed."""

    learnt: tuple[int, ...]
    """Rows learned from before each fold. [count]"""

    tested: tuple[int, ...]
    """Rows of each fold. [count]"""


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """What cross-validation found."""

    summary: CrossValidation
    """Scores over folds."""

    probability: Floats
    """Calibrated probability of need for each row of the table; NaN for rows the recipe leaves out. [fraction]"""

    own_probability: Floats | None
    """The model's own probability of each known row before calibration, NaN elsewhere; None for models without one."""

    conformal: tuple[ConformalLevel, ...]
    """For how many rows the answer is clear, by level."""

    fit_seconds: float
    """How long learning took for one fold, on average. [s]"""


def cross_validate(patients: Patients, recipe: Recipe, choice: ModelChoice, tell: Progress) -> OutOfFold:
    """Predict every row by a model that did not learn from it, and score the folds.

    Parameters
    ----------
    choice : ModelChoice
        Which model; its seed decides the folds.
    """
    known = patients.known
    need = patients.need[known]
    planned = plan_folds(known, patients.need, patients.groups, patients.times, seed=choice.seed)
    margin, own, seconds = _predict(patients, recipe, choice, planned, tell)
    tell(0.9, sentence("Calibrating the probabilities."))
    weight = patients.weights_at(known)
    calibrated = cross_fitted(margin, need, planned.of_row, choice.calibration, weight)
    judged = own if CATALOGUE[choice.kind].as_printed else calibrated
    probability, own_probability = np.full((2, len(patients.need)), np.nan)
    probability[known], own_probability[known] = calibrated, own
    unknown = patients.usable[patients.need[patients.usable] == MISSING]
    if len(unknown):
        # Nobody learned from these rows, so the model of all known rows may speak.
        found = predict_held_out(patients, recipe, choice, known, unknown)
        probability[unknown] = fit_calibrator(margin, need, choice.calibration, weight)(found.margin)
    return OutOfFold(
        _summary(planned, need, judged, weight),
        probability,
        None if np.isnan(own).all() else own_probability,
        conformal_levels(need, calibrated, planned.of_row, in_order=planned.kind == "time", weight=weight),
        seconds,
    )


def _predict(
    patients: Patients, recipe: Recipe, choice: ModelChoice, planned: Folds, tell: Progress
) -> tuple[Floats, Floats, float]:
    """Return margin and own probability (NaN where there is none) of each known row, and the mean time of a fit."""
    known, seconds = patients.known, []
    margin, own = np.empty(len(known)), np.full(len(known), np.nan)
    numbers = [int(number) for number in np.unique(planned.of_row)]
    for place, number in enumerate(numbers):
        tell(
            0.3 + 0.5 * place / len(numbers),
            sentence("Cross-validation: fold {number} of {folds}.", number=place + 1, folds=len(numbers)),
        )
        tested = planned.tested(number)
        found = predict_held_out(patients, recipe, choice, known[planned.learnt(number)], known[tested])
        margin[tested] = found.margin
        if found.probability is not None:
            own[tested] = found.probability
        seconds.append(found.fit_seconds)
    return margin, own, float(np.mean(seconds))


def _summary(planned: Folds, need: NDArray[np.int8], judged: Floats, weight: Floats | None) -> CrossValidation:
    numbers, by_fold = range(planned.count), []
    for tested in map(planned.tested, numbers):
        by_fold.append(scores(need[tested], judged[tested], weight=None if weight is None else weight[tested]))
    table = np.array([astuple(one) for one in by_fold])
    mean, spread = [], []
    for column in table.T:
        # A fold without both answers has no ROC AUC.
        defined = column[~np.isnan(column)]
        mean.append(float(defined.mean()) if len(defined) else float("nan"))
        spread.append(float(defined.std(ddof=1)) if len(defined) > 1 else float("nan"))
    return CrossValidation(
        len(by_fold),
        Scores(*mean),
        Scores(*spread),
        planned.kind,
        tuple(by_fold),
        tuple(int(planned.learnt(number).sum()) for number in numbers),
        tuple(int(planned.tested(number).sum()) for number in numbers),
    )
