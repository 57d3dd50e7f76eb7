"""What is asked: how far ahead, by which forecasters."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, get_args

from medalloc.networks.training import OPTIMIZERS
from medalloc.saved import Length, Limits, OneOf, Saved
from medalloc.sentences import Sentence, sentence
from medalloc.tables.summary_rows import SummaryRows

FEWEST_SEEDS = 3
"""Seeds of a network; one alone says little."""

MOST_SEEDS = 100
MOST_HORIZON = 1000


@dataclass(frozen=True)
class Question(Saved):
    """What is asked of a panel; plain data.

    Examples
    --------
    >>> asked = Question(2, ("ridge", "lstm"))
    >>> Question.from_json(asked.to_json()) == asked
    True
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("question about what comes")

    horizon: Annotated[int, Limits(1, MOST_HORIZON)] = 4
    """Periods to look ahead. [periods]"""

    models: Annotated[tuple[str, ...], Length(1, words=sentence("a list of names of forecasters"))] = ("auto",)
    """Forecasters to compare, see `catalogue.candidates`."""

    seeds: Annotated[int, Limits(1, MOST_SEEDS)] = FEWEST_SEEDS
    """Times that a network learns, each with another start; at least 3. [count]"""

    seed: Annotated[int, Limits(0, 2**31 - 1 - MOST_SEEDS)] = 0
    """The first of them; the same seed gives the same forecast."""

    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = "adam"
    """How networks go down the gradient, one of `OPTIMIZERS`."""

    summary_rows: Annotated[SummaryRows, OneOf(get_args(SummaryRows))] = "auto"
    """What is done with regions that are sums of others."""
