import json

import pytest

from medalloc.geography.boundaries import COUNTRIES, FOLDER, SETS, boundaries, document, every_set
from medalloc.geography.extent import corners
from sample_data import rings, topojson


@pytest.mark.parametrize(
    ("name", "count"), [("us_states", 51), ("us_counties", 3142), ("china_provinces", 34), ("world", 240)]
)
def test_every_boundary_has_a_code_of_its_own_and_a_name(name: str, count: int) -> None:
    found = boundaries(name)
    assert len({boundary.id for boundary in found}) == len(found) == count
    assert all(boundary.names[0] == boundary.id and all(boundary.names) for boundary in found)


def test_every_set_has_its_file_and_every_file_its_set() -> None:
    assert {each.name for each in SETS} == {path.stem for path in FOLDER.glob("*.json")} - {COUNTRIES, "other_names"}
    packed = {f"{COUNTRIES}/{path.name.removesuffix('.json.gz')}" for path in (FOLDER / COUNTRIES).glob("*.json.gz")}
    assert set(every_set()) - {each.name for each in SETS} == packed
    assert SETS[0].address == "boundaries/us_states.json"


def test_the_names_of_a_country_are_those_of_its_file_and_the_map_knows_where_each_is() -> None:
    for name, each in every_set().items():
        shapes = document(each)["objects"]["regions"]["geometries"]
        if name.startswith(COUNTRIES):
            written = {(shape["id"], shape["properties"]["name"]) for shape in shapes}
            assert written == {(one.id, one.names[1]) for one in boundaries(name)}
        assert {shape["id"] for shape in shapes} == set(corners(each)) == {one.id for one in boundaries(name)}
        assert len(set(corners(each))) == len(shapes) > 1


def test_a_larger_region_is_all_that_its_parts_are() -> None:
    parts = topojson.read(json.dumps(document(every_set()["countries/it"])), "regions")
    whole = topojson.read(json.dumps(document(every_set()["countries/it-larger"])), "regions")

    def area(of: topojson.Topology) -> float:
        return sum(
            rings.clockwise_area(of.ring(ring)) for each in of.regions for polygon in each.polygons for ring in polygon
        )

    assert area(whole) == pytest.approx(area(parts), rel=1e-9)
    assert len(whole.arcs) < len(parts.arcs)


def test_every_ring_of_every_country_encloses_something_and_runs_the_way_the_map_wants() -> None:
    for name, each in every_set().items():
        topology = topojson.read(json.dumps(document(each)), "regions")
        assert rings.faults(topology) == [], name


def test_counties_are_named_with_their_state_in_short_and_in_full() -> None:
    (king,) = (boundary for boundary in boundaries("us_counties") if boundary.id == "53033")
    assert king.names == ("53033", "King County, WA", "King County, Washington")


def test_provinces_are_named_in_both_languages() -> None:
    (beijing,) = (boundary for boundary in boundaries("china_provinces") if boundary.id == "110000")
    assert beijing.names == ("110000", "Beijing", "北京")
