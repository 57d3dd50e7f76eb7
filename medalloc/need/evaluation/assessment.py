"""Train a model and find out how good it is, what it goes by, and who will need care."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.conformal import ConformalLevel
from medalloc.need.evaluation.cross_validation import CrossValidation, Progress
from medalloc.need.evaluation.cross_validation import cross_validate as out_of_fold
from medalloc.need.evaluation.majority import worth_nothing
from medalloc.need.explanation.importance import Explanations, Importance, importances, leak_suspects
from medalloc.need.measures.bootstrap import Interval, score_intervals
from medalloc.need.measures.scores import Scores
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.training import TrainedModel, train_patients
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

FEW_OF_AN_ANSWER = 50


@dataclass(frozen=True, eq=False)
class Assessment:
    """How good a model of need is, what it goes by, and how probable need is for each row."""

    version: ClassVar[int] = 3

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

    intervals: Mapping[str, Interval] = field(default_factory=dict)
    """Bootstrap interval of each score of the test rows at threshold 0.5, by patient where patients repeat."""

    test_patients: NDArray[np.int64] | None = None
    """Patient of each test row, when patients repeat; else None."""

    test_weight: Floats | None = None
    """How much each test row counts; None where all count the same."""

    need: NDArray[np.int8] | None = None
    """1, 0, or -1 where it is not known, for each row of the table; None without cross-validation."""

    weight: Floats | None = None
    """How much each row of the table counts, NaN where that is not given; None where all count the same."""

    own_probability: Floats | None = None
    """Like `probability`, before calibration; None for models that give none. [fraction]"""

    conformal: tuple[ConformalLevel, ...] = ()
    """For how many rows the answer is clear, by level; empty without cross-validation."""

    fit_seconds: float | None = None
    """How long learning took for one fold, on average; None without cross-validation. [s]"""


Further = Callable[[TrainedModel, Patients, Table, Progress], TrainedModel]
"""From a model of a table to one that learned from more; told how far it is."""


def assess(
    table: Table,
    recipe: Recipe,
    choice: ModelChoice,
    *,
    cross_validate: bool = True,
    progress: Progress | None = None,
    keep: Callable[[TrainedModel], None] | None = None,
    further: Further | None = None,
) -> Assessment:
    """Train a model, test it, and predict every row of the table without having learned from it.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need`` and at least one with the role ``feature``.
    cross_validate : bool
        Whether to train five more models for cross-validated scores and out-of-fold probabilities.
    progress : callable, optional
        Told the fraction done and what is being done.
    keep : callable, optional
        Given the model as soon as it is trained, for instance to save it.
    further : callable, optional
        Has the model learn from more than the table.

    Raises
    ------
    InputError
        If the table, the recipe and the model do not go together; all faults at once.
    """
    tell = progress or _say_nothing
    tell(0.0, sentence("Preparing the table and training the model."))
    patients = gather(table, recipe)
    trained = train_patients(patients, recipe, choice)
    if further is not None:
        trained = further(trained, patients, table, lambda done, doing: tell(0.2 * done, doing))
    if keep is not None:
        keep(trained)
    tell(0.2, sentence("Measuring what the model goes by."))
    found, explained, remarks = importances(trained.fitted, patients, trained.split.test, choice)
    warnings = [*trained.warnings, *_warnings(trained, patients), *remarks]
    validated = out_of_fold(patients, recipe, choice, tell) if cross_validate else None
    test_patients = None if patients.groups is None else patients.groups[trained.split.test]
    intervals = score_intervals(
        trained.test_need,
        trained.test_probability,
        patients=test_patients,
        seed=choice.seed,
        weight=trained.test_weight,
    )
    tell(1.0, sentence("Done."))
    return Assessment(
        rows=len(table.frame),
        train_rows=trained.train_rows,
        test_rows=len(trained.split.test),
        features=trained.fitted.prepared.sources,
        choice=choice,
        recipe=recipe,
        sha256=table.source.sha256,
        scores=trained.scores(),
        cross_validation=None if validated is None else validated.summary,
        importances=found,
        warnings=tuple(warnings),
        test_need=trained.test_need,
        test_probability=trained.test_probability,
        probability=None if validated is None else validated.probability,
        explanations=explained,
        intervals=intervals,
        test_patients=test_patients,
        test_weight=trained.test_weight,
        need=None if validated is None else patients.need,
        weight=None if validated is None else patients.weights,
        own_probability=None if validated is None else validated.own_probability,
        conformal=() if validated is None else validated.conformal,
        fit_seconds=None if validated is None else validated.fit_seconds,
    )


def _warnings(trained: TrainedModel, patients: Patients) -> list[Sentence]:
    made = []
    found = trained.scores()
    nothing = worth_nothing(trained.test_need, found, trained.test_weight)
    if nothing is not None:
        made.append(nothing)
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
