"""The sets of boundaries that a map can be drawn from: those that ship with medalloc, and one that somebody brought."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "sample_data" / "boundaries"
COUNTRIES = "countries"
"""Folder of the sets that are the regions of one country each."""

LARGER = "-larger"
"""Behind the code of a country: the regions that its regions are parts of."""


@dataclass(frozen=True)
class Boundary:
    """One boundary of a set, without its shape."""

    id: str
    """Code inside the file: FIPS, ISO 3166 numeric, GB/T 2260, HASC, or a place in a file that somebody brought."""

    names: tuple[str, ...]
    """Every name and code by which it may be called."""


@dataclass(frozen=True)
class BoundarySet:
    """A file of boundaries and how to draw it."""

    name: str
    """File name without its ending."""

    projection: str | None = None
    """Name of the d3 projection that suits it; None for one around what is drawn."""

    own: tuple[Boundary, ...] = field(default=(), repr=False)
    """The boundaries of a set that somebody brought."""

    shapes: str = field(default="", repr=False)
    """The TopoJSON of such a set."""

    @property
    def address(self) -> str:
        """Address of the file on medalloc's own server, relative to a page."""
        return f"boundaries/{self.name}.json"


SETS = (
    BoundarySet("us_states", "albersUsa"),
    BoundarySet("us_counties", "albersUsa"),
    BoundarySet("china_provinces"),
    BoundarySet("world"),
)
"""Sets that are preferred to those of single countries where both know as many regions."""


@cache
def every_set() -> Mapping[str, BoundarySet]:
    """Return all sets that ship, by name."""
    return {
        each.name: each for each in (*SETS, *(BoundarySet(f"{COUNTRIES}/{code}") for code in _names_in_countries()))
    }


@cache
def boundaries(name: str) -> tuple[Boundary, ...]:
    """Return the boundaries of a set that ships.

    Parameters
    ----------
    name : str
        Name of the set, for instance ``world`` or ``countries/ug``.
    """
    if name.startswith(COUNTRIES):
        country = name.removeprefix(f"{COUNTRIES}/")
        named, others = _names_in_countries()[country], other_names(country)
        return tuple(Boundary(code, (code, each, *others.get(code, ()))) for code, each in named.items())
    shapes = document(every_set()[name])["objects"]["regions"]["geometries"]
    others = other_names(name)
    found = (
        Boundary(shape["id"], (shape["id"], *shape["properties"].values(), *others.get(shape["id"], ())))
        for shape in shapes
    )
    return tuple(map(_with_state_name, found) if name == "us_counties" else found)


@cache
def _names_in_countries() -> dict[str, dict[str, str]]:
    """Return the regions of each country by their ids."""
    read: dict[str, dict[str, str]] = json.loads((FOLDER / f"{COUNTRIES}.json").read_bytes())
    return read


def other_names(of: str) -> Mapping[str, list[str]]:
    """Return what the regions of a country, or the countries of the world, are called besides, by their ids."""
    return _other_names().get(of, {})


@cache
def _other_names() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "other_names.json").read_bytes())
    return read


def packed(name: str) -> bytes:
    """Return the file of a set, packed with gzip."""
    return (FOLDER / f"{name}.json.gz").read_bytes()


def document(of: BoundarySet) -> dict[str, Any]:
    """Return the TopoJSON of a set."""
    path = FOLDER / f"{of.name}.json"
    content = of.shapes or (path.read_bytes() if path.exists() else gzip.decompress(packed(of.name)))
    read: dict[str, Any] = json.loads(content)
    return read


def _with_state_name(county: Boundary) -> Boundary:
    """Add the spelling with the state in full: ``King County, Washington``."""
    name, _, code = county.names[-1].rpartition(", ")
    return Boundary(county.id, (*county.names, f"{name}, {_states()[code]}"))


@cache
def _states() -> dict[str, str]:
    return {state.names[-1]: state.names[1] for state in boundaries("us_states")}
