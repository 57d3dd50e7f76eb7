"""Names in several spellings, which differ by case, spaces, width of letters or the zeros in front of a code."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

import pandas as pd

from medalloc.sentences import listed, sentence
from medalloc.tables.table import Table


def plain(name: str) -> str:
    """Return what all spellings of a name have in common.

    Examples
    --------
    >>> plain(" North  End") == plain("NORTH END"), plain("01001") == plain("1001"), plain("A-1") == plain("A 1")
    (True, True, False)
    """
    letters = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return letters.lstrip("0") or "0" if letters.isdecimal() else letters


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Return the spelling that each name should have, for names that are written in more than one way.

    The most frequent spelling is kept; of equally frequent ones the longer code, or the name that comes first. Spaces
    around it are not.

    Examples
    --------
    >>> spellings(["North", "South", "north ", "North"]), spellings(["1", "01"])
    ({'north ': 'North'}, {'1': '01'})
    """
    counted = Counter(names)
    groups: dict[str, list[str]] = {}
    for name in counted:
        groups.setdefault(plain(name), []).append(name)
    made: dict[str, str] = {}
    for group in groups.values():
        if len(group) == 1:
            continue
        usual = max(group, key=lambda name: (counted[name], name.strip().isdecimal() * len(name.strip())))
        made |= {name: usual.strip() for name in group if name != usual.strip()}
    return made


def spelled_alike(column: pd.Series) -> pd.Series:
    """Return a column of names, each in one spelling."""
    known = column.dropna().astype(str)
    return column.mask(column.notna(), column.astype("str").replace(spellings(known))) if len(known) else column


def as_spelled(names: Iterable[str], known: Iterable[str]) -> Mapping[str, str]:
    """Return the known name of every other name that can only be that one.

    Parameters
    ----------
    known : iterable of str
        Of another; a name that stands there as well is left as it is.

    Examples
    --------
    >>> as_spelled(["NORTH", "South", "6037"], ["North", "South", "06037"])
    {'NORTH': 'North', '6037': '06037'}
    """
    wanted, given = set(known), set(names)
    ways: dict[str, list[str]] = {}
    for name in sorted(wanted):
        ways.setdefault(plain(name), []).append(name)
    asked = Counter(plain(name) for name in given)
    return {
        name: ways[plain(name)][0]
        for name in dict.fromkeys(names)
        if name not in wanted and len(ways.get(plain(name), ())) == 1 and asked[plain(name)] == 1
    }


def with_names_of(table: Table, other: Table | None) -> Table:
    """Return a table of regions with their names written as in another table, which is said.

    Parameters
    ----------
    other : Table or None
        Whose names are kept; nothing is changed without it, or where one of the two has no regions.
    """
    column, known = table.column("region"), None if other is None else other.column("region")
    if other is None or column is None or known is None:
        return table
    names = table.frame[column].dropna().astype(str)
    changed = as_spelled(names, other.frame[known].dropna().astype(str).str.strip().unique())
    if not changed:
        return table
    spelled = table.frame[column].astype("str").replace(dict(changed))
    said = sentence(
        "Regions of “{file}” are named as those of “{other}”: {names}.",
        file=PurePath(table.source.name).name,
        other=PurePath(other.source.name).name,
        names=listed((f"“{name}” = “{kept}”" for name, kept in changed.items()), 8),
    )
    return replace(table, frame=table.frame.assign(**{column: spelled}), notes=(*table.notes, said))
