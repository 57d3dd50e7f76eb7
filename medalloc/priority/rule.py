"""What decides who is first, as data: points, bands, time waiting, a lottery, reserves, and what people overrule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal, get_args

from medalloc.saved import Length, Limits, Name, Saved
from medalloc.saved.rules import FINITE
from medalloc.sentences import Sentence, sentence

How = Literal["number", "above", "below", "log", "is", "at least", "days since"]
"""What is taken of a cell: the number itself, by how much it is above or below a value, the natural logarithm of one
more, 1 where it is a value or at least one and else 0, or the days that have gone by since a date."""

HOWS: tuple[How, ...] = get_args(How)
WORDS: Mapping[How, Sentence] = {
    "number": Sentence("{column}"),
    "above": sentence("{column} above {value}"),
    "below": sentence("{column} below {value}"),
    "log": sentence("log of {column} plus 1"),
    "is": sentence("{column} is {value}"),
    "at least": sentence("{column} at least {value}"),
    "days since": sentence("days since {column}"),
}
"""What is taken, in words; the column and the value go into their places."""

SUGGESTED: Mapping[str, Sentence] = {
    "Lottery": sentence("Lottery"),
    "Need": sentence("Need"),
    "Time waiting": sentence("Time waiting"),
}
"""Names of rules that nobody wrote."""

MOST_RESERVES = 12
"""So many categories have 4,096 unions, each of which is a limit. [count]"""


@dataclass(frozen=True)
class Factor(Saved):
    """One number taken of a patient's row.

    Examples
    --------
    >>> str(Factor("age", "above", 25).sentence)
    'age above 25'
    """

    noun: ClassVar[Sentence] = sentence("factor")

    column: Annotated[str, Name()]
    """Column of the table."""

    how: How = "number"
    """What is taken of its cell."""

    value: Annotated[float, FINITE] | str = 0.0
    """What it is held against; for ``days since``, the day on which is counted, the newest date where it is no text."""

    @property
    def sentence(self) -> Sentence:
        """The factor in words."""
        return replace(WORDS[self.how], values={"column": self.column, "value": self.value})

    def own_faults(self) -> list[Sentence]:
        """Return that the number is missing, where the cell is held against one."""
        if self.how in ("above", "below", "at least") and isinstance(self.value, str):
            return [FINITE.fault("value", self.value)]
        return []


@dataclass(frozen=True)
class Term(Saved):
    """Points: a coefficient times one factor, or the product of two."""

    noun: ClassVar[Sentence] = sentence("term")

    points: Annotated[float, FINITE]
    """The coefficient. [points]"""

    factors: Annotated[tuple[Factor, ...], Length(1, 2)]
    """What it is multiplied by."""

    @property
    def sentence(self) -> Sentence:
        """What gives the points, in words."""
        said = [each.sentence for each in self.factors]
        while len(said) > 1:
            said[:2] = [Sentence("{one} × {other}", {"one": said[0], "other": said[1]})]
        return said[0]


@dataclass(frozen=True)
class Reserve(Saved):
    """Units that are for a category of patients, by priority within it."""

    noun: ClassVar[Sentence] = sentence("reserve")

    name: Annotated[str, Name()]
    """What the category is called."""

    units: Annotated[int, Limits(0, whole=True)]
    """How many. [units]"""

    who: Factor
    """Who is in it: those of whom this is above 0."""


@dataclass(frozen=True)
class Minimum(Saved):
    """A share of the places of every facility that a group must have."""

    noun: ClassVar[Sentence] = sentence("minimum share")

    who: Factor
    """Who is in the group: those of whom this is above 0."""

    share: Annotated[float, Limits(0, 1)]
    """Of its places, parts of one rounded up. [fraction]"""


@dataclass(frozen=True)
class Override(Saved):
    """What people decide otherwise, and why."""

    noun: ClassVar[Sentence] = sentence("override")

    patient: Annotated[str, Name()]
    """Patient, as the table calls them."""

    decision: Literal["give", "withhold"]
    """Whether they come first of all, or get nothing."""

    reason: Annotated[str, Name()]
    """Why; kept with the list."""


@dataclass(frozen=True)
class Rule(Saved):
    """Who is first. Score or band decides, then time waiting, then the lottery.

    Examples
    --------
    >>> rule = Rule("Urgency", terms=(Term(2.0, (Factor("urgency"),)),))
    >>> Rule.from_json(rule.to_json()) == rule
    True
    """

    version: ClassVar[int] = 1
    sparse: ClassVar[bool] = True
    noun: ClassVar[Sentence] = sentence("rule of priority")

    name: Annotated[str, Name()] = "Rule"
    """What it is called."""

    terms: tuple[Term, ...] = ()
    """What gives points; with none everybody has the same score."""

    lowest_first: bool = False
    """Whether fewer points come first, as where they measure risk."""

    bands: tuple[Annotated[float, FINITE], ...] = ()
    """Scores at which a band begins, each above the one before; within a band scores do not matter. [points]"""

    waiting: str = ""
    """Column that decides between equals: a date, the earliest first, or a time waited, the longest first."""

    seed: Annotated[int, Limits(0, 2**53, whole=True)] = 1
    """Seed of the lottery, which decides between those who are still equal."""

    reserves: Annotated[tuple[Reserve, ...], Length(0, MOST_RESERVES)] = ()
    """Units for categories; the others are open to all."""

    open_first: bool = False
    """Whether open units are given before the reserved ones, so that a reserve comes on top of what its patients get
    anyway; otherwise it is the least that they get."""

    keep_unfilled: bool = False
    """Whether reserved units for which too few patients wait are kept; otherwise they are open to all."""

    minimums: tuple[Minimum, ...] = ()
    """Shares of the places of facilities."""

    def own_faults(self) -> list[Sentence]:
        """Return what is wrong with bands and names together."""
        faults = []
        if any(low >= high for low, high in zip(self.bands, self.bands[1:], strict=False)):
            faults.append(sentence("Every band must begin above the one before; put them in ascending order."))
        names = [each.name for each in self.reserves]
        if len(set(names)) < len(names):
            faults.append(sentence("Two reserves have the same name; give each its own."))
        return faults

    @property
    def called(self) -> Sentence:
        """Its name; those that are suggested can be translated."""
        return SUGGESTED.get(self.name, Sentence("{name}", {"name": self.name}))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it takes something of."""
        factors = [each for term in self.terms for each in term.factors]
        factors += [*(each.who for each in self.reserves), *(each.who for each in self.minimums)]
        return tuple(dict.fromkeys([each.column for each in factors] + [self.waiting] * bool(self.waiting)))
