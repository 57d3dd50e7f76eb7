"""What was handed to a job: which task, which run of it, and what it was given."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 200
"""Letters of a choice in JSON beyond which its hash stands for it. [count]"""

ENOUGH = 4
"""Tickets of one task that are kept, the newest first. [count]"""


@dataclass(frozen=True)
class Ticket:
    """One run of a long step."""

    task: str
    """Name of the step."""

    id: str
    """The run, as the jobs know it."""

    of: Mapping[str, Any] = field(default_factory=dict)
    """What it was given, by the names of its inputs: plain values, or what they in turn were made from."""


def noted(value: Any) -> Any:
    """Return a plain value as a ticket notes it: itself in JSON's own kinds, or its hash where it is long."""
    text = json.dumps(value, sort_keys=True)
    return json.loads(text) if len(text) <= LONGEST else hashlib.sha256(text.encode()).hexdigest()


def with_ticket(tickets: tuple[Ticket, ...], ticket: Ticket) -> tuple[Ticket, ...]:
    """Return the tickets with a new one in front; the oldest of its task go.

    Examples
    --------
    >>> [each.id for each in with_ticket(tuple(Ticket("t", str(n)) for n in (4, 3, 2, 1)), Ticket("t", "5"))]
    ['5', '4', '3', '2']
    """
    own = [ticket, *(each for each in tickets if each.task == ticket.task)][:ENOUGH]
    return (*own, *(each for each in tickets if each.task != ticket.task))
