"""The sets of boundaries that ship with medalloc."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parents[2] / "sample_data" / "boundaries"


@dataclass(frozen=True)
class BoundarySet:
    """A file of boundaries and how to draw it."""

    name: str
    """File name without its ending."""

    projection: str
    """Name of the d3 projection that suits it."""

    feature: str = "regions"
    """Object inside the TopoJSON file."""

    @property
    def address(self) -> str:
        """Address of the file on medalloc's own server, relative to a page."""
        return f"boundaries/{self.name}.json"


SETS = (
    BoundarySet("us_states", "albersUsa"),
    BoundarySet("us_counties", "albersUsa"),
    BoundarySet("china_provinces", "mercator"),
    BoundarySet("world", "equalEarth"),
)


def ground(longitudes: "pd.Series[float]", latitudes: "pd.Series[float]") -> BoundarySet:
    """Return the land to draw under points: the United States or China when every point is there, else the world."""
    sets = {each.name: each for each in SETS}
    west, east, south, north = longitudes.min(), longitudes.max(), latitudes.min(), latitudes.max()
    if west > -125 and east < -66 and south > 24 and north < 50:
        return sets["us_states"]
    if west > 73 and east < 135 and south > 18 and north < 54:
        return sets["china_provinces"]
    return sets["world"]


@dataclass(frozen=True)
class Boundary:
    """One boundary of a set, without its shape."""

    id: str
    """Code inside the file: FIPS, ISO 3166 numeric or GB/T 2260."""

    names: tuple[str, ...]
    """Every name and code by which it may be called."""


@cache
def boundaries(name: str) -> tuple[Boundary, ...]:
    """Return the boundaries of a set.

    Parameters
    ----------
    name : str
        Name of the set, for instance ``world``.
    """
    shapes = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["objects"]["regions"]["geometries"]
    found = (Boundary(shape["id"], (shape["id"], *shape["properties"].values())) for shape in shapes)
    return tuple(map(_with_state_name, found) if name == "us_counties" else found)


def _with_state_name(county: Boundary) -> Boundary:
    """Add the spelling with the state in full: ``King County, Washington``."""
    name, _, code = county.names[-1].rpartition(", ")
    return Boundary(county.id, (*county.names, f"{name}, {_states()[code]}"))


@cache
def _states() -> dict[str, str]:
    return {state.names[-1]: state.names[1] for state in boundaries("us_states")}
