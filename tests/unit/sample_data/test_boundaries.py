import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sample_data import boundary_files, build, rings, topojson
from sample_data.simplify import simplify
from sample_data.topojson import Region, Topology

FILES = {"us_states": 51, "us_counties": 3142, "world": 240, "china_provinces": 34}
Parts = list[list[NDArray[np.float64]]]


def source(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((build.FOLDER / "boundaries" / f"{name}.json").read_text(encoding="utf-8"))
    return document


def geometries(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = source(name)["objects"]["regions"]["geometries"]
    return found


def decode(name: str) -> dict[str, Parts]:
    """Read a file by the TopoJSON specification alone, without the code under test."""
    document = source(name)
    scale, origin = (np.array(document["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in document["arcs"]]

    def ring(numbers: list[int]) -> NDArray[np.float64]:
        pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        for piece, following in zip(pieces, pieces[1:] + pieces[:1], strict=True):
            assert np.array_equal(piece[-1], following[0]), "arcs do not join"
        return np.concatenate(pieces)

    shapes = document["objects"]["regions"]["geometries"]
    return {shape["id"]: [[ring(numbers) for numbers in part] for part in shape["arcs"]] for shape in shapes}


@pytest.fixture(scope="module")
def shapes() -> dict[str, dict[str, Parts]]:
    return {name: decode(name) for name in FILES}


def signed_area(ring: NDArray[np.float64]) -> float:
    """Shoelace formula, positive anticlockwise, with jumps over the date line taken out."""
    x, y = np.degrees(np.unwrap(np.radians(ring[:, 0]))), ring[:, 1]
    x, y = x - x[0], y - y[0]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def contains(parts: Parts, longitude: float, latitude: float) -> bool:
    inside = False
    for ring in (ring for part in parts for ring in part):
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        crossed = (y0 > latitude) != (y1 > latitude)
        at = x0[crossed] + (latitude - y0[crossed]) / (y1 - y0)[crossed] * (x1 - x0)[crossed]
        inside ^= bool(np.count_nonzero(at > longitude) % 2)
    return inside


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_a_boundary_file_has_the_promised_regions_each_with_an_id_and_a_name(name: str, count: int) -> None:
    found = geometries(name)
    assert len(found) == count
    assert len({shape["id"] for shape in found}) == count
    assert len({shape["properties"]["name"] for shape in found}) == count
    # "St." and "Ste." are how the Census Bureau itself spells Saint.
    named = [re.sub(r"^Ste?\. ", "", shape["properties"]["name"]) for shape in found]
    assert not [text for text in named if re.search(r"\.|\bIs\b|^\s|\s$|\ufffd", text)]


@pytest.mark.parametrize("name", FILES)
def test_a_boundary_file_is_small(name: str) -> None:
    limits = {"us_counties": 900_000, "world": 400_000}
    assert (build.FOLDER / "boundaries" / f"{name}.json").stat().st_size < limits.get(name, 200_000)


@pytest.mark.parametrize("name", FILES)
def test_every_ring_is_closed_and_encloses_something(name: str, shapes: dict[str, dict[str, Parts]]) -> None:
    for region, parts in shapes[name].items():
        assert parts, region
        for ring in (ring for part in parts for ring in part):
            assert np.array_equal(ring[0], ring[-1])
            assert len(np.unique(ring, axis=0)) >= 3
            assert signed_area(ring) != 0


@pytest.mark.parametrize("name", FILES)
def test_outer_rings_run_clockwise_and_holes_the_other_way(name: str, shapes: dict[str, dict[str, Parts]]) -> None:
    for region, parts in shapes[name].items():
        for outer, *holes in parts:
            assert signed_area(outer) < 0, region
            assert all(signed_area(hole) > 0 for hole in holes), region


@pytest.mark.parametrize("name", FILES)
def test_every_arc_is_used_and_neighbours_walk_a_shared_one_in_opposite_directions(name: str) -> None:
    walked = Counter(arc for shape in geometries(name) for part in shape["arcs"] for ring in part for arc in ring)
    for number, arc in enumerate(source(name)["arcs"]):
        forward, backward = walked[number], walked[~number]
        assert forward + backward > 0
        # A step that the grid of the source has shrunk to nothing, or to a spike, may be walked more often.
        if any(step != [0, 0] for step in arc[1:]):
            assert abs(forward - backward) <= 1
        if len(arc) > 2:
            assert max(forward, backward) == 1


@pytest.mark.parametrize(
    ("name", "region", "longitude", "latitude"),
    [
        ("us_states", "39", -84.19, 39.76),
        ("us_states", "53", -122.33, 47.61),
        ("us_states", "02", -149.90, 61.20),
        ("us_states", "15", -155.50, 19.60),
        ("us_states", "11", -77.03, 38.90),
        ("us_counties", "39113", -84.19, 39.76),
        ("us_counties", "51610", -77.17, 38.885),
        ("us_counties", "08031", -104.95, 39.70),
        ("world", "250", 2.35, 48.86),
        ("world", "404", 36.82, -1.29),
        ("world", "426", 28.2, -29.5),
        ("world", "702", 103.82, 1.36),
        ("world", "840", -84.19, 39.76),
        ("china_provinces", "110000", 116.40, 39.90),
        ("china_provinces", "540000", 91.11, 29.65),
        ("china_provinces", "460000", 109.80, 19.20),
    ],
)
def test_a_known_place_lies_in_its_region_and_in_no_other(
    name: str, region: str, longitude: float, latitude: float, shapes: dict[str, dict[str, Parts]]
) -> None:
    assert [found for found, parts in shapes[name].items() if contains(parts, longitude, latitude)] == [region]


def test_every_county_is_found_on_the_map_by_code_and_by_name() -> None:
    table = pd.read_csv(build.FOLDER / "regions_us_counties.csv", dtype={"fips": str})
    drawn = {shape["id"]: shape["properties"]["name"] for shape in geometries("us_counties")}
    assert dict(zip(table["fips"], table["region"], strict=True)) == drawn


def test_every_country_is_found_on_the_map_by_code_and_by_name() -> None:
    table = pd.read_csv(build.FOLDER / "regions_world.csv", dtype={"iso_numeric": str})
    drawn = {(shape["id"], shape["properties"]["name"]) for shape in geometries("world")}
    assert set(zip(table["iso_numeric"], table["region"], strict=True)) <= drawn


def test_every_county_lies_in_a_state_of_the_state_map() -> None:
    states = {shape["id"]: shape["properties"] for shape in geometries("us_states")}
    for shape in geometries("us_counties"):
        assert shape["properties"]["name"].endswith(", " + states[shape["id"][:2]]["code"])


def test_every_site_lies_in_its_county(shapes: dict[str, dict[str, Parts]]) -> None:
    sites = pd.read_csv(build.FOLDER / "regions_rand_hie.csv", dtype={"fips": str})
    for fips, longitude, latitude in sites[["fips", "longitude", "latitude"]].itertuples(index=False):
        assert contains(shapes["us_counties"][fips], longitude, latitude), fips


def test_every_neighbourhood_of_boston_lies_in_massachusetts(shapes: dict[str, dict[str, Parts]]) -> None:
    places = pd.read_csv(build.FOLDER / "weekly_boston_flu.csv")[["longitude", "latitude"]].drop_duplicates()
    assert len(places) == 14
    massachusetts = shapes["us_states"]["25"]
    assert all(contains(massachusetts, x, y) for x, y in places.itertuples(index=False))


def test_provinces_carry_both_names() -> None:
    by_code = {shape["id"]: shape["properties"] for shape in geometries("china_provinces")}
    assert by_code["110000"] == {"name": "Beijing", "name_zh": "北京"}
    assert by_code["610000"] == {"name": "Shaanxi", "name_zh": "陕西"}
    assert by_code["140000"] == {"name": "Shanxi", "name_zh": "山西"}


@pytest.mark.parametrize("name", FILES)
def test_reading_a_file_and_writing_it_again_gives_the_same_bytes(name: str) -> None:
    content = (build.FOLDER / "boundaries" / f"{name}.json").read_bytes()
    assert topojson.write(topojson.read(content.decode(), "regions")) == content


def square(x: int, y: int, size: int = 10) -> NDArray[np.int64]:
    return np.array([[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]], dtype=np.int64)


def region(name: str) -> Region:
    return Region(name, {"name": name}, [])


def topology(*rings_by_name: tuple[str, list[NDArray[np.int64]]]) -> Topology:
    return topojson.from_rings([(region(name), found) for name, found in rings_by_name], (1.0, 1.0), (0.0, 0.0))


def test_a_border_between_two_regions_is_stored_once() -> None:
    pair = topology(("west", [square(0, 0)]), ("east", [square(10, 0)]))
    west, east = ({arc for ring in found.polygons[0] for arc in ring} for found in pair.regions)
    assert len(west & {~arc for arc in east}) == 1
    assert topojson.from_rings([(region("alone"), [square(0, 0)])], (1.0, 1.0), (0.0, 0.0)).arcs[0].shape == (5, 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12, unique=True))
def test_cutting_rings_into_shared_arcs_loses_no_point(cells: list[tuple[int, int]]) -> None:
    built = topology(*[(f"{x} {y}", [square(10 * x, 10 * y)]) for x, y in cells])
    for (x, y), found in zip(cells, built.regions, strict=True):
        points = built.grid_ring(found.polygons[0][0])
        assert {tuple(point) for point in points.tolist()} == {tuple(p) for p in square(10 * x, 10 * y).tolist()}
        assert rings.clockwise_area(built.ring(found.polygons[0][0])) > 0
    assert rings.faults(built) == []


def test_an_eighth_of_the_globe_has_an_eighth_of_its_area_and_the_sign_of_its_direction() -> None:
    octant = np.array([[0, 0], [0, 90], [90, 0], [0, 0]], dtype=float)
    assert rings.clockwise_area(octant) == pytest.approx(np.pi / 2)
    assert rings.clockwise_area(octant[::-1]) == pytest.approx(-np.pi / 2)


def test_a_ring_over_the_date_line_has_the_area_of_the_same_ring_elsewhere() -> None:
    here = square(0, 0).astype(float)
    there = (here + [175.0, 0.0] + [180.0, 0.0]) % 360 - [180.0, 0.0]
    assert rings.clockwise_area(there) == pytest.approx(rings.clockwise_area(here))


@pytest.mark.parametrize(
    ("points", "empty"),
    [
        ([[0, 0], [0, 0]], True),
        ([[0, 0], [3, 4], [0, 0]], True),
        ([[0, 0], [3, 3], [6, 6], [0, 0]], True),
        ([[0, 0], [0, 1], [1, 0], [0, 0]], False),
    ],
)
def test_a_ring_is_degenerate_exactly_when_it_encloses_nothing(points: list[list[int]], empty: bool) -> None:
    assert rings.is_degenerate(np.array(points, dtype=np.int64)) is empty


def test_cleaning_drops_collapsed_parts_and_turns_rings_that_run_the_wrong_way() -> None:
    line = np.array([[50, 50], [53, 54], [50, 50]], dtype=np.int64)
    built = topology(("inverted", [square(0, 0)[::-1], line]))
    assert rings.faults(built)
    cleaned = topojson.tidy(rings.clean(built))
    assert len(cleaned.regions[0].polygons) == 1
    assert len(cleaned.arcs) == 1
    assert rings.faults(cleaned) == []


def test_every_fault_of_a_topology_is_named() -> None:
    built = topology(("good", [square(0, 0)]), ("bad", [square(20, 0)[::-1]]))
    good, bad = built.regions
    assert rings.faults(replace(built, regions=[good])) == []
    assert rings.faults(built) == ["bad: a ring runs the wrong way round"]
    assert rings.faults(replace(built, regions=[good, good])) == ["id good is used twice"]
    assert rings.faults(replace(built, regions=[replace(bad, polygons=[[[9]]])])) == [
        "bad: a ring names an arc that is not there"
    ]
    assert "lacks an id" in rings.faults(replace(built, regions=[replace(good, id="")]))[0]


def test_straightening_removes_small_corners_and_specks_but_never_a_region() -> None:
    bumpy = np.array([[0, 0], [0, 50], [1, 51], [0, 52], [0, 100], [100, 100], [100, 0], [0, 0]], dtype=np.int64)
    built = topology(("land", [bumpy, square(120, 0, 2)]), ("islet", [square(140, 0, 2)]))
    simpler = topojson.tidy(simplify(replace(built, scale=(0.1, 0.1)), smallest=0.1))
    land, islet = simpler.regions
    assert len(land.polygons) == len(islet.polygons) == 1
    assert len(simpler.grid_ring(land.polygons[0][0])) == 5
    assert rings.faults(simpler) == []


@given(st.lists(st.tuples(st.integers(-30_000, 30_000), st.integers(-30_000, 30_000)), min_size=2, max_size=20))
def test_decoding_undoes_the_encoding_of_echarts(points: list[tuple[int, int]]) -> None:
    ring = np.array([*points, points[0]], dtype=np.int64)
    steps = np.diff(ring, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    text = "".join(chr(code + 64) for code in ((steps << 1) ^ (steps >> 63)).ravel().tolist())
    assert boundary_files.decoded(text, 0, 0).tolist() == ring.tolist()


def test_the_centre_of_a_square_with_an_island_is_weighted_by_area() -> None:
    built = topology(("both", [square(0, 0), square(20, 0)]))
    assert boundary_files.centroid(built, "both") == pytest.approx((15.0, 5.0))
