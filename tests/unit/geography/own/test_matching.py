"""Boundaries that somebody brought, found by one of their columns."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.geography.matching import Ground, find_places
from medalloc.geography.own.matching import column_matches, own_set
from medalloc.geography.own.reading import read_boundaries
from tests.unit.geography.own import invented

COUNTRY = invented.country()
NAMES = list(COUNTRY)
OWN = read_boundaries(invented.geojson(COUNTRY), "kreise.geojson")


def found(*regions: str, **by_hand: str) -> Any:
    return find_places(regions, Ground(own=own_set(OWN, "name"), by_hand=by_hand))


def area(topojson: str) -> float:
    """Return the area inside all rings, holes taken away [square degrees]."""
    document = json.loads(topojson)
    scale = np.array(document["transform"]["scale"])
    arcs = [np.cumsum(each, axis=0) * scale for each in document["arcs"]]
    total = 0.0
    for shape in document["objects"]["regions"]["geometries"]:
        for ring in (ring for polygon in shape["arcs"] for ring in polygon):
            walked = [arcs[one] if one >= 0 else arcs[~one][::-1] for one in ring]
            assert all((one[-1] == other[0]).all() for one, other in zip(walked, walked[1:] + walked[:1], strict=True))
            x, y = np.concatenate(walked).T
            total -= float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2
    return total


def test_the_column_that_knows_most_regions_comes_first_and_tells_its_rate() -> None:
    best, *others = column_matches(OWN, [*NAMES[:4], "Atlantis"])
    assert (best.column, best.known) == ("name", 4)
    assert {each.column: each.known for each in others} == {"code": 0, "land": 0}
    assert column_matches(OWN, ["x03", "X08"])[0].column == "code"


def test_a_misspelt_name_is_taken_for_the_one_that_it_nearly_is_unless_a_number_or_a_beginning_differs() -> None:
    places = found("Ämtt 0-1", "Ämt 7-7", "Amt 0-2")
    assert places.near == {"Ämtt 0-1": "Ämt 0-1"}
    # accents do not matter
    assert places.ids["Amt 0-2"] == "2"
    assert places.unmatched == ("Ämt 7-7",)


def test_what_is_chosen_by_hand_comes_before_what_is_found() -> None:
    assert found("Atlantis", NAMES[0], Atlantis=NAMES[5]).ids == {"Atlantis": "5", NAMES[0]: "0"}
    assert found(NAMES[0], NAMES[1], **{NAMES[1]: ""}).unmatched == (NAMES[1],)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES).map(lambda name: name + "t"), st.text(max_size=6))
    )
)
def test_every_region_has_one_boundary_of_its_own_or_is_told(regions: list[str]) -> None:
    places = found(*regions)
    if regions:
        assert len(set(places.ids.values())) == len(places.ids)
        assert sorted([*places.ids, *places.unmatched]) == sorted(set(regions))
        assert set(places.near) <= set(places.ids)


def test_boundaries_of_ones_own_are_used_even_where_they_know_few_regions() -> None:
    assert find_places(["Texas", "Utah"], Ground(own=own_set(OWN, "name"))).ids == {}  # type: ignore[union-attr]
    assert find_places(["Texas", "Utah"], Ground("us_states", own_set(OWN, "name"))).ids["Utah"] == "49"  # type: ignore[union-attr]


def test_an_unknown_column_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="no column “nam”; use one of: name, code, land"):
        own_set(OWN, "nam")


def test_rows_of_one_name_are_one_region_of_the_same_area_without_the_borders_between_them() -> None:
    whole = own_set(OWN, "land")
    assert [each.names for each in whole.own] == [("Erewhon",)]
    assert area(whole.shapes) == pytest.approx(area(OWN.topojson), rel=1e-9)
    (shape,) = json.loads(whole.shapes)["objects"]["regions"]["geometries"]
    walked = [arc for polygon in shape["arcs"] for ring in polygon for arc in ring]
    assert not {~arc for arc in walked} & set(walked)
    # the coast and three islands
    assert sum(map(len, shape["arcs"])) == 4
