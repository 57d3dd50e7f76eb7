"""GeoPackage, Shapefile, KML, and GeoJSON of another coordinate system: read by GDAL, turned into degrees by PROJ."""

import struct
import tempfile
import warnings
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from medalloc.errors import InputError, refused
from medalloc.geography.own.features import Features, Point
from medalloc.geography.own.json_file import text_of
from medalloc.geography.own.well_known import point, polygons
from medalloc.sentences import Sentence, sentence

DEGREES = ("EPSG:4326", "OGC:CRS84", "EPSG:4269", "EPSG:4258")
"""Coordinate systems that differ from each other by less than a map of regions shows."""

WARPED = """<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name={name}><SrcDataSource>{path}</SrcDataSource>
<SrcLayer>{layer}</SrcLayer></OGRVRTLayer><TargetSRS>OGC:CRS84</TargetSRS></OGRVRTWarpedLayer></OGRVRTDataSource>"""
"""A source for GDAL that turns every point into longitude and latitude."""


def read_through_gdal(files: dict[str, bytes], name: str) -> Features:
    """Return what a file of boundaries holds.

    Parameters
    ----------
    files : dict
        The file, first, and those that belong to it, by endings with their point.
    name : str
        What it is called, for messages.

    Raises
    ------
    InputError
        If GDAL cannot read it, or nothing says what its coordinates mean.
    """
    import pyogrio

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # what GDAL remarks on a file that it reads all the same
        warnings.simplefilter("ignore")
        for ending, content in files.items():
            (Path(folder) / f"boundaries{ending}").write_bytes(content)
        path = Path(folder) / f"boundaries{next(iter(files))}"
        try:
            layer, notes = _layer(path, name)
            read, system = _read(path, layer, name)
            if system is None:
                # degrees are degrees even where nothing says so; other numbers are refused where they are drawn
                return Features(*read, notes=notes)
            return Features(*read, notes=(*notes, *_turned(system)))
        except (
            *(pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError),
            *(struct.error, ValueError, KeyError, IndexError),
        ) as error:
            raise _unreadable(name) from error


def _unreadable(name: str) -> InputError:
    return refused(
        "“{file}” cannot be read as boundaries: it is damaged, or of another kind than its ending says. Open it in "
        "QGIS or mapshaper and save it as GeoJSON.",
        file=name,
    )


def _layer(path: Path, name: str) -> tuple[str, tuple[Sentence, ...]]:
    """Return the layer with most areas, and a note where there was a choice."""
    import pyogrio

    # a KML says of no layer what is in it
    kinds = {str(layer): str(kind) for layer, kind in pyogrio.list_layers(path) if kind is not None}
    areas = [
        each
        for each, kind in kinds.items()
        if "Polygon" in kind or kind in ("Unknown", "Geometry", "GeometryCollection")
    ]
    named = areas or [each for each, kind in kinds.items() if "Point" in kind]
    if not named:
        raise refused(
            "“{file}” holds no areas and no points: regions are drawn from polygons, sites from points.", file=name
        )
    sizes = {layer: pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"] for layer in named}
    taken = max(sizes, key=lambda layer: sizes[layer])
    if len(named) == 1:
        return taken, ()
    said = sentence("Of {count} layers, the one with most regions is taken: “{layer}”.", count=len(named), layer=taken)
    return taken, (said,)


def _read(
    path: Path, layer: str, name: str
) -> tuple[tuple[list[dict[str, str]], list[Any], dict[int, Point]], str | None]:
    """Return columns and shapes, in degrees, and the coordinate system they were in; None where nothing says it."""
    import pyogrio
    from pyogrio.raw import read

    system = pyogrio.read_info(path, layer=layer)["crs"]
    if system is None or system in DEGREES:
        meta, _ids, shapes, cells = read(path, layer=layer)
    else:
        warped = path.with_suffix(".vrt")
        warped.write_text(WARPED.format(name=quoteattr(layer), path=escape(str(path)), layer=escape(layer)), "utf-8")
        try:
            meta, _ids, shapes, cells = read(warped, layer=layer)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise refused(
                "The coordinates of “{file}” cannot be turned from {system} into longitude and latitude; save it "
                "in WGS 84 (EPSG:4326).",
                file=name,
                system=_short(system),
            ) from error
    columns = {str(field): [text_of(each) for each in column.tolist()] for field, column in _columns(meta, cells)}
    rows = [{field: column[row] for field, column in columns.items()} for row in range(len(shapes))]
    points = {row: at for row, shape in enumerate(shapes) if shape is not None and (at := point(shape)) is not None}
    return (rows, [[] if shape is None else polygons(shape) for shape in shapes], points), system


def _columns(meta: dict[str, Any], cells: list[Any]) -> list[tuple[str, Any]]:
    """Return the columns that can name a region: texts and numbers."""
    return [(field, cell) for field, cell in zip(meta["fields"], cells, strict=True) if cell.dtype.kind in "Oiuf"]


def _turned(system: str) -> tuple[Sentence, ...]:
    if system in DEGREES:
        return ()
    return (sentence("Coordinates were turned from {system} into longitude and latitude.", system=_short(system)),)


def _short(system: str) -> str:
    """Return the name in a description of a coordinate system."""
    return system.split('"')[1] if '"' in system else system[:60]
