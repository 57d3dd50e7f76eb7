"""Options that give something to a name: NAME=NUMBER, ROLE=COLUMN, MODEL:NAME=VALUE, REGION:ROLE=NUMBER."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from medalloc.errors import refused, require
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.quantities import PER_REGION, PER_RESOURCE
from medalloc.sentences import sentence
from medalloc.tables.table import Table

Value = TypeVar("Value")

NONE = "unlimited"
"""What takes a cap, a lock or a limit on space away."""


def pairs(given: Sequence[str], flag: str, read: Callable[[str], Value]) -> dict[str, Value]:
    """Return the value of every name.

    Raises
    ------
    InputError
        If one is not written as NAME=NUMBER, or a name is given again.
    """
    named: dict[str, Value] = {}
    for each in given:
        name, _, value = each.partition("=")
        if name in named:
            raise refused("{flag} names “{name}” twice; say it once.", flag=flag, name=name)
        try:
            named[name] = read(value)
        except ValueError:
            raise refused("{flag} {found}: write NAME=NUMBER, such as beds=500.", flag=flag, found=each) from None
    return named


def columns(given: Sequence[str]) -> dict[str, str]:
    """Return the role of every column that was asked for as ROLE=NAME.

    Raises
    ------
    InputError
        If one is not written so.
    """
    named = {}
    for each in given:
        role, _, name = each.partition("=")
        if not name:
            raise refused("--column {found}: write ROLE=NAME, such as demand=cases.", found=each)
        named[name] = role
    return named


def with_columns(table: Table, given: Sequence[str]) -> Table:
    """Return the table with the roles that were asked for as ROLE=NAME.

    Raises
    ------
    InputError
        If one is not written so, or the table has no such column.
    """
    return with_roles(table, columns(given))


def with_roles(table: Table, named: Mapping[str, str]) -> Table:
    """Give columns the roles that were asked for; a column that was only suggested for one of them steps back."""
    asked = set(named.values())
    back = {name: "ignored" for name, role in table.roles.items() if role in asked and name not in named}
    return replace(table, roles={**table.roles, **back}).with_roles(named)


def differing(before: Table, after: Table, said: Iterable[str] = ()) -> dict[str, str]:
    """Return the roles that `with_roles` takes to get from one table to the other with the same columns.

    Those of columns that were `said` are among them also where they are as before: they are no guess any more.
    """
    needs = {name for name in (before.column("need"), after.column("need")) if name is not None}
    first = {name: after.roles[name] for name in needs if after.roles[name] != before.roles[name]}
    told = before.with_roles(first)
    every = set(said)
    return {**first, **{name: role for name, role in after.roles.items() if name in every or role != told.roles[name]}}


def model_options(
    models: Sequence[str], given: Sequence[str], optimizer: str | None
) -> dict[str, dict[str, float | str]]:
    """Return the options of models, by model, from MODEL:NAME=VALUE.

    Raises
    ------
    InputError
        If one is not written so, its model is not trained, or no model takes an optimiser; not if a model has no such
        option: that is its own to say.
    """
    found: dict[str, dict[str, float | str]] = {}
    for each in given:
        (model, colon, rest), (_, equals, value) = each.partition(":"), each.partition("=")
        if not (colon and equals):
            raise refused("--option {found}: write MODEL:NAME=VALUE, such as boosting:trees=80.", found=each)
        if model not in models:
            raise refused(
                "--option {found}: this model is not asked for; add --model {model}.", found=each, model=model
            )
        found.setdefault(model, {})[rest.partition("=")[0]] = _value(value)
    learning = [kind for kind in models if "optimizer" in EVERY_KIND[kind].parameters]
    if optimizer is not None and not learning:
        raise refused(
            "Model “{kind}” learns without an optimiser; leave --optimizer out, or use one of the models: {known}.",
            kind=models[0],
            known=", ".join(kind for kind, each in CATALOGUE.items() if "optimizer" in each.parameters),
        )
    for kind in learning if optimizer is not None else ():
        found.setdefault(kind, {})["optimizer"] = str(optimizer)
    return found


def by_hand(given: Sequence[str], regions: Collection[str]) -> dict[str, dict[str, float | None]]:
    """Return the numbers that were set by hand as REGION:ROLE=NUMBER, by region and role.

    Parameters
    ----------
    given : sequence of str
        As they were given; a number may be ``unlimited``.
    regions : collection of str
        Names that are known; none where they are not known yet.

    Raises
    ------
    InputError
        If one is not written so, or the region is not known; all at once.

    Examples
    --------
    >>> by_hand(["North:cap:beds=4", "North:floor=0.5", "South:locked:beds=unlimited"], ())
    {'North': {'cap:beds': 4.0, 'floor': 0.5}, 'South': {'locked:beds': None}}
    """
    found: dict[str, dict[str, float | None]] = {}
    faults = []
    for each in given:
        told, _, number = each.rpartition("=")
        parts = told.split(":")
        # a name of a region may hold colons, too
        many = 2 if len(parts) > 2 and parts[-2] in PER_RESOURCE else 1
        region, role = ":".join(parts[:-many]), ":".join(parts[-many:])
        value = None if number == NONE else _value(number)
        if not region or isinstance(value, str) or (many == 1 and role not in PER_REGION):
            faults.append(sentence("--set {found}: write REGION:ROLE=NUMBER, such as North:cap:beds=40.", found=each))
        elif regions and region not in regions:
            faults.append(
                sentence(
                    "--set {found}: there is no region “{region}”; known are: {known}.",
                    found=each,
                    region=region,
                    known=", ".join(regions),
                )
            )
        else:
            found.setdefault(region, {})[role] = value
    require(*faults)
    return found


def _value(text: str) -> float | str:
    """Return a number where a text is one."""
    try:
        return float(text)
    except ValueError:
        return text
