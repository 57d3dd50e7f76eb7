"""From the cells of a file of a known shape to a table of regions, of counts over time, or of patients."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.numbers import to_numbers
from medalloc.tables.periods import are_years
from medalloc.tables.roles import suggest_roles
from medalloc.tables.shapes.finding import as_texts, first, lacking
from medalloc.tables.shapes.melting import ITEM, NUMBER, PERIOD, melted
from medalloc.tables.shapes.rows import counting, extracted, joined, untagged
from medalloc.tables.shapes.shape import Shape
from medalloc.tables.shapes.summing import (
    RATE,
    banded,
    by_item,
    free_name,
    is_item,
    measured,
    numbers_in,
    periods,
    regions,
    summed,
    waits,
)
from medalloc.tables.table import Table

FEWEST = 4
"""Periods from which on counts are forecast; of fewer, and of years, the latest numbers are used. [count]"""

SUGGESTED = re.compile(r"population|demand|(existing|cap):.*(bed|nurse|clinician|doctor|physician|midwi|ventilator).*")
"""Roles that the name of an item may suggest."""


def is_of(shape: Shape, frame: pd.DataFrame) -> bool:
    """Whether a table is of a shape."""
    return not lacking(shape, frame)


def read_as(table: Table, shape: Shape, beside: Sequence[Table] = ()) -> Table:
    """Return a table as a shape says that it is to be read.

    Parameters
    ----------
    table : Table
        As its file has it.

    Returns
    -------
    Table
        Of regions, of counts over time, or of patients; its notes say what was done.

    Raises
    ------
    InputError
        If the table is not of that shape, or no row of it counts.
    """
    missing = lacking(shape, table.frame)
    if missing:
        raise refused(
            "“{file}” is no {shape}: {missing} is missing. Choose another shape, or none.",
            file=table.source.name,
            shape=words(shape.title),
            missing=listed(missing),
        )
    told: list[Sentence] = []
    frame = untagged(table.frame) if shape.tagged else table.frame
    frame = counting(extracted(joined(frame, shape, [each.frame for each in beside], told), shape), shape, told)
    _refuse_empty(frame, table, shape)
    frame, roles = (
        _persons(frame, shape) if shape.roles else _by_region(melted(frame) if shape.melt else frame, shape, told)
    )
    _refuse_empty(frame, table, shape)
    what = sentence("Read as: {shape}. {words}", shape=words(shape.title), words=words(shape.words))
    return replace(table, frame=frame, roles=roles, notes=(*table.notes, what, *told))


def _refuse_empty(frame: pd.DataFrame, table: Table, shape: Shape) -> None:
    if frame.empty:
        raise refused(
            "No row of “{file}” counts in a {shape}; choose another shape, or none.",
            file=table.source.name,
            shape=words(shape.title),
        )


def words(text: str) -> Sentence:
    """Return what a shape says of itself as a sentence that may have a translation."""
    return Sentence(text.replace("{", "{{").replace("}", "}}"))


def _persons(frame: pd.DataFrame, shape: Shape) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return rows of single persons, and the roles of their columns."""
    roles = dict.fromkeys(map(str, frame.columns), "ignored")
    for pattern, role in shape.roles.items():
        column = first(pattern, frame)
        if column is not None and frame[column].notna().any() and (role == "feature" or role not in roles.values()):
            roles[column] = role
    return frame.reset_index(drop=True), roles


def _by_region(frame: pd.DataFrame, shape: Shape, told: list[Sentence]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the numbers by region and period, and the roles of their columns."""
    column = first(shape.region, frame)
    if column is None:
        raise refused("No column says where; the table has: {columns}.", columns=listed(frame.columns, at_most=20))
    when = PERIOD if shape.melt and PERIOD in frame.columns else first(shape.period, frame)
    when = None if when == column else when
    keys = pd.DataFrame({column: regions(frame, shape, column)})
    if when is not None:
        keys[when] = periods(frame, shape, when, told)
    nowhere = int(keys[column].isna().sum())
    if nowhere:
        told.append(sentence("Rows without a region were left out: {count}.", count=nowhere))
    known = keys.notna().all(axis=1)
    frame, keys = frame[known], keys[known]
    if frame.empty:
        return frame, {}
    numbers, roles = _numbers(frame, keys, shape, told)
    made = _latest(numbers, keys, shape, told) if when else numbers
    for role, pattern in shape.beside.items():
        if (place := first(pattern, frame)) is not None and place not in made.columns:
            firsts = frame[place].groupby(keys[column], sort=False).first()
            made, roles = made.assign(**{place: made[column].map(firsts)}), {**roles, place: role}
    over_time = when in made.columns and len(made[when].unique()) > 1 and made[column].duplicated().any()
    keyed = {column: "region"} | ({str(when): "date" if over_time else "ignored"} if when in made.columns else {})
    return made, {name: role for name in made.columns if (role := {**roles, **keyed}[name])}


def _numbers(
    frame: pd.DataFrame, keys: pd.DataFrame, shape: Shape, told: list[Sentence]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the numbers that stand in columns, or in rows under the name of an item, by region and period."""
    item, number = first(shape.item, frame), first(shape.number, frame)
    if shape.melt and {ITEM, PERIOD, NUMBER} <= {*frame.columns}:
        number = NUMBER
        # periods alone stand in names, and the item in a column of its own
        item = item if frame[ITEM].eq("").all() else ITEM
    if number is None:
        return _in_columns(frame.drop(columns=list(keys.columns)), keys, shape, told)
    items = pd.Series(number, index=frame.index) if item is None else as_texts(frame[item]).fillna(number)
    items = items.map(lambda name: free_name(str(name), keys.columns))
    made = by_item(numbers_in(frame[number], shape, told), items, keys)
    named = [name for name in made.columns if name not in keys.columns]
    found, roles = measured(made[named], shape, list(keys.columns), told)
    made = made.drop(columns=[name for name in found.columns if name in made.columns]).join(found)
    return made, {**dict.fromkeys(made.columns, "ignored"), **_roles_of_items(made, named, roles, told)}


def _suggested(frame: pd.DataFrame) -> dict[str, str]:
    """Return the roles that names alone suggest; “number of deaths” is no unit to be placed."""
    plain = frame.set_axis([str(name).replace(",", "") for name in frame.columns], axis=1)
    roles = zip(frame.columns, suggest_roles(plain).values(), strict=True)
    return {name: role for name, role in roles if SUGGESTED.fullmatch(role)}


def _in_columns(
    frame: pd.DataFrame, keys: pd.DataFrame, shape: Shape, told: list[Sentence]
) -> tuple[pd.DataFrame, dict[str, str]]:
    found, roles = measured(frame, shape, list(keys.columns), told)
    free = [name for name in frame.columns if name not in found.columns]
    for name, role in _suggested(frame[free]).items():
        if role not in roles.values() and not shape.melt:
            found, roles = found.assign(**{name: to_numbers(frame[name])}), {**roles, name: role}
    if shape.melt and found.empty:
        # periods stand in rows, and every item has a column already
        items = [name for name in free if is_item(name, frame[name])]
        made = summed(frame[items].apply(to_numbers), keys)
        return made, {**dict.fromkeys(made.columns, "ignored"), **_roles_of_items(made, items, {}, told)}
    bands = banded(frame, shape)
    made = summed(pd.concat([found, bands], axis=1), keys)
    if bands.columns.size:
        made = made.drop(columns=list(bands.columns)).assign(**waits(made[list(bands.columns)]))
    return made, {**dict.fromkeys(made.columns, "ignored"), **roles}


def _roles_of_items(
    made: pd.DataFrame, named: list[str], roles: dict[str, str], told: list[Sentence]
) -> dict[str, str]:
    """Return the roles of items: those that the shape or their names say, and the first number of persons as demand."""
    left = [name for name in named if name in made.columns and name not in roles]
    for name, role in _suggested(made[left]).items():
        if role not in roles.values() and not RATE.search(name):
            roles = {**roles, name: role}
    if "demand" not in roles.values():
        counts = [name for name in left if name not in roles and not RATE.search(name)]
        roles = roles | dict.fromkeys(counts[:1], "demand")
    demand = next((name for name, role in roles.items() if role == "demand"), None)
    others = [name for name in left if name != demand]
    if demand is None:
        told.append(
            sentence("No number counts people, so none is the demand: {items}. Say which one is.", items=listed(named))
        )
    elif others:
        told.append(
            sentence(
                "“{item}” is taken for the demand; other numbers in the file: {others}.",
                item=demand,
                others=listed(others),
            )
        )
    return roles


def _latest(made: pd.DataFrame, keys: pd.DataFrame, shape: Shape, told: list[Sentence]) -> pd.DataFrame:
    """Return the latest number of each region where only that counts, or there is too little to forecast from."""
    region, when = keys.columns
    times = made[when].dropna().unique()
    if len(times) < 2 or not (shape.latest or len(times) < FEWEST or are_years(list(times))):
        return made
    ordered = made.sort_values(when, kind="stable")
    numbers = [name for name in made.columns if name not in keys.columns]
    last = ordered.groupby(region, sort=False)[numbers].last()
    known = (ordered[ordered[name].notna()].groupby(region)[when].max() for name in numbers)
    used = pd.concat([each for each in known if len(each)] or [ordered[when]])
    told.append(
        sentence(
            "Of each region the latest numbers are used, of {first} to {last}.",
            first=str(used.min()),
            last=str(used.max()),
        )
    )
    return last.reindex(made[region].unique()).dropna(how="all").reset_index()
