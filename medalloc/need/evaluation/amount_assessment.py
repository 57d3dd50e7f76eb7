"""How good a model of amounts is, what it goes by, and what is expected of each row."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.importance import Explanations, Importance
from medalloc.need.measures.amounts import AmountScores, Decile
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.amount import Amount
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.splitting import Split
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AmountFolds:
    """Scores over folds, none of which was seen by the model that predicted it."""

    folds: int
    """Number of folds. [count]"""

    kind: str
    """What decides the folds: ``time``, ``patient`` or ``chance``."""

    mean: AmountScores
    """Mean of each score."""

    spread: AmountScores
    """Standard deviation of each score between folds."""

    by_fold: tuple[AmountScores, ...]
    """Scores of each fold; folds are the same for every model of a table and seed."""

    learnt: tuple[int, ...]
    """Rows learned from before each fold. [count]"""

    tested: tuple[int, ...]
    """Rows of each fold. [count]"""


@dataclass(frozen=True, eq=False)
class TrainedAmounts:
    """A model of amounts that learned from the training part of a table."""

    choice: ModelChoice
    """Which model."""

    fitted: FittedModel
    """The model itself."""

    split: Split
    """Rows of the table it learned from and was tested on."""

    amount: Amount
    """What it learned."""

    scores: AmountScores
    """Scores on the test rows."""

    warnings: tuple[Sentence, ...]
    """What a reader should know."""


@dataclass(frozen=True, eq=False)
class AmountAssessment:
    """How good a model of amounts is, what it goes by, and what is expected of each row."""

    rows: int
    """Rows of the table. [count]"""

    train_rows: int
    """Rows the model learned from. [count]"""

    test_rows: int
    """Rows it was tested on. [count]"""

    features: tuple[str, ...]
    """Columns it could learn from."""

    choice: ModelChoice
    """Which model, with its seed and family."""

    recipe: Recipe
    """How cells were prepared."""

    sha256: str
    """Hash of the file the table came from."""

    scores: AmountScores
    """Scores on the test rows."""

    intervals: Mapping[str, Interval]
    """Bootstrap interval of each score of the test rows, by patient where patients repeat."""

    cross_validation: AmountFolds
    """Scores over folds."""

    deciles: tuple[Decile, ...]
    """What came true beside what was expected out of fold, in tenths of all rows."""

    importances: tuple[Importance, ...]
    """What the model goes by: the rise of the deviance when a column is shuffled, from most to least."""

    warnings: tuple[Sentence, ...]
    """What a reader should know before believing it."""

    expected: Floats
    """Expected amount of each row of the table, by models that did not learn from the row; NaN for rows the recipe
    leaves out, shape (rows,). [the amounts' unit]"""

    explanations: Explanations | None
    """Test rows taken apart; None for models that cannot be."""

    fit_seconds: float
    """How long learning took for one fold, on average. [s]"""

    @property
    def family(self) -> str:
        """What errors are weighed by."""
        return self.choice.text("family")


AnyAssessment = Assessment | AmountAssessment
"""Of need or of amounts."""
