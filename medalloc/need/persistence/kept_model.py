"""A trained model with what must be known to use it without its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.amount_assessment import TrainedAmounts
from medalloc.need.measures.amounts import AmountScores
from medalloc.need.measures.scores import Scores
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.made_with import (
    library_versions,
)
from medalloc.need.persistence.profile import ColumnProfile, profile
from medalloc.need.training.fitted import FittedModel, predict
from medalloc.need.training.splitting import patient_groups
from medalloc.need.training.target import read_need
from medalloc.need.training.training import Floats, TrainedModel
from medalloc.preparation.encoding import encode
from medalloc.preparation.recipe import Recipe
from medalloc.saved import Limits
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.table import Table


@dataclass(frozen=True)
class Training:
    """What a model learned from, and when."""

    table: str
    """Name of the file."""

    sha256: str
    """Hash of that file."""

    need: str
    """Column that said who was in need."""

    rows: Annotated[int, Limits()]
    """Rows of the table. [count]"""

    train_rows: Annotated[int, Limits()]
    """Rows the model learned from. [count]"""

    test_rows: Annotated[int, Limits()]
    """Rows it was tested on. [count]"""

    train_need: Annotated[float, Limits(0, 1)]
    """Share of the training rows in need; of amounts, of those above 0. [fraction]"""

    by_patient: bool
    """Whether patients repeat, so that each one's rows were kept on one side of the split."""

    date: str
    """Day and time of saving in UTC, as ISO 8601."""

    means_need: tuple[str, ...] = ()
    """Answers in that column that meant need; none in files that were saved before this was noted."""

    train_mean: float | None = None
    """Mean amount of the training rows, where amounts were learnt. [the amounts' unit]"""

    weight: str = ""
    """Column that said how many people a row stands for; empty where rows counted alike."""


@dataclass(frozen=True, eq=False)
class KeptModel:
    """A trained model without the table it learned from."""

    choice: ModelChoice
    """Which model, with its seed."""

    fitted: FittedModel
    """The model itself, with its recipe."""

    columns: tuple[ColumnProfile, ...]
    """What each column of the training rows held."""

    training: Training
    """What it learned from, and when."""

    scores: Scores | AmountScores
    """Scores on the test rows, at threshold 0.5 where it predicts probabilities."""

    warnings: tuple[Sentence, ...]
    """What a reader should know before believing it."""

    libraries: Mapping[str, str]
    """Versions of the libraries it was trained with."""

    @property
    def is_of_amounts(self) -> bool:
        """Whether it predicts amounts rather than probabilities."""
        return self.choice.kind in AMOUNTS

    @property
    def predicts(self) -> Sentence:
        """What it predicts, in words."""
        if self.is_of_amounts:
            return sentence("Predicts the expected amount of “{need}”.", need=self.training.need)
        means = listed((f"“{each}”" for each in self.training.means_need), 8)
        if not means:
            return sentence("Predicts need as column “{need}” said it.", need=self.training.need)
        return sentence("Predicts need: {means} in column “{need}”.", means=means, need=self.training.need)

    @property
    def recipe(self) -> Recipe:
        """How cells are prepared."""
        return self.fitted.prepared.recipe

    def probability(self, table: Table) -> Floats:
        """Predict for a table with the same features; NaN for rows the recipe leaves out, shape (rows,).

        Raises
        ------
        InputError
            If a feature is missing or holds something else than it did.
        """
        return predict(self.fitted, table)


def keep_model(trained: TrainedModel | TrainedAmounts, table: Table) -> KeptModel:
    """Return a trained model with what must be known to use it without its table.

    Parameters
    ----------
    trained : TrainedModel or TrainedAmounts
        As `training.train` returned it, or as `assess_amounts` told it.
    """
    learned_from = trained.split.train
    learnt, means, scores = _learnt(trained, table)
    training = Training(
        table=table.source.name,
        sha256=table.source.sha256,
        need=table.required("need"),
        rows=len(table.frame),
        train_rows=len(learned_from) if isinstance(trained, TrainedAmounts) else trained.train_rows,
        test_rows=len(trained.split.test),
        train_need=float(np.mean(learnt[learned_from] > 0)),
        by_patient=patient_groups(table) is not None,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        means_need=means,
        train_mean=float(np.mean(learnt[learned_from])) if isinstance(trained, TrainedAmounts) else None,
        weight=table.column("weight") or "",
    )
    columns = profile(table, encode(table.frame, trained.fitted.prepared.sources), learned_from)
    return KeptModel(trained.choice, trained.fitted, columns, training, scores, trained.warnings, library_versions())


def _learnt(
    trained: TrainedModel | TrainedAmounts, table: Table
) -> tuple[NDArray[Any], tuple[str, ...], Scores | AmountScores]:
    """Return what was learnt of every row, which answers meant need, and the scores."""
    if isinstance(trained, TrainedAmounts):
        return trained.amount.values, (), trained.scores
    need = read_need(table)
    return need.values, need.means_need, trained.scores()
