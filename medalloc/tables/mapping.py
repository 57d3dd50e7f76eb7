"""What somebody said of a table's columns, kept for the next file with the same ones."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST = 100
"""Headers that are kept, those last used. [count]"""


@dataclass(frozen=True)
class Mapped:
    """Roles that were given by hand to the columns of one header."""

    file_name: str
    """File in which they were given last."""

    roles: Mapping[str, str]
    """Roles that differ from the suggested ones, by column."""


def signature(columns: Iterable[str]) -> str:
    """Return what tells one header from another, in whatever order and case its names stand.

    Examples
    --------
    >>> signature(["Region", "cases"]) == signature(["CASES ", "region"]), signature(["a"]) == signature(["b"])
    (True, False)
    """
    names = sorted(" ".join(each.split()).casefold() for each in columns)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def mapping_for(columns: Iterable[str], kept: Mapping[str, Mapped]) -> Mapped | None:
    """Return the roles that were given to a header like this one, by the names that it has; None where none were.

    Examples
    --------
    >>> kept = with_mapping({}, ["region", "n"], Mapped("May.csv", {"n": "demand"}))
    >>> mapping_for(["N", "region"], kept), mapping_for(["n"], kept)
    (Mapped(file_name='May.csv', roles={'N': 'demand'}), None)
    """
    columns = list(columns)
    found = kept.get(signature(columns))
    if found is None:
        return None
    given = {signature([name]): role for name, role in found.roles.items()}
    return Mapped(found.file_name, {name: given[each] for name in columns if (each := signature([name])) in given})


def with_mapping(kept: Mapping[str, Mapped], columns: Iterable[str], mapped: Mapped) -> dict[str, Mapped]:
    """Return what is kept with the roles of one more header, or without those of it where nothing differs."""
    of = signature(columns)
    others = [(each, one) for each, one in kept.items() if each != of]
    return dict([*others[-MOST + 1 :], *([(of, mapped)] if mapped.roles else [])])
