"""What is said of a quantity."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.resource_names import named
from medalloc.saved import Limits
from medalloc.sentences import Sentence, sentence

Of = Literal["row", "patient", "column", "region", "cell", "resource", "plan"]
"""A row of any table, a patient, only what is to be done with a column; a region, a resource in a region, a resource;
or the plan as a whole."""

AMOUNT, ABOVE_0, FRACTION = Limits(0.0), Limits(0.0, above=True), Limits(0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Quantity:
    """One thing that a table, a problem or a plan holds, and all that is said of it anywhere.

    Examples
    --------
    >>> cost = Quantity("cost", "resource", sentence("unit cost"), unit=sentence("money/unit"))
    >>> str(cost.words), cost.field, cost.may_be_nothing
    ('unit cost [money/unit]', 'cost', False)
    """

    name: str
    """The role of its columns (``cap:beds`` of a resource in a region), or the field of a resource or a problem."""

    of: Of
    """What it says something of."""

    title: Sentence
    """What it is called, in lower case and without its unit."""

    label: Sentence | None = None
    """What begins a sentence about it; ``{name}`` is the resource."""

    unit: Sentence | None = None
    """What it is counted in; None for words and for plain numbers."""

    role: Sentence | None = None
    """What a column for it is called where columns get their roles; the title with its unit when left out."""

    help: Sentence | None = None
    """What somebody who sets it must know."""

    columns: str = ""
    """Names of columns that hold it, as alternatives: a pattern, of a resource texts and the one to write first."""

    field: str = ""
    """Where a problem or a resource holds it; its name when left out."""

    option: str = ""
    """The option that sets it for one resource, and what it takes, such as ``--cost NAME=MONEY``."""

    tried: str = ""
    """What a scenario calls it; none when it cannot be changed so."""

    limits: Limits | None = AMOUNT
    """What its numbers must be; None for what is no number."""

    usual: float | None = 0.0
    """What every region or a resource has where nothing is given; None where it must be, or nobody needs it."""

    nothing: float | None = None
    """The number that stands for an empty cell, "unlimited" and null: infinite for no limit, not a number (NaN) for
    what is not settled or not its own. None where an empty cell means that a number is not known."""

    everywhere: bool = True
    """Whether one number for all regions at once makes sense."""

    small: bool = False
    """Whether it is often below 1, and so shown with every digit."""

    once: bool = True
    """Whether at most one column can have it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", self.field or self.name)

    @property
    def may_be_nothing(self) -> bool:
        """Whether an empty cell means that there is no such limit or exception."""
        return self.nothing is not None

    @property
    def may_be_unlimited(self) -> bool:
        """Whether a scenario may take it away."""
        return self.may_be_nothing and self.of != "resource"

    @property
    def is_fraction(self) -> bool:
        """Whether it is a share, shown in percent."""
        return self.limits is FRACTION

    @property
    def words(self) -> Sentence:
        """What it is called with its unit."""
        if self.role is not None or self.unit is None:
            return self.role or self.title
        return sentence("{title} [{unit}]", title=self.title, unit=self.unit)

    @property
    def flag(self) -> str:
        """The option without what it takes."""
        return self.option.partition(" ")[0]

    @property
    def metavar(self) -> str:
        """What the option takes."""
        return self.option.partition(" ")[2]

    def about(self, resource: str = "") -> Sentence:
        """Return what begins a sentence about it, of one resource."""
        label = self.label or self.title
        return Sentence(label.template, {"name": named(resource)})

    def number(self, plain: float | None) -> float:
        """Return a number of a problem or a resource as one to reckon with: what stands for nothing instead of None."""
        return float(plain if plain is not None else np.nan if self.nothing is None else self.nothing)

    def plain(self, number: float) -> float | None:
        """Return a number as a problem or a resource holds it outside of arrays: None for nothing."""
        same = self.nothing is not None and np.array_equal(number, self.nothing, equal_nan=True)
        return None if same else float(number)
