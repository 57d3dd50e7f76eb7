"""Train a model and find out how good it is, what it goes by, and who will need care."""

from collections.abc import Callable
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.calibration import cross_fitted, fit_calibrator
from medalloc.need.choice import ModelChoice
from medalloc.need.evaluation import Scores, scores
from medalloc.need.importance import Explanations, Importance, importances, leak_suspects
from medalloc.need.patients import Patients, gather
from medalloc.need.splitting import FOLDS, folds
from medalloc.need.target import MISSING
from medalloc.need.training import TrainedModel, predict_held_out, train_patients
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
Progress = Callable[[float, Sentence], None]

FEW_OF_AN_ANSWER = 50


@dataclass(frozen=True)
class CrossValidation:
    """Scores over folds, none of which was seen by the model that predicted it."""

    folds: int
    """Number of folds. [count]"""

    mean: Scores
    """Mean of each score."""

    spread: Scores
    """Standard deviation of each score between folds."""


@dataclass(frozen=True, eq=False)
class Assessment:
    """How good a model of need is, what it goes by, and how probable need is for each row."""

    rows: int
    """Rows of the table. [count]"""

    train_rows: int
    """Rows the model learned from. [count]"""

    test_rows: int
    """Rows it was tested on. [count]"""

    features: tuple[str, ...]
    """Columns it could learn from."""

    choice: ModelChoice
    """Which model, with its seed."""

    recipe: Recipe
    """How cells were prepared."""

    sha256: str
    """Hash of the file the table came from."""

    scores: Scores
    """Scores on the test rows at threshold 0.5."""

    cross_validation: CrossValidation | None
    """Scores over folds; None when it was not asked for."""

    importances: tuple[Importance, ...]
    """What the model goes by, from most to least."""

    warnings: tuple[Sentence, ...]
    """What a reader should know before believing it."""

    test_need: NDArray[np.int8]
    """0 or 1 for each test row, shape (test_rows,)."""

    test_probability: Floats
    """Predicted probability of need for each test row, shape (test_rows,). [fraction]"""

    probability: Floats | None
    """Calibrated probability of need for each row of the table, by models that did not learn from the row; NaN for rows
    the recipe leaves out; None without cross-validation. Shape (rows,). [fraction]"""

    explanations: Explanations | None
    """Test rows taken apart; None for models that cannot be."""


def assess(
    table: Table,
    recipe: Recipe,
    choice: ModelChoice,
    *,
    cross_validate: bool = True,
    progress: Progress | None = None,
    keep: Callable[[TrainedModel], None] | None = None,
) -> Assessment:
    """Train a model, test it, and predict every row of the table without having learned from it.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need`` and at least one with the role ``feature``.
    recipe : Recipe
        How cells are prepared.
    choice : ModelChoice
        Which model, with its seed.
    cross_validate : bool
        Whether to train five more models for cross-validated scores and out-of-fold probabilities.
    progress : callable, optional
        Told the fraction done and what is being done.
    keep : callable, optional
        Given the model as soon as it is trained, for instance to save it.

    Raises
    ------
    InputError
        If the table, the recipe and the model do not go together; all faults at once.
    """
    tell = progress or _say_nothing
    tell(0.0, sentence("Preparing the table and training the model."))
    patients = gather(table, recipe)
    trained = train_patients(patients, recipe, choice)
    if keep is not None:
        keep(trained)
    tell(0.2, sentence("Measuring what the model goes by."))
    found, explained, remarks = importances(trained.fitted, patients, trained.split.test, choice)
    warnings = [*trained.warnings, *_warnings(trained, patients), *remarks]
    validation = probability = None
    if cross_validate:
        validation, probability = _cross_validate(patients, recipe, choice, tell)
    tell(1.0, sentence("Done."))
    return Assessment(
        rows=len(table.frame),
        train_rows=len(trained.split.train),
        test_rows=len(trained.split.test),
        features=trained.fitted.prepared.sources,
        choice=choice,
        recipe=recipe,
        sha256=table.source.sha256,
        scores=trained.scores(),
        cross_validation=validation,
        importances=found,
        warnings=tuple(warnings),
        test_need=trained.test_need,
        test_probability=trained.test_probability,
        probability=probability,
        explanations=explained,
    )


def _cross_validate(
    patients: Patients, recipe: Recipe, choice: ModelChoice, tell: Progress
) -> tuple[CrossValidation, Floats]:
    known = patients.known
    need = patients.need[known]
    fold = folds(known, patients.need, patients.groups, seed=choice.seed)
    margin, judged = np.empty(len(known)), np.full(len(known), np.nan)
    for number in range(FOLDS):
        tell(
            0.3 + 0.5 * number / FOLDS,
            sentence("Cross-validation: fold {number} of {folds}.", number=number + 1, folds=FOLDS),
        )
        out = fold == number
        found = predict_held_out(patients, recipe, choice, known[~out], known[out])
        margin[out] = found.margin
        if found.probability is not None:
            judged[out] = found.probability
    tell(0.9, sentence("Calibrating the probabilities."))
    calibrated = cross_fitted(margin, need, fold)
    judged = np.where(np.isnan(judged), calibrated, judged)
    by_fold = [scores(need[fold == number], judged[fold == number]) for number in range(FOLDS)]
    probability = np.full(len(patients.need), np.nan)
    probability[known] = calibrated
    unknown = patients.usable[patients.need[patients.usable] == MISSING]
    if len(unknown):
        # Nobody learned from these rows, so the model of all known rows may speak.
        found = predict_held_out(patients, recipe, choice, known, unknown)
        probability[unknown] = fit_calibrator(margin, need)(found.margin)
    return _summary(by_fold), probability


def _summary(by_fold: list[Scores]) -> CrossValidation:
    table = np.array([astuple(one) for one in by_fold])
    mean, spread = [], []
    for column in table.T:
        # A fold without both answers has no ROC AUC.
        defined = column[~np.isnan(column)]
        mean.append(float(defined.mean()) if len(defined) else float("nan"))
        spread.append(float(defined.std(ddof=1)) if len(defined) > 1 else float("nan"))
    return CrossValidation(len(by_fold), Scores(*mean), Scores(*spread))


def _warnings(trained: TrainedModel, patients: Patients) -> list[Sentence]:
    made = []
    found = trained.scores()
    if found.accuracy <= found.majority_accuracy:
        made.append(
            sentence(
                "On the test rows the model does no better than always answering “{answer}”: accuracy {accuracy} "
                "against {majority}.",
                answer=sentence("yes") if trained.test_need.mean() > 0.5 else sentence("no"),
                accuracy=found.accuracy,
                majority=found.majority_accuracy,
            )
        )
    need = patients.need[patients.known]
    rarer = min(int(np.sum(need == 0)), int(np.sum(need == 1)))
    if rarer < FEW_OF_AN_ANSWER:
        made.append(
            sentence(
                "Rows with the rarer answer: {count}. With so few, scores and probabilities are very uncertain.",
                count=rarer,
            )
        )
    made += leak_suspects(trained.fitted, patients, trained.split.train, trained.choice.seed)
    return made


def _say_nothing(fraction: float, doing: Sentence) -> None:
    """Stand in for a listener."""
