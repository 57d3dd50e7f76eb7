"""What is said once of a policy, and holds on every screen and in every command."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence

Array = NDArray[np.float64]

COUNTED = sentence("Value and bound are people served, each counted with the value of the region.")


@dataclass(frozen=True)
class Rule:
    """A rule of thumb: of every resource, regions get shares in proportion to their sizes."""

    size: Callable[[Array | None, Array], Array]
    """From populations, where they are known, and persons in need to the sizes. [persons]"""

    short: Callable[[str], Sentence]
    """From the names of resources to what is said where a region's share of them is what it has no more of."""


@dataclass(frozen=True)
class Aim:
    """What a policy asks for, as who plans sees it; with neither field, nothing is placed."""

    alpha: float | None = None
    """Worth of coverage is what is added up, and so much the worse off count for more: 0 not at all, which serves the
    most; infinity they alone, then the next. None where nothing is weighed up."""

    rule: Rule | None = None
    """What is followed instead."""

    @property
    def serves_most(self) -> bool:
        """Whether persons served are all that counts."""
        return self.alpha == 0

    @property
    def is_fair(self) -> bool:
        """Whether the worse off count for more, so that one plan is the best."""
        return bool(self.alpha)

    @property
    def places(self) -> bool:
        """Whether anything is placed at all."""
        return self != Aim()


@dataclass(frozen=True)
class Number:
    """A number of at least 0 that belongs to a policy."""

    title: Sentence
    """What it is called, with what it does."""

    help: Sentence
    """What its extremes mean."""

    highest: float
    """The largest that a screen offers; commands take any."""


@dataclass(frozen=True, kw_only=True)
class PolicyKind:
    """One policy, or all those that differ by a number alone."""

    kind: str
    """What it is called in data and commands; with a number it is ``KIND:NUMBER``."""

    name: Sentence
    """What it is called on screens."""

    meaning: Sentence
    """What is best."""

    aim: Callable[[float], Aim]
    """From its number, or 0, to what it asks for."""

    number: Number | None = None

    value: Sentence = COUNTED
    """What a plan's value and bound count, which is what its gap proves."""

    faults: Callable[[Array | None], list[Sentence]] = lambda _population: []
    """From populations, where they are known, to why it cannot be followed."""

    colour: tuple[str, str]
    """On light and on dark pages; two more are taken by the plans for many futures (see `medalloc.ui.kit.palette`)."""

    @property
    def written(self) -> str:
        """How it is asked for in a command."""
        return self.kind if self.number is None else f"{self.kind}:A"
