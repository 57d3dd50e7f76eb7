"""Everything that is kept of a visit, as JSON-able data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, cast

from medalloc.study import Study
from medalloc.study.study import PART_OF
from medalloc.study.tickets import Ticket, with_ticket
from medalloc.tables.mapping import Mapped
from medalloc.ui.lesson import LearnChoices
from medalloc.ui.look import Look


@dataclass(frozen=True)
class Choices:
    """What a visitor has chosen, what was handed to jobs for that, and what is looked at."""

    version: ClassVar[int] = 1

    study: Study = field(default_factory=Study)
    """What the answers follow from."""

    look: Look = field(default_factory=Look)
    """What is looked at."""

    learn: LearnChoices = field(default_factory=LearnChoices)
    """What the Learn screen shows."""

    tickets: tuple[Ticket, ...] = ()
    """What was handed to jobs, the newest first."""

    mappings: Mapping[str, Mapped] = field(default_factory=dict)
    """Roles that were given by hand, by the signature of the header that they were given to."""

    def choice(self, name: str) -> Any:
        """Return a choice by the name of its field, which is unique over all."""
        if name in PART_OF:
            return self.study.choice(name)
        return getattr(self.look if name in LOOK else self.learn, name)

    def changed(self, chosen: Mapping[str, Any]) -> "Choices":
        """Return the choices with others by the names of their fields."""
        unknown = [name for name in chosen if name not in (*PART_OF, *LOOK, *LEARN)]
        if unknown:
            raise KeyError(*unknown)
        parts = [{name: value for name, value in chosen.items() if name in known} for known in (PART_OF, LOOK, LEARN)]
        return replace(
            self,
            study=self.study.changed(**parts[0]),
            look=replace(self.look, **parts[1]) if parts[1] else self.look,
            learn=replace(self.learn, **parts[2]) if parts[2] else self.learn,
        )


def with_tickets_of(own: Choices, other: Choices) -> Choices:
    """Return the choices with the runs, too, that are in others only."""
    tickets = own.tickets
    for each in reversed([one for one in other.tickets if one not in tickets]):
        tickets = with_ticket(tickets, each)
    return replace(own, tickets=tickets)


LOOK = tuple(each.name for each in fields(Look))
LEARN = tuple(each.name for each in fields(LearnChoices))


class _Names:
    """Stands for a dataclass and gives, for every field that is looked up, its name."""

    def __getattr__(self, name: str) -> Any:
        return self if name in ("study", "look", "learn", *PARTS) else name


PARTS = tuple(each.name for each in fields(Study))

at = cast(Choices, _Names())
"""Names of choices that a type checker can check: ``at.study.limits.floor`` is ``"floor"``."""
