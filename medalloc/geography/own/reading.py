"""From a file of boundaries to what the map draws; read in a process of its own."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from medalloc.errors import refused
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.geography.own.features import Features
from medalloc.geography.own.json_file import read_json_file
from medalloc.geography.own.simplifying import simplified
from medalloc.geography.own.through_gdal import read_through_gdal
from medalloc.geography.own.topology import Topology, cut, on_drawn_grid, rewound
from medalloc.sentences import sentence

MOST_BYTES = 50 << 20
"""Size of the largest file of boundaries that is read. [bytes]"""

MOST_UNPACKED = 400 << 20
"""Size of what is unpacked from a zip, at most. [bytes]"""

DRAWN_BYTES = 500_000
"""What a browser is given at most, so that a map is there at once. [bytes]"""

DRAWN_POINTS = 70_000
"""Points to begin with; fewer where that takes too many bytes. [points]"""

MOST_REGIONS = 5_000
"""Regions that one map draws at most. [count]"""

MOST_COLUMNS = 100
"""Columns that are offered to match by, at most. [count]"""

SHAPEFILE = (".shp", ".dbf", ".shx", ".prj", ".cpg")


def read_boundaries(content: bytes, name: str) -> OwnBoundaries:
    """Read GeoJSON, TopoJSON, GeoPackage, KML, or a zip with one of these or a Shapefile in it.

    Raises
    ------
    InputError
        If it is none of these, damaged, too large, or holds no regions in a coordinate system that is known.
    """
    if len(content) > MOST_BYTES:
        raise refused(
            "“{file}” has {size} MB; a file of boundaries may have {most}. Simplify it in mapshaper or QGIS.",
            file=name,
            size=len(content) >> 20,
            most=MOST_BYTES >> 20,
        )
    features = _features(content, name)
    areas = [place for place, shape in enumerate(features.shapes) if shape]
    points = sorted(features.points)
    _refuse(features, areas, name)
    left_out = len(features.shapes) - len(areas) - len(points)
    said = sentence("Entries that are neither an area nor a point were left out: {count}.", count=left_out)
    drawn = _fitting(cut([features.shapes[place] for place in areas])) if areas else ""
    columns = _columns([features.properties[place] for place in (*areas, *points)])
    notes = (*features.notes, *((said,) if left_out else ()))
    return OwnBoundaries(columns, drawn, tuple(features.points[place] for place in points), notes)


def _features(content: bytes, name: str) -> Features:
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(content, name)
    if content.startswith(b"SQLite format 3\0"):
        return read_through_gdal({".gpkg": content}, name)
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        found = read_json_file(content.removeprefix(b"\xef\xbb\xbf"), name)
        return found if found is not None else read_through_gdal({".geojson": content}, name)
    if b"<kml" in start or (start.startswith(b"<") and b"opengis.net/kml" in start):
        return read_through_gdal({".kml": content}, name)
    if content.startswith(b"\0\0\x27\x0a"):
        raise refused(
            "“{file}” is one of the files of a Shapefile; put all of them (.shp, .dbf, .shx, .prj) into one zip.",
            file=name,
        )
    raise refused(
        "“{file}” is no file of boundaries: give GeoJSON, TopoJSON, GeoPackage, KML or a zipped Shapefile.", file=name
    )


def _of_zip(content: bytes, name: str) -> Features:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
            if sum(each.file_size for each in members) > MOST_UNPACKED:
                raise refused(
                    "“{file}” unpacks to more than {most} MB; simplify the boundaries in mapshaper or QGIS first.",
                    file=name,
                    most=MOST_UNPACKED >> 20,
                )
            paths = {each.filename: PurePosixPath(each.filename.lower()) for each in members}
            taken = _one(paths, name)
            if paths[taken].suffix != ".shp":
                return _features_inside(archive.read(taken), name)
            stem = paths[taken].with_suffix("")
            beside = {path.suffix: each for each, path in paths.items() if path.with_suffix("") == stem}
            return read_through_gdal({end: archive.read(beside[end]) for end in SHAPEFILE if end in beside}, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refused("“{file}” is damaged or encrypted and cannot be unpacked; pack it again.", file=name) from error


def _one(paths: dict[str, PurePosixPath], name: str) -> str:
    """Return the one member of a zip that holds boundaries."""
    for ending in (".shp", ".gpkg", ".geojson", ".topojson", ".json", ".kml"):
        found = [member for member, path in paths.items() if path.suffix == ending]
        if len(found) > 1:
            raise refused(
                "“{file}” holds several files of boundaries ({found}); pack the one to draw by itself.",
                file=name,
                found=", ".join(sorted(found)[:5]),
            )
        if found:
            return found[0]
    raise refused("“{file}” holds no file of boundaries: no .shp, .gpkg, .geojson, .json or .kml is in it.", file=name)


def _features_inside(content: bytes, name: str) -> Features:
    if content.startswith(b"PK\x03\x04"):
        raise refused("“{file}” is a zip in a zip; unpack it once.", file=name)
    return _features(content, name)


def _refuse(features: Features, areas: Sequence[int], name: str) -> None:
    """Refuse what cannot be drawn."""
    if not areas and not features.points:
        raise refused(
            "“{file}” holds no areas and no points: regions are drawn from polygons, sites from points.", file=name
        )
    if (count := len(areas) + len(features.points)) > MOST_REGIONS:
        raise refused(
            "“{file}” holds {count} regions; a map draws {most}. Keep those of your table.",
            file=name,
            count=count,
            most=MOST_REGIONS,
        )
    rings = [ring for place in areas for rings in features.shapes[place] for ring in rings]
    points = np.concatenate([*rings, np.array([*features.points.values()]).reshape(-1, 2)])
    wrong = ~(np.isfinite(points).all(axis=1) & (np.abs(points) <= (360, 90)).all(axis=1))
    if wrong.any():
        raise refused(
            "Coordinates of “{file}”, such as {point}, are not longitude and latitude, and it does not say of "
            "which system they are; save it in WGS 84 (EPSG:4326), or add the .prj file.",
            file=name,
            point="({:.6g}, {:.6g})".format(*points[np.flatnonzero(wrong)[0]]),
        )


def _columns(rows: Sequence[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the cells of each column that is not empty, as text."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: tuple(row.get(name, "") for row in rows) for name in names}
    return dict([(name, cells) for name, cells in columns.items() if any(cells)][:MOST_COLUMNS])


def _fitting(topology: Topology) -> str:
    """Return TopoJSON of at most `DRAWN_BYTES`, or as small as it gets."""
    points = DRAWN_POINTS
    while True:
        topology = simplified(topology, points)
        written = written_topology(rewound(on_drawn_grid(topology)))
        size = len(written)
        if size <= DRAWN_BYTES or points < 1_000:
            return written
        points = int(points * min(0.9, 0.95 * DRAWN_BYTES / size))


def written_topology(topology: Topology) -> str:
    """Return TopoJSON with one object, `regions`, whose ids are the places of regions in the file."""
    geometries: list[dict[str, Any]] = [
        {"type": "MultiPolygon", "arcs": polygons, "id": str(place)} for place, polygons in enumerate(topology.regions)
    ]
    arcs = [np.diff(arc, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).tolist() for arc in topology.arcs]
    document = {
        "type": "Topology",
        "transform": {"scale": topology.scale, "translate": topology.origin},
        "objects": {"regions": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    return json.dumps(document, separators=(",", ":"))
