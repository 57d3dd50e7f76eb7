"""What is in the lists and mappings of a study, read strictly: a file may hold anything there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from medalloc.allocation.problem import Resource
from medalloc.priority.rule import Override
from medalloc.saved import from_plain
from medalloc.scenarios import Change, Scenario
from medalloc.sentences import sentence


@dataclass(frozen=True)
class SetByHand:
    """A demand that somebody set for the periods of one forecast."""

    value: float
    """Sum over all periods. [count]"""

    reason: str = ""
    """Why."""

    first: str = ""
    """Day on which the first period begins."""

    last: str = ""
    """Day on which the last period begins."""


@dataclass(frozen=True)
class Entries:
    """Entries by the choice that they are in."""

    resources: tuple[Resource, ...] = ()
    """What is placed."""

    changes: tuple[Change, ...] = ()
    """What a scenario changes."""

    scenarios: tuple[Scenario, ...] = ()
    """What was kept by name."""

    forecast_by_hand: Mapping[str, SetByHand] = field(default_factory=dict)
    """What was set instead of a forecast, by region."""

    overrides: tuple[Override, ...] = ()
    """What people decided otherwise than a rule."""


def entries(**chosen: object) -> Entries:
    """Return entries of a study as what they are.

    Raises
    ------
    InputError
        With every fault at once, each with its path.

    Examples
    --------
    >>> entries(resources=({"name": "beds", "stock": 4},)).resources[0].stock
    4.0
    """
    return from_plain(Entries, chosen, sentence("study"))
