"""GeoJSON and TopoJSON, read by hand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from medalloc.errors import InputError, refused
from medalloc.geography.own.features import Features, Point
from medalloc.geography.own.topology import Rings
from medalloc.sentences import sentence

DEGREES = ("CRS84", "4326", "4269", "4258")
"""Ends of names of coordinate systems whose numbers are longitude and latitude."""

Shape = list[Rings]


def read_json_file(content: bytes, name: str) -> Features | None:
    """Return what a GeoJSON or TopoJSON file holds; None where its coordinates are of another system.

    Raises
    ------
    InputError
        If it is neither.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = sentence("“{file}” is not JSON ({reason}).", file=name, reason=str(error))
        raise InputError(reason) from error
    try:
        if isinstance(document, dict) and document.get("type") == "Topology":
            return _topojson(document)
        if isinstance(document, dict) and document.get("type") == "FeatureCollection":
            return _geojson(document) if _is_in_degrees(document) else None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        raise refused(
            "“{file}” breaks the rules of GeoJSON or TopoJSON; open it in QGIS or mapshaper and save it again.",
            file=name,
        ) from error
    raise refused("“{file}” is neither GeoJSON with a FeatureCollection nor TopoJSON with a Topology.", file=name)


def _is_in_degrees(document: Mapping[str, Any]) -> bool:
    system = document.get("crs")
    return system is None or str(system["properties"]["name"]).endswith(DEGREES)


def _geojson(document: Mapping[str, Any]) -> Features:
    features = document["features"]
    shapes = [_shape(each["geometry"]) for each in features]
    points = {place: point for place, each in enumerate(features) if (point := _point(each["geometry"])) is not None}
    return Features([_texts(each) for each in features], shapes, points)


def _point(geometry: Mapping[str, Any] | None) -> Point | None:
    """Return where a point lies, of several the first; None where it is none."""
    if geometry is None or geometry["type"] not in ("Point", "MultiPoint") or not geometry["coordinates"]:
        return None
    longitude, latitude = (geometry["coordinates"] if geometry["type"] == "Point" else geometry["coordinates"][0])[:2]
    return float(longitude), float(latitude)


def _texts(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of a feature as text; its id is one, too."""
    own_id = {"id": feature["id"]} if feature.get("id") is not None else {}
    found = {**own_id, **(feature.get("properties") or {})}
    return {str(key): text_of(value) for key, value in found.items() if not isinstance(value, (dict, list))}


def text_of(value: Any) -> str:
    """Return a cell as text; a whole number has no point."""
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _shape(geometry: Mapping[str, Any] | None) -> Shape:
    if geometry is None:
        return []
    if geometry["type"] == "GeometryCollection":
        return [polygon for each in geometry["geometries"] for polygon in _shape(each)]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return []
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon for part in parts if (polygon := _rings(part))]


def _rings(polygon: Sequence[Any]) -> Rings:
    rings = [np.array(ring, dtype=float) for ring in polygon if len(ring)]
    if any(ring.ndim != 2 or ring.shape[1] < 2 for ring in rings):
        raise ValueError("a ring is no list of points")
    return [ring[:, :2] for ring in rings]


def _topojson(document: Mapping[str, Any]) -> Features:
    arcs = list(_arcs(document))
    objects = [list(_geometries(each)) for each in document["objects"].values()]
    largest = max(objects, key=lambda each: sum("arcs" in one for one in each))
    return Features([_texts(each) for each in largest], [_shape_of_arcs(each, arcs) for each in largest])


def _geometries(geometry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if geometry["type"] == "GeometryCollection":
        yield from geometry["geometries"]
    else:
        yield geometry


def _arcs(document: Mapping[str, Any]) -> Iterator[Any]:
    transform = document.get("transform")
    for arc in document["arcs"]:
        points = np.array(arc, dtype=float)[:, :2]
        if transform is None:
            yield points
        else:
            yield np.cumsum(points, axis=0) * np.array(transform["scale"]) + np.array(transform["translate"])


def _shape_of_arcs(geometry: Mapping[str, Any], arcs: list[Any]) -> Shape:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return []
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [
        [np.concatenate([arcs[one] if one >= 0 else arcs[~one][::-1] for one in ring]) for ring in part]
        for part in parts
        if part
    ]
