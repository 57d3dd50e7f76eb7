"""Tables that are written as JSON: lists of records, a record a line, bundles, features on a map, headers with rows."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from medalloc.errors import refused
from medalloc.saved import read_json
from medalloc.tables.numbers import numbers_if_all

BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{\]])')
"""How JSON that may hold a table begins, and no line of column names does."""

Record = Mapping[str, Any]

DEEPEST, MOST_PARTS = 6, 2
"""Levels of a record that become columns, and the first parts of a list in it that do."""

LISTS = ("dataValues", "organisationUnits", "value", "values", "data", "results", "records", "rows", "items")
"""Entries in which records stand."""


def is_json(content: bytes) -> bool:
    """Whether a text begins as JSON does."""
    return BEGINNING.match(content) is not None


def json_cells(content: bytes, name: str) -> pd.DataFrame:
    r"""Return the table that JSON holds.

    Parameters
    ----------
    name : str
        File name, for messages only.

    Raises
    ------
    InputError
        If it is damaged, or holds no records.

    Examples
    --------
    >>> json_cells(b'{"id": "1", "at": {"city": "Bo"}}\n{"id": "2", "at": {"city": "Kono"}}\n', "r.ndjson").columns
    Index(['id', 'at.city'], dtype='str')
    """
    try:
        made = _cells(_values(content.decode("utf-8-sig")))
    except (ValueError, RecursionError, TypeError, AttributeError) as error:
        # a number may stand where every known file has an object
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise refused(
            "“{file}” is not JSON that can be read ({reason}); save it again.", file=name, reason=reason
        ) from error
    if made.empty:
        raise refused("“{file}” is JSON that holds no table: a list of records is expected.", file=name)
    mixed = [column for column, kind in made.dtypes.items() if pd.api.types.is_object_dtype(kind)]
    return made.astype(dict.fromkeys(mixed, "str"))


def _values(text: str) -> list[Any]:
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        # a value a line: the first line is whole
        json.loads(lines[0])
    except ValueError:
        return [read_json(text)]
    return [read_json(line) for line in lines]


def _cells(values: list[Any]) -> pd.DataFrame:
    whole = values[0] if len(values) == 1 else values
    if isinstance(whole, Mapping) and "headers" in whole and isinstance(whole.get("rows"), list):
        return _with_headers(whole)
    if _are_rows(whole):
        # all cells are text there, also those of numbers
        return pd.DataFrame(whole[1:], columns=whole[0]).apply(numbers_if_all)
    return pd.DataFrame([dict(_flat(each)) for each in _records(whole)])


def _are_rows(whole: Any) -> bool:
    """Whether a list holds names of columns, and rows of as many cells, as the interface of a census gives them."""
    if not (isinstance(whole, list) and len(whole) > 1 and all(isinstance(each, list) for each in whole)):
        return False
    names = whole[0]
    return (
        all(len(each) == len(names) for each in whole)
        and bool(names)
        and all(isinstance(each, str) and each.strip() for each in names)
        and len(set(names)) == len(names)
    )


def _records(whole: Any) -> Iterator[Record]:
    if isinstance(whole, list):
        # the World Bank puts a description of the page before the list
        lists = [each for each in whole if isinstance(each, list)]
        for each in lists[0] if lists else whole:
            if isinstance(each, Mapping):
                yield from _records(each) if "entry" in each else (each,)
        return
    if not isinstance(whole, Mapping):
        return
    if isinstance(whole.get("features"), list):
        yield from map(_feature, whole["features"])
    elif isinstance(whole.get("entry"), list):
        yield from (each["resource"] for each in whole["entry"] if isinstance(each.get("resource"), Mapping))
    elif name := next((each for each in LISTS if isinstance(whole.get(each), list)), None):
        # what holds for all records stands beside their list
        common = {key: value for key, value in whole.items() if isinstance(value, str | int | float)}
        yield from ({**common, **each} for each in whole[name] if isinstance(each, Mapping))
    else:
        yield whole


def _feature(feature: Record) -> Record:
    """Return the properties of a feature, its id, and where its middle is. [degrees]."""
    points = list(_points((feature.get("geometry") or {}).get("coordinates")))
    middle = [(min(axis) + max(axis)) / 2 for axis in zip(*points, strict=True)] if points else [None, None]
    own = {"id": feature["id"]} if "id" in feature else {}
    return {**own, **(feature.get("properties") or {}), "longitude": middle[0], "latitude": middle[1]}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates, list) and coordinates:
        if isinstance(coordinates[0], list):
            for each in coordinates:
                yield from _points(each)
        elif len(coordinates) > 1:
            yield float(coordinates[0]), float(coordinates[1])


def _with_headers(whole: Record) -> pd.DataFrame:
    """Return rows under the headers of an analytics resource, ids with their names where these are known."""
    names = [str(each.get("column") or each.get("name")) for each in whole["headers"]]
    frame = pd.DataFrame(whole["rows"], columns=names)
    about = whole.get("metaData") or {}
    items = {
        key: each.get("name", key) for key, each in (about.get("items") or {}).items() if isinstance(each, Mapping)
    }
    items |= about.get("names") or {}
    above = about.get("ouHierarchy") or {}
    for header, name in zip(whole["headers"], names, strict=True):
        if header.get("name") == "ou":
            frame["Organisation unit ID"] = frame[name]
            if above:
                frame["path"] = frame[name].map(above)
        if header.get("meta") and header.get("name") != "pe":
            frame[name] = frame[name].map(lambda cell: items.get(cell, cell))
        if header.get("valueType") in ("NUMBER", "INTEGER"):
            frame[name] = pd.to_numeric(frame[name], errors="coerce")
    return frame


def _flat(value: Any, path: str = "", depth: int = 0) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping) and depth < DEEPEST:
        for key, part in value.items():
            yield from _flat(part, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for place, part in enumerate(value[:MOST_PARTS]):
            yield from _flat(part, f"{path}.{place}", depth + 1)
    elif not isinstance(value, Mapping | list):
        yield path, value
