"""Boundaries that somebody brought, ready for the map."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from medalloc.geography.own.features import Point
from medalloc.sentences import Sentence


@dataclass(frozen=True, eq=False)
class OwnBoundaries:
    """The regions of a file, simplified for the map, and what is written beside each."""

    columns: Mapping[str, tuple[str, ...]]
    """Names and codes, one for every region and then for every point, by column."""

    topojson: str
    """The shapes; the id of each is its place in the columns. Nothing where the file has points alone."""

    points: tuple[Point, ...] = ()
    """Where the last of the columns' rows lie, of which no area is known. [degrees]"""

    notes: tuple[Sentence, ...] = ()
    """What reading had to decide."""

    @cached_property
    def sha256(self) -> str:
        """What the shapes are called where they are served."""
        return hashlib.sha256(self.topojson.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON-able data."""
        return {
            "columns": {name: list(cells) for name, cells in self.columns.items()},
            "topojson": self.topojson,
            "points": [list(each) for each in self.points],
            "notes": [each.to_json() for each in self.notes],
        }

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "OwnBoundaries":
        """Return what `to_json` gave."""
        columns = {name: tuple(cells) for name, cells in read["columns"].items()}
        points = tuple((float(longitude), float(latitude)) for longitude, latitude in read.get("points", ()))
        return cls(columns, read["topojson"], points, tuple(map(Sentence.from_json, read["notes"])))

    @property
    def areas(self) -> int:
        """Return how many of the rows have a shape."""
        return len(next(iter(self.columns.values()), ())) - len(self.points)
