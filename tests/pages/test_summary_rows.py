"""A row that is the sum of others: said, left out, and kept or planned for where somebody says so."""

from streamlit.testing.v1 import AppTest

from medalloc.study.steps import plans
from tests.pages.test_screens import go, opened, sound, upload

TOTAL = b"region,demand,existing_beds\nNorth,100,1\nSouth,300,2\nTOTAL,400,3\n"
LEVELS = b"region,level,demand\nLand,1,1000\nEast,2,600\nWest,2,400\nA,3,350\nB,3,250\nC,3,300\nD,3,100\n"


def test_a_total_is_said_on_data_and_beside_the_plan_and_can_be_kept() -> None:
    visit = upload(opened("data"), TOTAL)
    sound(visit)
    assert any("TOTAL" in each.value for each in visit.info)
    go(visit, "allocate")
    sound(visit)
    assert any("TOTAL" in each.value for each in visit.caption)
    assert regions(visit) == ["North", "South"]
    go(visit, "data").selectbox(key="choice_summary_rows").set_value("keep").run()
    assert any("count twice" in each.value for each in visit.info)
    assert len(regions(go(visit, "allocate"))) == 3


def test_a_hierarchy_is_planned_at_the_level_that_is_chosen() -> None:
    visit = upload(opened("data"), LEVELS)
    visit.selectbox(key="choice_region_level").set_value(1).run()
    sound(visit)
    assert regions(go(visit, "allocate")) == ["East", "West"]


def test_the_choice_about_sums_holds_for_its_table_only() -> None:
    visit = upload(opened("data"), LEVELS)
    visit.selectbox(key="choice_region_level").set_value(1).run()
    upload(visit, TOTAL, "other.csv")
    sound(visit)
    assert regions(go(visit, "allocate")) == ["North", "South"]


def regions(visit: AppTest) -> list[str]:
    return list(visit.session_state["visit"].answers(plans.plan).problem.regions)
