"""Shapes in well-known binary, as GDAL hands them over."""

import struct
from typing import Any

import numpy as np

from medalloc.geography.own.features import Point
from medalloc.geography.own.topology import Rings

POINT, POLYGON, MULTI_POLYGON, COLLECTION = 1, 3, 6, 7


def polygons(content: bytes) -> list[Rings]:
    """Return the polygons in a shape; none of points and lines.

    Parameters
    ----------
    content : bytes
        Well-known binary of OGC or its form by ISO, with or without heights.
    """
    found: list[Rings] = []
    _read(content, 0, found)
    return found


def point(content: bytes) -> Point | None:
    """Return where a shape lies that is a point; None of any other."""
    order = "<" if content[0] else ">"
    (code,) = struct.unpack_from(f"{order}I", content, 1)
    if (code & 0x0FFFFFFF) % 1000 != POINT:
        return None
    # between the kind and the numbers may stand a coordinate system
    longitude, latitude = struct.unpack_from(f"{order}2d", content, 9 if code & 0x20000000 else 5)
    # an empty point has no numbers
    return None if longitude != longitude else (longitude, latitude)


def _read(content: bytes, at: int, found: list[Rings]) -> int:
    """Read one shape and return where the next one begins."""
    order = "<" if content[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", content, at + 1)
    kind = (code & 0x0FFFFFFF) % 1000
    # thousands by ISO, the highest bits by OGC
    more = {0: 0, 1: 1, 2: 1, 3: 2}[(code & 0x0FFFFFFF) // 1000] + bool(code & 0x80000000) + bool(code & 0x40000000)
    if kind not in (POLYGON, MULTI_POLYGON, COLLECTION):
        return len(content)
    (count,), at = struct.unpack_from(f"{order}I", content, at + 5), at + 9
    if kind != POLYGON:
        for _ in range(count):
            at = _read(content, at, found)
        return at
    rings = []
    for _ in range(count):
        (points,), at = struct.unpack_from(f"{order}I", content, at), at + 4
        numbers: Any = np.frombuffer(content, f"{order}f8", points * (2 + more), at).reshape(points, 2 + more)
        rings.append(numbers[:, :2].astype(float))
        at += numbers.nbytes
    if rings and len(rings[0]):
        found.append([ring for ring in rings if len(ring)])
    return at
