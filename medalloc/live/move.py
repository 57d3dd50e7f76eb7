"""A move: units that go to one region, and how much of that may happen at once."""

from dataclasses import dataclass
from typing import Annotated

from medalloc.saved import Limits, Saved
from medalloc.sentences import sentence

STOCK = ""
"""Where units come from that no region has yet."""

DUST = 1e-9
"""Share of all units of a resource up to which a difference is rounding."""


@dataclass(frozen=True)
class MoveLimits(Saved):
    """How much may change at once, and what a move must be worth.

    Examples
    --------
    >>> MoveLimits(share=0.05, least=2).units is None
    True
    """

    noun = sentence("limit on moves")

    share: Annotated[float, Limits(0, 1)] = 0.05
    """Most of the placed units of a resource that may be moved at once. [fraction]"""

    units: Annotated[float, Limits(0)] | None = None
    """The same as a number; None where only the share limits. [units]"""

    least: Annotated[float, Limits(0)] = 1.0
    """People that a move must serve more, after those served fewer where its units come from. [people/period]"""

    price: Annotated[float, Limits(0)] = 0.0
    """People that every moved unit must serve more, which is what moving it costs. [people/unit]"""


@dataclass(frozen=True)
class Part:
    """Units of one resource from one place."""

    origin: str
    """Region they leave; empty where they come from stock."""

    resource: str
    """What they are."""

    units: float
    """How many. [units]"""


@dataclass(frozen=True)
class Move:
    """Units that go to one region, of all resources together: a bed without a nurse serves nobody."""

    id: str
    """What the board knows it by."""

    to: str
    """Region that gets them."""

    parts: tuple[Part, ...]
    """What comes from where."""

    serves: float
    """People served more in that region. [people/period]"""

    loses: float
    """People served fewer where the units come from. [people/period]"""

    until: str = ""
    """Day until which the numbers hold that it rests on, as ISO; empty where that is not known."""
