"""What is sent to the browser for a map: little, and enough to tell every step of colour."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.geography.boundaries import boundaries
from medalloc.geography.matching import find_places
from medalloc.ui.kit import colours, maps, palette


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "shade", lambda: "light")
    monkeypatch.setattr(maps, "_", lambda text: text)


def drawn(regions: list[str], values: Any, **more: Any) -> dict[str, Any]:
    places = find_places(regions)
    assert places is not None
    shown = pd.DataFrame({"region": regions, "value": values, "extra0": values, **more})
    picture = maps.Picture("Coverage", ".0%", (0.0, 1.0), extra=("Demand",), cuts=(0.5, 0.7))
    spec: dict[str, Any] = maps.choropleth(shown, places, picture).chart().to_dict()
    return spec


def filled(spec: dict[str, Any]) -> dict[str, Any]:
    (layer,) = (each for each in spec["layer"] if "transform" in each)
    return {**layer, "rows": rows_of(layer, spec)}


def rows_of(layer: dict[str, Any], spec: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    inset = [each["filter"].rpartition(" ")[2] for each in layer["transform"] if "filter" in each]
    return [row for row in rows if not inset or str(row["inset"]) in inset]


@pytest.mark.parametrize(
    ("regions", "key", "place"),
    [
        (["Gulu", "Kampala"], "properties.name", False),
        ([each.id for each in boundaries("countries/pe")[:2]], "id", False),
        (["gulu", "Kampala"], "id", True),
    ],
)
def test_a_region_that_is_called_as_its_boundary_is_not_sent_twice(regions: list[str], key: str, place: bool) -> None:
    found = filled(drawn(regions, [0.1, 0.9]))
    assert found["transform"][0]["from"]["key"] == key
    assert all(("place" in row) == place for row in found["rows"])


def test_thousands_of_regions_are_sent_as_the_numbers_of_their_boundaries_which_lead_back_to_their_names() -> None:
    counties = boundaries("us_counties")
    found = filled(drawn([each.names[1] for each in counties], np.linspace(0, 1, len(counties))))
    padded, joined, named = found["transform"]
    assert (joined["lookup"], joined["from"]["key"]) == (padded["as"], "id") == ("place", "id")
    assert named == {"calculate": "datum.shape.properties.name", "as": "region"}
    assert [f"{row['place']:05}" for row in found["rows"]] == [each.id for each in counties]
    assert "5, '0', 'left'" in padded["calculate"] and not any("region" in row for row in found["rows"])


def test_a_number_at_the_end_of_a_step_is_in_the_step_above() -> None:
    names = [each.names[1] for each in boundaries("us_states")]
    values = np.linspace(0, 1, len(names)).round(2)
    for row, true in zip(filled(drawn(names, values))["rows"], values, strict=True):
        assert [row["value"] >= cut for cut in (0.1, 0.3, 0.5, 0.7)] == [true >= cut for cut in (0.1, 0.3, 0.5, 0.7)]


def test_a_place_alone_is_drawn_as_a_circle_where_the_map_then_reaches() -> None:
    where = {"longitude": [np.nan, np.nan, np.nan, 40.0], "latitude": [np.nan, np.nan, np.nan, 1.0]}
    spec = drawn(["Gulu", "Kampala", "Moyo", "Camp 4"], [0.1, 0.9, 0.5, 0.2], **where)
    assert [row["region"] for row in filled(spec)["rows"]] == ["Gulu", "Kampala", "Moyo", "Camp 4"]
    edge = filled(spec)["projection"]["fit"]["geometry"]["coordinates"]
    assert [40.0, 1.0] in edge


def test_regions_far_away_are_in_their_frame_and_nowhere_else() -> None:
    names = [each.names[1] for each in boundaries("countries/es")]
    spec = drawn(names, np.linspace(0, 1, len(names)))
    shown = [{row["region"] for row in rows_of(each, spec)} for each in spec["layer"] if "transform" in each]
    assert shown[1] == {"Las Palmas", "Santa Cruz de Tenerife"}
    assert shown[0] | shown[1] == set(names)
    assert not shown[0] & shown[1]


numbers = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@given(numbers, st.sampled_from([1.0, 3.0, 20.0, 700.0, 1e6]), st.sampled_from([colours.STEPS, colours.RANKS]))
def test_steps_rise_within_what_is_shown(values: list[float], end: float, by: str) -> None:
    cuts = colours.breaks(np.array(values), (0.0, end), by)
    assert list(cuts) == sorted(set(cuts))
    if by == colours.STEPS:
        assert 0 < cuts[0] < cuts[-1] < end
        assert np.diff((0.0, *cuts, end)) == pytest.approx(cuts[0])
        assert colours.FEW_STEPS <= len(cuts) + 1 <= colours.MANY_STEPS
    else:
        assert all(min(values) < each <= max(values) for each in cuts)
        assert len(cuts) < colours.CLASSES
