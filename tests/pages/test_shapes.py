"""A file of a known shape is read as one on the Data screen, which says so and can be told otherwise."""

import json

from medalloc.study.steps import demands, plans, tables
from medalloc.tables.shapes.known.dhis2 import PIVOT
from tests.pages.test_screens import go, opened, sound, upload
from tests.unit.tables.shapes.examples import EXAMPLES


def test_a_pivot_table_reaches_a_plan_without_naming_a_column() -> None:
    visit = upload(opened("data"), EXAMPLES["dhis2-pivot"].text.encode(), "pivot.csv")
    sound(visit)
    assert any("Read as: DHIS2 pivot table." in each.value for each in visit.info)
    assert visit.selectbox(key="choice_shape").value == "auto"
    plan = go(visit, "allocate").session_state["visit"].answers(plans.plan)
    sound(visit)
    assert sorted(plan.problem.regions) == ["Bo", "Bombali"]


def test_a_shape_can_be_turned_off_and_one_that_does_not_fit_says_what_it_lacks() -> None:
    visit = upload(opened("data"), EXAMPLES["nhs-ae"].text.encode(), "ae.csv")
    visit.selectbox(key="choice_shape").set_value("none").run()
    sound(visit)
    assert "Org Code" in visit.session_state["visit"].answers(tables.came_in).frame
    visit.selectbox(key="choice_shape").set_value("dhis2-pivot").run()
    assert any("organisation unit id" in each.value and "is missing" in each.value for each in visit.error)
    # the way back is still on the screen, and another table starts afresh
    assert visit.selectbox(key="choice_shape").value == "dhis2-pivot"
    upload(visit, EXAMPLES["hxl"].text.encode(), "hxl.csv")
    sound(visit)
    assert visit.selectbox(key="choice_shape").value == "auto"


def test_files_that_belong_to_it_give_names_and_one_s_own_shape_comes_first() -> None:
    example = EXAMPLES["dhis2-values"]
    visit = upload(opened("data"), example.text.encode(), example.name)
    visit.file_uploader(key="shape_beside").set_value(("units.geojson", example.beside["units.geojson"].encode(), "x"))
    visit.run()
    sound(visit)
    assert regions(visit) == ["Bo", "Bombali"]
    own = {**PIVOT.to_json(), "name": "mine", "title": "My own", "columns": ["orgunit"], "region": ["period"]}
    wrong = {**own, "columns": 3, "measures": [{"role": "bedz", "columns": ["a"]}]}
    for given, expected in ((wrong, ["“columns” is 3"]), (own, [])):
        visit.file_uploader(key="shape_own").set_value(("own.json", json.dumps(given).encode(), "application/json"))
        visit.run()
        assert [each for each in expected if not any(each in error.value for error in visit.error)] == []
    assert visit.selectbox(key="choice_shape").value == "own"


def regions(visit) -> list[str]:  # type: ignore[no-untyped-def]
    table = visit.session_state["visit"].answers(demands.region_table)
    return sorted(table.frame[table.required("region")])
