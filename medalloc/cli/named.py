"""Options that give something to a name: NAME=NUMBER, ROLE=COLUMN."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from medalloc.errors import InputError
from medalloc.sentences import sentence
from medalloc.tables.table import Table


def numbers(given: Sequence[str], flag: str) -> dict[str, float]:
    """Return the number of every name; the last one where a name is given again.

    Raises
    ------
    InputError
        If one is not written as NAME=NUMBER.
    """
    named = {}
    for each in given:
        name, _, number = each.partition("=")
        try:
            named[name] = float(number)
        except ValueError:
            raise InputError(
                sentence("{flag} {found}: write NAME=NUMBER, such as beds=500.", flag=flag, found=each)
            ) from None
    return named


def with_columns(table: Table, columns: Sequence[str]) -> Table:
    """Return the table with the roles that were asked for as ROLE=NAME.

    Raises
    ------
    InputError
        If one is not written so, or the table has no such column.
    """
    named = {}
    for each in columns:
        role, _, name = each.partition("=")
        if not name:
            raise InputError(sentence("--column {found}: write ROLE=NAME, such as demand=cases.", found=each))
        named[name] = role
    return with_roles(table, named)


def with_roles(table: Table, named: Mapping[str, str]) -> Table:
    """Give columns the roles that were asked for; a column that was only suggested for one of them steps back."""
    asked = set(named.values())
    back = {name: "ignored" for name, role in table.roles.items() if role in asked and name not in named}
    return replace(table, roles={**table.roles, **back}).with_roles(named)
