"""What a step is: its name in words, its options with their limits, what it learns and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Literal

from medalloc.preparation.cells import Cells
from medalloc.preparation.state import ColumnState, JointOperation, Operation, Target
from medalloc.sentences import Sentence, sentence

FEWEST = 5
"""Rows that share a text before it is kept by name: one that fewer have may be somebody's own. [count]"""

OTHER_LEVELS = "other levels"

Options = Mapping[str, Any]
Columns = str | tuple[str, ...]
Control = Literal["flag", "share", "count", "number", "text", "choice", "texts", "numbers by text"]

SHAPES, LEAVES_OUT, LEARNS = range(3)
"""Order of what a step does: it changes the table itself, leaves out rows, or learns from rows and changes values."""

FLAGS, FILLS, JOINS, ENCODES, BENDS, SCALES = range(LEARNS, LEARNS + 6)
"""Order in which steps that learn are added, so that each has an effect: what is missing is marked and filled, rare
text joined, text encoded, and numbers pulled in and then scaled."""


@dataclass(frozen=True)
class Option:
    """A value a step can be given."""

    words: Sentence
    """What it is called."""

    control: Control
    """What kind of value it is."""

    default: object
    """What holds when nothing is given; None when it must be given."""

    accepts: Callable[[object], bool]
    """Whether a value is acceptable."""

    expected: Sentence
    """What is acceptable, in words."""

    choices: Mapping[str, Sentence] = field(default_factory=dict)
    """The acceptable texts with their words, of a choice."""

    counts: Callable[[Options], bool] = lambda _options: True
    """Whether it has an effect, given the options before it."""


@dataclass(frozen=True)
class StepKind:
    """One kind of step."""

    words: Sentence
    """What it is called."""

    works_on: str
    """Which columns it can work on: ``numeric``, ``text`` or ``all``."""

    says: Callable[[Options, Columns], Sentence]
    """From its options and its columns to plain words."""

    options: Mapping[str, Option] = field(default_factory=dict)
    """Its options by name."""

    names: tuple[int, int] | None = None
    """How many columns must be named, at least and at most; None where it may work on all that it suits."""

    learn: Callable[[Options, ColumnState, Target | None], Operation] | None = None
    """From one column of the rows a recipe is fitted on to what is done to it."""

    learn_together: Callable[[Options, tuple[ColumnState, ...]], JointOperation] | None = None
    """The same for columns that depend on each other."""

    shape: Callable[[Cells, tuple[str, ...], Options], Cells] | None = None
    """From the table to another, row by row and without learning anything."""

    turn: int = SCALES
    """When a step that learns is added among others: `FLAGS` to `SCALES`."""

    becomes: str | None = None
    """What its columns hold afterwards, where that is something else: ``numeric`` or ``levels``."""

    needs_target: bool = False
    """Whether it learns from what rows needed."""

    faults: Callable[[Options, Columns], list[Sentence]] = lambda _options, _columns: []
    """What is wrong with options that are acceptable one by one."""

    @property
    def stage(self) -> int:
        """When it can be done: steps that shape the table come first, those that learn last."""
        if self.shape is not None:
            return SHAPES
        return LEAVES_OUT if self.learn is None and self.learn_together is None else LEARNS

    @property
    def place(self) -> int:
        """Where it is added among others."""
        return self.turn if self.stage == LEARNS else self.stage


def flag(words: Sentence, default: bool) -> Option:
    """Return an option that is true or false."""
    return Option(words, "flag", default, lambda value: isinstance(value, bool), sentence("true or false"))


def share(words: Sentence, default: float) -> Option:
    """Return an option from 0 to 1."""
    return Option(words, "share", default, _is_share, sentence("a number from 0 to 1"))


def count(words: Sentence, default: int) -> Option:
    """Return an option that counts something."""
    return Option(words, "count", default, _is_count, sentence("a whole number of at least 1"))


def number(words: Sentence, default: float) -> Option:
    """Return an option that is any number that models can learn from."""
    return Option(words, "number", default, _is_number, sentence("a number"))


def text(words: Sentence, default: str | None) -> Option:
    """Return an option that is text, which must be given where there is no default."""
    return Option(words, "text", default, _is_text, sentence("text that is not empty"))


def texts(words: Sentence, default: tuple[str, ...]) -> Option:
    """Return an option that is a list of texts."""
    return Option(words, "texts", default, _is_texts, sentence("a list of texts"))


def numbers_by_text(words: Sentence) -> Option:
    """Return an option that gives a number for each text."""
    expected = sentence("numbers by text, such as male: 0, female: 1")
    return Option(words, "numbers by text", None, _is_mapping, expected)


def choice(words: Sentence, default: str, choices: Mapping[str, Sentence]) -> Option:
    """Return an option that is one of several texts."""
    expected = sentence("one of: {known}", known=", ".join(choices))
    return Option(words, "choice", default, lambda value: value in tuple(choices), expected, choices)


def which(columns: Columns) -> Sentence:
    """Return which columns are meant, in words."""
    named = {
        "numeric": sentence("every column of numbers"),
        "text": sentence("every column of text"),
        "all": sentence("every column"),
    }
    if isinstance(columns, str):
        return named[columns]
    return sentence("the columns {names}", names=", ".join(map(str, columns)))


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and abs(float(value)) <= 1e30


def _is_share(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and 0 <= float(value) <= 1


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_is_text(each) for each in value)


def _is_mapping(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and all(isinstance(text, str) for text in value)
        and all(isinstance(number, Real) and abs(float(number)) < float("inf") for number in value.values())
    )
