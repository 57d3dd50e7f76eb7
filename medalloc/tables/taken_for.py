"""Says what columns were taken for by their names, wherever an answer follows from it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from medalloc.quantities import quantity_of
from medalloc.resource_names import named
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.roles import is_exactly
from medalloc.tables.table import Table

UNSAID = ("ignored", "feature", "group")
"""Roles that are not listed: of columns that are not used, which have a sentence of their own, or that a model has."""

TAKEN = sentence(
    "Columns by their names: {columns}. That can be changed on the Data screen, or by options of a command."
).template
"""What is said wherever roles are not shown by themselves."""

NOT_USED = sentence("Columns that are not used: {columns}.").template
"""The same of columns without a role."""


def with_given(table: Table, roles: Mapping[str, str]) -> Table:
    """Return a table with the roles that were given, and notes of those that were guessed.

    A column that is called as its role is no guess.

    Raises
    ------
    InputError
        If a column or a role is unknown, or a single role is given twice.
    """
    used = table.with_roles(roles)
    notes = [*used.notes]
    guessed = {
        str(name): role
        for name, role in used.roles.items()
        if name not in roles and role not in UNSAID and not is_exactly(role, str(name))
    }
    if guessed:
        notes.append(sentence(TAKEN, columns=reduce(_beside, (_of_one(*pair) for pair in guessed.items()))))
    # of regions it is the plan that knows which columns it uses
    of_patients = used.column("need") is not None
    idle = [name for name, role in used.roles.items() if of_patients and role == "ignored" and name not in roles]
    if idle:
        notes.append(sentence(NOT_USED, columns=listed(idle, at_most=12)))
    return replace(used, notes=tuple(notes))


def _beside(before: Sentence, after: Sentence) -> Sentence:
    return sentence("{before}; {after}", before=before, after=after)


def _of_one(column: str, role: str) -> Sentence:
    words, resource = quantity_of(role).words, role.partition(":")[2]
    if not resource:
        return sentence("“{column}”: {role}", column=column, role=words)
    return sentence("“{column}”: {resource}, {role}", column=column, resource=named(resource), role=words)
