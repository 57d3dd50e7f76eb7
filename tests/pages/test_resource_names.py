"""Resources are called in the reader's language, and are stored as they were given."""

from streamlit.testing.v1 import AppTest

from medalloc.ui.kit.words import stored
from tests.pages.test_screens import go, opened, sound, upload, with_sample


def told(visit: AppTest) -> str:
    return " ".join(each.value for each in (*visit.markdown, *visit.caption, *visit.subheader))


def test_the_plan_of_the_world_speaks_of_beds_and_physicians_in_chinese_and_keeps_their_names() -> None:
    visit = with_sample("regions_world.csv")
    now = visit.session_state["visit"]
    now.choices = now.choices.changed({"language": "zh_CN", "plan_part": "regions"})
    sound(go(visit, "allocate"))
    assert "床位" in told(visit) and "医师" in told(visit)
    reasons = " ".join(next(each.value for each in visit.dataframe if "reason" in each.value)["reason"])
    assert "床位" in reasons and "beds" not in reasons and "physicians" not in reasons
    plan = next(each.value for each in visit.dataframe if "reason" in each.value)
    assert {"placed beds", "placed physicians"} <= set(plan.columns)


def test_a_resource_that_is_shown_in_any_language_is_known_by_its_own_name() -> None:
    assert stored("床位", ["beds", "nurses"]) == "beds"
    assert stored("beds", ["beds", "nurses"]) == "beds"
    assert stored("呼吸机", ["beds"]) == "呼吸机"


def test_demand_shows_what_a_table_of_regions_says_itself() -> None:
    visit = upload(opened("data"), b"region;demand;population;existing_beds\nOhio;900;9000;3\nIowa;600;3000;1\n")
    go(visit, "demand")
    sound(visit)
    assert "1,500 people are expected to need care in 2 regions; most of them, 900, in Ohio." in told(visit)
    assert [each.value for each in visit.metric] == ["1,500", "12.5%", "20.0%"]
    for screen in ("prepare", "need"):
        go(visit, screen)
        assert any("This is a table of regions" in each.value for each in visit.info), screen
