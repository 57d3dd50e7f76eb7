"""Which values of a field are acceptable, said beside the field as ``Annotated[its type, rule]``."""

import reprlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real

import numpy as np

from medalloc.sentences import Sentence, sentence


class Rule(ABC):
    """What a value must be."""

    @property
    @abstractmethod
    def sentence(self) -> Sentence:
        """What is acceptable, in words that follow “it must be”."""

    @abstractmethod
    def hold(self, found: object) -> bool:
        """Return whether a value is acceptable."""

    def fault(self, name: str, found: object) -> Sentence:
        """Return that a value is not acceptable, and what would do."""
        return sentence(
            "“{name}” is {found}; it must be {expected}.", name=name, found=shown(found), expected=self.sentence
        )


@dataclass(frozen=True)
class Limits(Rule):
    """What a number must be."""

    low: float = 0.0
    """Smallest value."""

    high: float = np.inf
    """Largest value."""

    above: bool = False
    """Whether it must be above `low`."""

    whole: bool = False
    """Whether it must be a whole number."""

    def hold(self, found: object) -> bool:
        """Return whether a value is acceptable; True and False are no numbers."""
        if isinstance(found, bool | np.bool_) or not isinstance(found, Real):
            return False
        try:
            number = float(found)
        except OverflowError:  # an integer of more than 308 digits
            return False
        if not np.isfinite(number) or number > self.high or number < self.low or (self.above and number == self.low):
            return False
        return not self.whole or number.is_integer()

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        sort = sentence("a whole number") if self.whole else sentence("a number")
        if self.low == -np.inf:
            if self.high == np.inf:
                return sort if self.whole else sentence("a finite number")
            return sentence("{sort} of at most {high}", sort=sort, high=self.high)
        if self.high == np.inf:
            if self.above:
                return sentence("{sort} above {low}", sort=sort, low=self.low)
            return sentence("{sort} of at least {low}", sort=sort, low=self.low)
        if self.above:
            return sentence("{sort} above {low} and at most {high}", sort=sort, low=self.low, high=self.high)
        return sentence("{sort} from {low} to {high}", sort=sort, low=self.low, high=self.high)


FINITE, WHOLE = Limits(-np.inf), Limits(-np.inf, whole=True)
"""Any number, and any whole number."""


@dataclass(frozen=True)
class OneOf(Rule):
    """A text that must be one of several."""

    known: Collection[str]
    """The acceptable ones."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", tuple(self.known))

    def hold(self, found: object) -> bool:
        """Return whether a text is one of them."""
        return isinstance(found, str) and found in self.known

    @property
    def sentence(self) -> Sentence:
        """The acceptable ones, in words."""
        return sentence("one of: {known}", known=", ".join(self.known))

    def fault(self, name: str, found: object) -> Sentence:
        """Return that a text is none of them, and which there are."""
        known = ", ".join(self.known)
        return sentence("“{name}” is {found}; use one of: {known}.", name=name, found=shown(found), known=known)


@dataclass(frozen=True)
class Name(Rule):
    """A text that must say something."""

    def hold(self, found: object) -> bool:
        """Return whether it is more than spaces."""
        return isinstance(found, str) and bool(found.strip())

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        return sentence("text that is not empty")


@dataclass(frozen=True)
class Length(Rule):
    """How many entries a list must have."""

    least: int
    """Fewest. [count]"""

    most: float = np.inf
    """Most. [count]"""

    words: Sentence | None = field(default=None, hash=False)
    """What the list holds, where that can be said better."""

    def hold(self, found: object) -> bool:
        """Return whether a list is neither too short nor too long."""
        return isinstance(found, list | tuple) and self.least <= len(found) <= self.most

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        return self.words or sentence("a list of {least} to {most} entries", least=self.least, most=self.most)


def shown(found: object) -> str:
    """Write what was found as Python does, long values cut.

    Examples
    --------
    >>> shown("beds"), shown(10**5000)
    ("'beds'", 'int(…)')
    """
    try:
        written = reprlib.repr(found) if isinstance(found, list | tuple | dict) else repr(found)
    except (ValueError, RecursionError):  # an integer of thousands of digits is not written out
        return f"{type(found).__name__}(…)"
    return written if len(written) <= 90 else f"{written[:60]}…{written[-20:]}"


def number_faults(values: Mapping[str, object], limits: Mapping[str, Limits]) -> list[Sentence]:
    """Return every value that is outside its limits, by its name in words."""
    return [
        limit.fault(name.replace("_", " "), values[name])
        for name, limit in limits.items()
        if not limit.hold(values[name])
    ]


def within(name: str, value: object, low: float, high: float, *, whole: bool = True) -> list[Sentence]:
    """Return what is wrong with a number that must lie in a range, ends included; a whole one must be an integer."""
    limits = Limits(low, high, whole=whole)
    if limits.hold(value) and (not whole or isinstance(value, Integral)):
        return []
    return [limits.fault(name, value)]


def one_of(name: str, value: object, known: Collection[str]) -> list[Sentence]:
    """Return what is wrong with a text that must be one of several."""
    rule = OneOf(known)
    return [] if rule.hold(value) else [rule.fault(name, value)]
