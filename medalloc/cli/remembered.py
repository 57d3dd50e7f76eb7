"""Roles that were given by hand to the columns of an earlier file: used when they are asked for, else told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from medalloc.cli.options import options
from medalloc.errors import InputError, refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.study import Answers
from medalloc.study.steps import tables
from medalloc.tables.mapping import Mapped, signature
from medalloc.tables.table import Table

COMMANDS = "commands"
"""Whose roles they are that were given in commands."""

REMEMBERED = options(
    click.option(
        "--remembered",
        is_flag=True,
        help="Use the roles that were given by hand, on Data or by --remember, to a file with the same columns.",
    ),
)
REMEMBER = click.option(
    "--remember", is_flag=True, help="Keep the roles that options give here for files with the same columns."
)


def with_remembered(table: Table, chosen: Mapping[str, Any]) -> Table:
    """Return a table with the roles that are remembered for its columns, where they are asked for.

    Raises
    ------
    InputError
        If there are none.
    """
    if not chosen.get("remembered"):
        return table
    mapped = _mapped(table)
    if mapped is None:
        raise refused("--remembered: no roles were given to these columns before; give them on Data or by --remember.")
    return table.with_roles(mapped.roles)


def remember(table: Table, roles: Mapping[str, str], chosen: Mapping[str, Any]) -> None:
    """Keep the roles that were given to a table, where that is asked for."""
    if chosen.get("remember"):
        from medalloc.workspace import Workspace
        from medalloc.workspace.mappings import keep_mapping
        from medalloc.workspace.place import place

        mapped = Mapped(Path(table.source.name).name, roles)
        keep_mapping(Workspace.at(place()), table.frame.columns, mapped, owner=COMMANDS)


def told(answers: Answers) -> Iterator[Sentence]:
    """Yield which roles are remembered for the columns of the table in use, and whether they are those in use."""
    table, given = answers(tables.came_in), answers.study.data.roles
    mapped = None if table is None else _mapped(table)
    if mapped is None:
        return
    said = listed((f"“{name}”: {role}" for name, role in mapped.roles.items()), 8)
    if mapped.roles.items() <= given.items():
        yield sentence("As in “{file}”, which has the same columns: {roles}.", file=mapped.file_name, roles=said)
    else:
        yield sentence(
            "In “{file}”, which has the same columns, roles were given by hand: {roles}. --remembered uses them.",
            file=mapped.file_name,
            roles=said,
        )


@contextmanager
def hinted(answers: Answers) -> Iterator[None]:
    """Say also which roles are remembered, where one is missing."""
    try:
        yield
    except InputError as error:
        raise InputError(*error.faults, *told(answers)) from error


def _mapped(table: Table) -> Mapped | None:
    from medalloc.workspace.place import may_have_mapping

    if not may_have_mapping(signature(table.frame.columns)):
        return None
    from medalloc.workspace.mappings import mapping_here

    return mapping_here(table.frame.columns)
