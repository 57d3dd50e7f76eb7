"""What a file of boundaries holds, whatever its format."""

from dataclasses import dataclass

from medalloc.geography.own.topology import Rings
from medalloc.sentences import Sentence


@dataclass(frozen=True)
class Features:
    """Shapes with what is written beside them."""

    properties: list[dict[str, str]]
    """Of each shape its columns, as text; a shape may lack some."""

    shapes: list[list[Rings]]
    """Of each shape its polygons, longitude before latitude; none where it is no area. [degrees]"""

    notes: tuple[Sentence, ...] = ()
    """What reading had to decide."""
