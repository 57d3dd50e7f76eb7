"""Train a model of amounts and find out how good it is, what it goes by, and how much each row will need."""

from collections.abc import Callable, Mapping
from dataclasses import astuple
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.amount_assessment import AmountAssessment, AmountFolds, TrainedAmounts
from medalloc.need.explanation.importance import importances
from medalloc.need.measures.amounts import AmountScores, amount_intervals, amount_scores, deciles, unit_deviance
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.amount import Amount
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.splitting import Folds, plan_folds
from medalloc.need.training.training import fit_on, learning_warnings, split_patients
from medalloc.need.training.traps import amount_leaks
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
Progress = Callable[[float, Sentence], None]
Options = Mapping[str, float | str]


def amount_choice(kind: str, amount: Amount, seed: int, options: Options) -> ModelChoice:
    """Return a model of amounts that weighs errors as the column asks for."""
    return ModelChoice(kind, seed=seed, options={**options, "family": amount.family})


def assess_amounts(
    table: Table,
    recipe: Recipe,
    kind: str,
    seed: int,
    *,
    options: Options = MappingProxyType({}),
    progress: Progress | None = None,
    keep: Callable[[TrainedAmounts], None] | None = None,
) -> AmountAssessment:
    """Train a model of amounts, test it, and predict every row of the table without having learned from it.

    Parameters
    ----------
    table : Table
        Its need column holds amounts, see `read_amount`.
    kind : str
        One of `AMOUNTS`.
    options : mapping
        Options of the model that differ from their defaults.
    progress : callable, optional
        Told the fraction done and what is being done.
    keep : callable, optional
        Given the model as soon as it is trained.

    Raises
    ------
    InputError
        If the table, the recipe and the model do not go together; all faults at once.
    """
    tell = progress or (lambda _fraction, _doing: None)
    tell(0.0, sentence("Preparing the table and training the model."))
    patients = gather(table, recipe)
    amount = _amount_of(patients)
    choice = amount_choice(kind, amount, seed, options)
    trained, said = _trained(patients, recipe, choice)
    if keep is not None:
        keep(trained)
    tell(0.2, sentence("Measuring what the model goes by."))
    test, truth = trained.split.test, amount.values[trained.split.test]
    found, explained, remarks = importances(
        trained.fitted, patients, test, choice, partial(_score, family=amount.family)
    )
    expected, folds, seconds = _cross_validated(patients, recipe, choice, tell)
    known = patients.known[~np.isnan(expected[patients.known])]
    tell(1.0, sentence("Done."))
    return AmountAssessment(
        rows=len(table.frame),
        train_rows=len(trained.split.train),
        test_rows=len(test),
        features=trained.fitted.prepared.sources,
        choice=choice,
        recipe=recipe,
        sha256=table.source.sha256,
        scores=trained.scores,
        intervals=amount_intervals(
            truth,
            said,
            amount.family,
            patients=None if patients.groups is None else patients.groups[test],
            seed=seed,
            weight=patients.weights_at(test),
        ),
        cross_validation=folds,
        deciles=deciles(amount.values[known], expected[known], weight=patients.weights_at(known)),
        importances=found,
        warnings=(*trained.warnings, *remarks),
        expected=expected,
        explanations=explained,
        fit_seconds=seconds,
    )


def _trained(patients: Patients, recipe: Recipe, choice: ModelChoice) -> tuple[TrainedAmounts, Floats]:
    """Return the model that learned from the training rows, and what it says of the test rows."""
    parts, amount = split_patients(patients, choice), _amount_of(patients)
    fitted = fit_on(patients, recipe, choice, parts.train)
    said = fitted.raw(patients.features, parts.test)
    warnings = (*learning_warnings(patients, recipe, choice, parts), *amount_leaks(fitted, patients, parts.train))
    scores = amount_scores(amount.values[parts.test], said, amount.family, patients.weights_at(parts.test))
    return TrainedAmounts(choice, fitted, parts, amount, scores, warnings), said


def _cross_validated(
    patients: Patients, recipe: Recipe, choice: ModelChoice, tell: Progress
) -> tuple[Floats, AmountFolds, float]:
    """Return what is expected of each row by models that did not learn from it, the scores, and the time of a fit."""
    import time

    amount, known = _amount_of(patients), patients.known
    planned = plan_folds(known, patients.need, patients.groups, patients.times, seed=choice.seed)
    expected, seconds = np.full(len(patients.need), np.nan), []
    numbers = [int(number) for number in np.unique(planned.of_row)]
    for place, number in enumerate(numbers):
        tell(
            0.3 + 0.6 * place / len(numbers),
            sentence("Cross-validation: fold {number} of {folds}.", number=place + 1, folds=len(numbers)),
        )
        start = time.perf_counter()
        fitted = fit_on(patients, recipe, choice, known[planned.learnt(number)])
        seconds.append(time.perf_counter() - start)
        tested = known[planned.tested(number)]
        expected[tested] = fitted.raw(patients.features, tested)
    unknown = patients.usable[np.isnan(amount.values[patients.usable])]
    if len(unknown):
        # nobody learned from these rows, so the model of all known rows may speak
        expected[unknown] = fit_on(patients, recipe, choice, known).raw(patients.features, unknown)
    return expected, _summary(planned, patients, expected), float(np.mean(seconds))


def _summary(planned: Folds, patients: Patients, expected: Floats) -> AmountFolds:
    amount, known = _amount_of(patients), patients.known
    tested = [known[planned.tested(number)] for number in range(planned.count)]
    by_fold = tuple(
        amount_scores(amount.values[rows], expected[rows], amount.family, patients.weights_at(rows)) for rows in tested
    )
    scores = np.array([astuple(each) for each in by_fold])
    with np.errstate(invalid="ignore"):
        spread = scores.std(axis=0, ddof=1)
    return AmountFolds(
        planned.count,
        planned.kind,
        AmountScores(*scores.mean(axis=0).tolist()),
        AmountScores(*spread.tolist()),
        by_fold,
        tuple(int(planned.learnt(number).sum()) for number in range(planned.count)),
        tuple(len(rows) for rows in tested),
    )


def _score(amount: NDArray[Any], expected: Floats, weight: Floats | None, *, family: str) -> float:
    """Return minus the mean deviance: the higher the better, as of every score."""
    return -float(np.average(unit_deviance(amount, expected, family), weights=weight))


def _amount_of(patients: Patients) -> Amount:
    if patients.amount is None:
        raise ValueError("These patients have answers, not amounts.")
    return patients.amount
