"""Invented countries, and every format that their boundaries come in."""

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyogrio.raw import write

Ring = NDArray[np.float64]


def country(side: int = 3, points: int = 8, seed: int = 0) -> dict[str, list[Ring]]:
    """Return side x side regions by name, each a closed ring and some with an island; neighbours share wavy borders."""
    draw = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0), indexing="ij"), -1)
    corners += draw.uniform(-0.2, 0.2, corners.shape)

    def border(i: int, j: int, along: int) -> Ring:
        start, end = corners[i, j], corners[i + (along == 0), j + (along == 1)]
        along_it = np.linspace(0, 1, points + 1)[:, None]
        waves = np.random.default_rng((seed, i, j, along)).uniform(-0.05, 0.05, (points + 1, 2))
        waves[[0, -1]] = 0
        return start + (end - start) * along_it + waves

    regions = {}
    for i in range(side):
        for j in range(side):
            down, right = border(i, j, 0), border(i + 1, j, 1)
            up, left = border(i, j + 1, 0)[::-1], border(i, j, 1)[::-1]
            ring = np.concatenate([down[:-1], right[:-1], up[:-1], left])
            island = np.array([[0, 0], [0.1, 0], [0.1, 0.1], [0, 0.1], [0, 0]]) + [side + 1 + i, j]
            rings = [ring, island] if i == j else [ring]
            regions[f"Ämt {i}-{j}"] = [each / side * 6 + [20, 40] for each in rings]
    return regions


def features(regions: dict[str, list[Ring]]) -> dict[str, Any]:
    """Return regions as GeoJSON, with a code beside the name."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": name, "code": f"X{place:02}", "land": "Erewhon"},
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring.tolist()] for ring in rings]},
            }
            for place, (name, rings) in enumerate(regions.items())
        ],
    }


def geojson(regions: dict[str, list[Ring]]) -> bytes:
    return json.dumps(features(regions)).encode()


def topojson(regions: dict[str, list[Ring]]) -> bytes:
    """Return regions as TopoJSON in which nothing is shared."""
    arcs: list[Any] = []
    geometries = []
    for each in features(regions)["features"]:
        numbers = []
        for (ring,) in each["geometry"]["coordinates"]:
            numbers.append([[len(arcs)]])
            arcs.append(ring)
        geometries.append({"type": "MultiPolygon", "arcs": numbers, "properties": each["properties"]})
    objects = {"land": {"type": "GeometryCollection", "geometries": geometries}}
    return json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}).encode()


def zipped_shapefile(regions: dict[str, list[Ring]], folder: Path, system: str | None = "EPSG:4326") -> bytes:
    """Return regions as a Shapefile; without a system, nothing says what its coordinates are."""
    through_gdal(regions, folder, "ESRI Shapefile", "shp", system or "EPSG:4326")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for each in folder.glob("kreise.*"):
            if each.suffix != ".prj" or system is not None:
                archive.write(each, f"kreise/{each.name}")
    return packed.getvalue()


def through_gdal(
    regions: dict[str, list[Ring]], folder: Path, driver: str, ending: str, system: str = "EPSG:4326"
) -> bytes:
    """Return regions in a format that GDAL writes."""

    def binary(rings: list[Ring]) -> bytes:
        polygons = [struct.pack("<BIII", 1, 3, 1, len(ring)) + ring.astype("<f8").tobytes() for ring in rings]
        return struct.pack("<BII", 1, 6, len(rings)) + b"".join(polygons)

    path = folder / f"kreise.{ending}"
    names = np.array(list(regions), dtype=object)
    codes = np.array([f"X{place:02}" for place in range(len(regions))], dtype=object)
    shapes = np.array([binary(rings) for rings in regions.values()], dtype=object)
    write(
        path, shapes, [names, codes], ["name", "code"], layer="kreise", driver=driver, geometry_type="MultiPolygon",
        crs=system,
    )  # fmt: skip
    return path.read_bytes()


def sites(places: dict[str, tuple[float, float]], folder: Path, kind: str) -> bytes:
    """Return named points as GeoJSON, or in a format that GDAL writes."""
    if kind == "geojson":
        found = [
            {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": list(point)}}
            for name, point in places.items()
        ]
        return json.dumps({"type": "FeatureCollection", "features": found}).encode()
    path = folder / f"sites.{kind}"
    write(
        path,
        np.array([struct.pack("<BI2d", 1, 1, *point) for point in places.values()], dtype=object),
        [np.array(list(places), dtype=object)],
        ["name"],
        layer="sites",
        driver={"gpkg": "GPKG", "kml": "KML"}[kind],
        geometry_type="Point",
        crs="EPSG:4326",
    )
    return path.read_bytes()
