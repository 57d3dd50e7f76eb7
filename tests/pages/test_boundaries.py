"""Boundaries on the Data screen: what was found is said, one's own are taken, and what was guessed can be changed."""

import json
from pathlib import Path
from typing import Any

from medalloc.study.steps import maps
from tests.pages.test_screens import go, opened, sound, upload
from tests.unit.geography.own import invented

NAMES = list(invented.country())


def table(*regions: str) -> bytes:
    return "\n".join(
        ["region,demand,population", *(f"{each},{9 + place},900" for place, each in enumerate(regions))]
    ).encode()


def places(visit: Any) -> Any:
    return visit.session_state["visit"].answers(maps.region_places)


def spec(visit: Any) -> str:
    return str(visit.get("vega_lite_chart")[0].proto)


def take(visit: Any, content: bytes, name: str = "kreise.geojson") -> Any:
    control = next(each for each in visit.get("file_uploader") if each.label == "Your own boundaries")
    control.set_value((name, content, "application/json"))
    return visit.run()


def test_regions_of_a_country_are_found_by_their_names_and_drawn() -> None:
    visit = upload(opened("data"), table("Gulu", "Kampala", "Mbararra"), "uganda.csv")
    sound(visit)
    assert any("3 of 3 regions have a boundary: regions of Uganda." in each.value for each in visit.markdown)
    assert places(visit).near == {"Mbararra": "Mbarara"}
    go(visit, "allocate")
    sound(visit)
    assert "boundaries/countries/ug.json" in spec(visit)
    assert any("Mbararra = Mbarara" in each.value for each in visit.caption)


def test_a_guess_is_changed_by_hand_and_another_set_can_be_chosen() -> None:
    visit = upload(opened("data"), table("Gulu", "Kampala", "Mbararra"), "uganda.csv")
    now = visit.session_state["visit"]
    visit.session_state[f"boundaries_by_hand_{now.editors['boundaries_by_hand'][1][1]}"] = {
        "edited_rows": {0: {"boundary": "Moyo"}}
    }
    visit.run()
    sound(visit)
    assert now.choices.study.data.boundary_of == {"Mbararra": "Moyo"}
    assert places(visit).near == {}
    assert places(visit).ids["Mbararra"] == "UG.MY"
    visit.selectbox(key="choice_boundary_set").set_value("none").run()
    assert places(visit) is None
    go(visit, "allocate")
    sound(visit)
    assert "boundaries/" not in spec(visit)


def test_own_boundaries_are_matched_by_the_best_column_and_drawn_on_every_map() -> None:
    visit = take(upload(opened("data"), table(*NAMES[:7], "Atlantis"), "own.csv"), invented.geojson(invented.country()))
    sound(visit)
    assert any("7 of 8 regions have a boundary: kreise.geojson." in each.value for each in visit.markdown)
    assert visit.selectbox(key="choice_boundaries_column").options[0] == "best: name (7 of 8 found)"
    found = places(visit)
    assert found.unmatched == ("Atlantis",)
    go(visit, "allocate")
    sound(visit)
    assert found.boundary_set.address in spec(visit)
    assert any("in the table only: Atlantis" in each.value for each in visit.caption)
    # another table is another country
    upload(go(visit, "data"), table("Gulu", "Kampala"), "uganda.csv")
    assert places(visit).boundary_set.name == "countries/ug"


def test_boundaries_that_cannot_be_drawn_are_refused_and_those_in_use_stay() -> None:
    visit = take(upload(opened("data"), table(*NAMES), "own.csv"), invented.geojson(invented.country()))
    before = places(visit)
    take(visit, b"{}", "broken.geojson")
    assert any("“broken.geojson” is neither GeoJSON" in each.value for each in visit.error)
    assert places(visit).ids == before.ids
    visit.button(key="boundaries_out").click().run()
    sound(visit)
    assert places(visit) is None


def test_boundaries_that_know_no_region_are_told_and_leave_bars() -> None:
    visit = take(upload(opened("data"), table("Here", "There"), "own.csv"), invented.geojson(invented.country()))
    sound(visit)
    assert any("0 of 2 regions have a boundary" in each.value for each in visit.markdown)
    go(visit, "allocate")
    sound(visit)
    assert "boundaries/" not in spec(visit)


def test_a_region_of_which_only_the_place_is_known_is_a_circle_on_the_same_map() -> None:
    content = b"region,demand,latitude,longitude\nGulu,9,2.8,32.3\nKampala,8,0.3,32.6\nCamp 4,7,1.5,33.0\n"
    visit = go(upload(opened("data"), content, "camps.csv"), "allocate")
    sound(visit)
    assert any("have no boundary: Camp 4" in each.value for each in visit.caption)
    assert json.dumps(33.0) in spec(visit)


def test_points_of_a_file_are_circles_on_the_map_and_further_ones_can_be_new_sites(tmp_path: Path) -> None:
    sites = {"Gulu": (32.3, 2.8), "Camp 4": (33.0, 1.5), "Post 9": (31.0, 1.0)}
    visit = take(
        upload(opened("data"), table("Gulu", "Camp 4"), "camps.csv"), invented.sites(sites, tmp_path, "geojson")
    )
    sound(visit)
    assert any("Points for 2 of 2 regions" in each.value and each.value.endswith(": 1.") for each in visit.markdown)
    go(visit, "what_if")
    visit.session_state["one_more_change"] = True
    visit.run()
    visit.selectbox(key="further_what").set_value("site").run()
    assert visit.selectbox(key="further_site").options == ["Post 9"]
    visit.selectbox(key="further_site").set_value("Post 9").run()
    visit.number_input(key="further_demand").set_value(5.0).run()
    next(each for each in visit.button if each.label == "Add this change").click().run()
    assert not visit.exception
    assert "Post 9" in spec(visit)
