"""What a model can be given, as data and in words."""

from dataclasses import dataclass

from medalloc.saved import Limits, OneOf
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class ModelOption(Limits):
    """A number a model can be given."""

    default: float = 0.0
    """What holds when nothing is given."""


@dataclass(frozen=True)
class TextOption(OneOf):
    """A word a model can be given."""

    default: str = ""
    """What holds when nothing is given."""


Option = ModelOption | TextOption


@dataclass(frozen=True)
class Parameter:
    """An option of a model, in words."""

    option: Option
    """What it accepts, and what holds when nothing is given."""

    title: Sentence
    """What it is called, with its unit."""

    help: Sentence
    """What more or less of it does."""

    searched: bool = True
    """Whether it changes what is learned, rather than only how long that takes."""


PENALTY = (
    sentence("Penalty"),
    sentence("Weight of large coefficients or leaf values in the loss: more of it makes a calmer model."),
)
SMALLEST_LEAF = (
    sentence("Smallest leaf [rows]"),
    sentence("A leaf answers with the share in need among its rows: larger leaves make calmer probabilities."),
)
COST = Parameter(
    ModelOption(1e-4, 1e4, default=1.0),
    sentence("Cost of a row on the wrong side"),
    sentence("More of it follows the rows more closely; less of it makes a wider margin and a calmer border."),
)
THREADS = Parameter(
    ModelOption(1, 256, default=1, whole=True),
    sentence("Threads"),
    sentence("Processors that are used at once. The answer does not depend on it, only the time does."),
    searched=False,
)
