"""Boundaries that somebody brings: every format gives the same regions, and what cannot be drawn is said."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from medalloc.errors import InputError
from medalloc.geography.own import reading
from medalloc.geography.own.apart import boundaries_apart
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.geography.own.reading import read_boundaries
from tests.unit.geography.own import invented

COUNTRY = invented.country()


def rings(found: OwnBoundaries) -> list[list[np.ndarray]]:
    """Return the outer rings of each region [degrees]."""
    document = json.loads(found.topojson)
    scale, origin = (np.array(document["transform"][each]) for each in ("scale", "translate"))
    arcs = [np.cumsum(each, axis=0) * scale + origin for each in document["arcs"]]
    return [
        [
            np.concatenate([arcs[one] if one >= 0 else arcs[~one][::-1] for one in polygon[0]])
            for polygon in each["arcs"]
        ]
        for each in document["objects"]["regions"]["geometries"]
    ]


def same_regions(found: OwnBoundaries) -> bool:
    """Whether these are the regions of the country, each point within a thousandth of a degree of one of its own."""
    for mine, theirs in zip(rings(found), COUNTRY.values(), strict=True):
        points, true = np.concatenate(mine), np.concatenate(theirs)
        if np.abs(points[:, None] - true[None]).sum(axis=2).min(axis=1).max() > 1e-3 or len(mine) != len(theirs):
            return False
    return True


def written(kind: str, folder: Path) -> bytes:
    by_hand = {"geojson": invented.geojson, "topojson": invented.topojson}
    if kind in by_hand:
        return by_hand[kind](COUNTRY)
    if kind == "shapefile":
        return invented.zipped_shapefile(COUNTRY, folder)
    driver = {"gpkg": "GPKG", "kml": "KML"}[kind]
    return invented.through_gdal(COUNTRY, folder, driver, kind)


@pytest.mark.parametrize("kind", ["geojson", "topojson", "shapefile", "gpkg", "kml"])
def test_every_format_reads_back_to_the_same_regions_with_their_names(kind: str, tmp_path: Path) -> None:
    found = read_boundaries(written(kind, tmp_path), f"kreise.{kind}")
    assert same_regions(found)
    names = {name.casefold(): cells for name, cells in found.columns.items()}
    assert names["name"] == tuple(COUNTRY)
    assert names["code"] == tuple(f"X{place:02}" for place in range(len(COUNTRY)))


def test_what_is_read_apart_is_what_is_read_here() -> None:
    content = invented.geojson(COUNTRY)
    assert boundaries_apart(content, "x").to_json() == read_boundaries(content, "x").to_json()


@pytest.mark.parametrize("member", ["kreise.geojson", "folder/kreise.json"])
def test_a_zip_with_one_file_of_boundaries_is_that_file(member: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(member, invented.geojson(COUNTRY))
        archive.writestr("readme.txt", "who made it")
    assert same_regions(read_boundaries(packed.getvalue(), "kreise.zip"))


def test_coordinates_of_a_national_grid_become_degrees_and_this_is_said(tmp_path: Path) -> None:
    square = {"Leeds": [np.array([[430000, 433000], [430000, 443000], [440000, 443000], [430000, 433000.0]])]}
    found = read_boundaries(invented.through_gdal(square, tmp_path, "GPKG", "gpkg", "EPSG:27700"), "leeds.gpkg")
    ((ring,),) = rings(found)
    # Ordnance Survey's own converter gives -1.5467, 53.7924 for the corner of 430000, 433000
    assert np.abs(ring - [-1.5464, 53.7926]).sum(axis=1).min() < 2e-3
    assert [str(each) for each in found.notes] == [
        "Coordinates were turned from EPSG:27700 into longitude and latitude."
    ]


def test_an_older_geojson_says_itself_of_which_system_its_coordinates_are() -> None:
    document = invented.features({"A": [np.array([[1e6, 6e6], [1e6, 6.1e6], [1.1e6, 6.1e6], [1e6, 6e6]])]})
    document["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    ((ring,),) = rings(read_boundaries(json.dumps(document).encode(), "a.geojson"))
    assert ring.min(axis=0) == pytest.approx([8.983, 47.36], abs=0.01)


def test_lines_among_the_areas_are_left_out_and_counted_and_points_stay_points() -> None:
    document = invented.features(COUNTRY)
    shapes = [{"type": "Point", "coordinates": [1, 2]}, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}]
    document["features"] += [{"type": "Feature", "geometry": each, "properties": {"name": "Post"}} for each in shapes]
    found = read_boundaries(json.dumps(document).encode(), "a.geojson")
    assert same_regions(found)
    assert found.areas == len(COUNTRY) and found.points == ((1.0, 2.0),)
    assert found.columns["name"] == (*COUNTRY, "Post")
    assert "left out: 1." in str(found.notes[0])
    assert OwnBoundaries.from_json(json.loads(json.dumps(found.to_json()))).points == found.points


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "kml"])
def test_points_of_every_format_read_back_to_where_they_are(kind: str, tmp_path: Path) -> None:
    sites = {"Clinic": (33.0, 1.5), "Hospital": (32.5, 0.25)}
    found = read_boundaries(invented.sites(sites, tmp_path, kind), f"sites.{kind}")
    assert not found.areas and not found.topojson
    names = {name.casefold(): cells for name, cells in found.columns.items()}["name"]
    assert dict(zip(names, found.points, strict=True)) == sites


def polygon(*points: object) -> bytes:
    shape = {"type": "Polygon", "coordinates": [list(points)]}
    return json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape}]}).encode()


def packed(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in members.items():
            archive.writestr(name.replace("_", "."), each)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no file of boundaries"),
        (b"region,demand\nNorth,1\n", "is no file of boundaries"),
        (b"{}", "is neither GeoJSON"),
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1]", "is neither GeoJSON"),
        (b'{"type": "FeatureCollection"}', "breaks the rules"),
        (b'{"type": "FeatureCollection", "features": 3}', "breaks the rules"),
        (b'{"type": "FeatureCollection", "features": [null]}', "breaks the rules"),
        (b'{"type": "FeatureCollection", "features": []}', "holds no areas"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "breaks the rules"),
        (polygon([1]), "breaks the rules"),
        (polygon("a", "b"), "breaks the rules"),
        (polygon([1, 2], [1, 3, 4], [2, 2]), "breaks the rules"),
        (polygon([500000, 1], [2, 3], [3, 4]), "are not longitude and latitude"),
        (polygon([float("nan"), 1], [2, 3], [3, 4]), "are not longitude and latitude"),
        (polygon([1e400, 1], [2, 3], [3, 4]), "are not longitude and latitude"),
        (b"PK\x03\x04 and nothing more", "is damaged or encrypted"),
        (packed(readme_txt=b"hello"), "holds no file of boundaries"),
        (packed(a_geojson=b"{}", b_geojson=b"{}"), "holds several files"),
        (packed(a_geojson=packed(b_geojson=b"{}")), "is a zip in a zip"),
        (packed(a_shp=b"\0\0\x27\x0a" + bytes(96)), "holds no areas|cannot be read"),
        (b"SQLite format 3\0" + bytes(1000), "cannot be read as boundaries"),
        (b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>', "cannot be read|holds no areas"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><kml><Document><name>&a;</name></Document></kml>', "cannot be read|no areas"),
        (b"\0\0\x27\x0a" + bytes(96), "put all of them"),
    ],
    ids=range(26),
)
def test_a_file_that_cannot_be_drawn_is_refused_in_a_sentence_that_names_it(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_boundaries(content, "kreise.bin")
    assert "“kreise.bin”" in str(refused.value)
    assert len(refused.value.faults) == 1


def test_coordinates_without_a_system_are_refused_unless_they_are_degrees(tmp_path: Path) -> None:
    assert same_regions(read_boundaries(invented.zipped_shapefile(COUNTRY, tmp_path, system=None), "kreise.zip"))
    far = {"A": [np.array([[1e6, 6e6], [1e6, 6.1e6], [1.1e6, 6.1e6], [1e6, 6e6]])]}
    with pytest.raises(InputError, match=r"add the \.prj file"):
        read_boundaries(invented.zipped_shapefile(far, tmp_path, system=None), "kreise.zip")
    site = invented.through_gdal(far, tmp_path, "GPKG", "gpkg", 'LOCAL_CS["our site",UNIT["metre",1]]')
    with pytest.raises(InputError, match="cannot be turned from our site"):
        read_boundaries(site, "site.gpkg")


def test_what_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_REGIONS", 8)
    with pytest.raises(InputError, match="holds 9 regions; a map draws 8"):
        read_boundaries(invented.geojson(COUNTRY), "kreise.geojson")
    with pytest.raises(InputError, match="unpacks to more than 400 MB"):
        read_boundaries(packed(a_geojson=bytes(reading.MOST_UNPACKED + 1)), "bomb.zip")
    with pytest.raises(InputError, match="may have 50"):
        read_boundaries(bytes(reading.MOST_BYTES + 1), "kreise.geojson")


def test_a_detailed_country_is_drawn_from_half_a_megabyte() -> None:
    detailed = invented.country(side=6, points=600)
    found = read_boundaries(invented.geojson(detailed), "kreise.geojson")
    assert len(found.topojson) <= reading.DRAWN_BYTES
    assert len(rings(found)) == 36
