"""What a file of boundaries holds, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from medalloc.geography.own.topology import Rings
from medalloc.sentences import Sentence

Point = tuple[float, float]
"""Longitude and latitude. [degrees]"""


@dataclass(frozen=True)
class Features:
    """Shapes with what is written beside them."""

    properties: list[dict[str, str]]
    """Of each shape its columns, as text; a shape may lack some."""

    shapes: list[list[Rings]]
    """Of each shape its polygons, longitude before latitude; none where it is no area. [degrees]"""

    points: Mapping[int, Point] = field(default_factory=dict)
    """Where a shape that is a point lies, by its place among the shapes. [degrees]"""

    notes: tuple[Sentence, ...] = ()
    """What reading had to decide."""
