"""What the column of need is taken for, whether it holds answers or amounts."""

from typing import Any, Protocol

from medalloc.need.training.amount import holds_amounts, read_amount
from medalloc.need.training.target import read_need
from medalloc.sentences import Sentence
from medalloc.tables.table import Table


class Meaning(Protocol):
    """What every reading of the column says of itself: `Need` and `Amount`."""

    @property
    def said(self) -> Sentence:
        """Return it in words."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""


def meaning_of(table: Table) -> Meaning:
    """Return what the column of need of a table is taken for.

    Raises
    ------
    InputError
        If no column has the role, or its cells do not say what they mean.
    """
    return read_amount(table) if holds_amounts(table) else read_need(table)
