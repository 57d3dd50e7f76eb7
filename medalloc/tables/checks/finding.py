"""One thing about a table that a user should know."""

from dataclasses import dataclass

from medalloc.sentences import Sentence


@dataclass(frozen=True)
class Finding:
    """One thing about a table that a user should know, with what can be done about it."""

    kind: str
    """For instance ``missing``; together with the column it names a repair."""

    column: str | None
    """The column concerned; None when it concerns whole rows."""

    count: int
    """Rows concerned."""

    message: Sentence
    """What was found."""

    repair: Sentence
    """What can be done, or what will be done."""

    repairable: bool
    """Whether the repair can be applied with one click."""
