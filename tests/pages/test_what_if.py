"""Changes that break limits, through the scripts a server would run: the base stays, with what would help beside it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_allocate import unfold
from tests.pages.test_screens import go, opened, sound, upload

OWN = (
    b"region,demand,population,existing_beds,cap:beds\nOhio,900,90000,3,40\nIowa,600,50000,1,40\nUtah,500,70000,0,40\n"
)


def press(visit: AppTest, label: str) -> AppTest:
    next(each for each in visit.button if each.label.startswith(label)).click()
    return visit.run()


def base() -> AppTest:
    return go(upload(opened("data"), OWN), "what_if")


def look(visit: AppTest, view: str, question: str | None = None) -> AppTest:
    """Choose what is looked at."""
    visit.button_group(key="choice_what_if_view").set_value(view).run()
    return visit if question is None else visit.button_group(key="choice_closer_part").set_value(question).run()


def change(visit: AppTest, name: str, value: int) -> AppTest:
    return visit.slider(key=f"choice_{name}").set_value(value).run()


def figures(visit: AppTest) -> list[str]:
    return [each.value for each in visit.metric]


@pytest.mark.parametrize(
    "changes", [{"floor_change": 60, "demand_change": 100}, {"stock_change": -100, "floor_change": 30}]
)
def test_the_base_stays_beside_the_limits_that_changes_break_and_one_click_mends_them(changes: dict[str, int]) -> None:
    visit = base()
    before = figures(visit)
    for name, value in changes.items():
        change(visit, name, value)
    assert not visit.exception
    assert any("No plan keeps all these limits" in each.value for each in visit.error)
    assert figures(visit) == before and any("the base meets" in each.value for each in visit.markdown)
    shown = next(each.value for each in visit.dataframe if "before" in each.value)
    assert set(shown["region"]) == {"Ohio", "Iowa", "Utah"} and "now" not in shown
    press(
        visit,
        "Raise the stock"
        if len([1 for each in visit.button if each.label.startswith("Change all")]) == 0
        else "Change all",
    )
    sound(visit)
    assert figures(visit) != before and any("Changed besides" in each.value for each in visit.caption)
    press(visit, "Back to the base")
    sound(visit)
    assert figures(visit) == before and not any("Changed besides" in each.value for each in visit.caption)


def test_an_epidemic_that_cannot_be_followed_leaves_its_controls_and_the_base_in_place() -> None:
    visit = base()
    before = figures(visit)
    next(each for each in visit.number_input if each.key == "choice_epidemic_base").set_value(100.0).run()
    next(each for each in visit.toggle if each.key == "choice_epidemic_on").set_value(True).run()
    next(each for each in visit.number_input if each.key == "choice_epidemic_today").set_value(1e9).run()
    assert not visit.exception and visit.error
    assert figures(visit) == before
    next(each for each in visit.number_input if each.key == "choice_epidemic_today").set_value(20.0).run()
    sound(visit)
    assert figures(visit) != before


def test_one_resource_or_region_is_changed_alone_and_each_change_is_taken_back_by_itself() -> None:
    visit = base()
    before = figures(visit)
    visit.session_state["one_more_change"] = True
    visit.run()
    visit.selectbox(key="further_what").set_value("demand").run()
    visit.selectbox(key="further_region").set_value("Utah").run()
    visit.slider(key="further_percent").set_value(100).run()
    press(visit, "Add this change")
    sound(visit)
    assert any("demand (Utah): times 2" in each.value for each in visit.caption) and figures(visit) != before
    press(visit, "Take back")
    assert figures(visit) == before


def test_a_group_of_regions_is_changed_together_a_floor_is_set_and_a_region_closed() -> None:
    table = b"region,demand,existing_beds,province\nOhio,900,3,A\nIowa,600,1,B\nUtah,500,0,B\nMaine,400,1,A\n"
    visit = go(upload(opened("data"), table), "what_if")
    visit.session_state["one_more_change"] = True
    visit.run()
    visit.selectbox(key="further_what").set_value("demand").run()
    visit.selectbox(key="further_region").set_value("province=B").run()
    press(visit, "Add this change")
    visit.selectbox(key="further_what").set_value("floor").run()
    visit.selectbox(key="further_only").set_value("Ohio").run()
    visit.number_input(key="further_floor").set_value(2.0).run()
    press(visit, "Add this change")
    visit.selectbox(key="further_what").set_value("stock").run()
    visit.radio(key="further_how").set_value(True).run()
    visit.selectbox(key="further_resource").set_value("beds").run()
    visit.number_input(key="further_number").set_value(70.0).run()
    press(visit, "Add this change")
    visit.selectbox(key="further_what").set_value("closed").run()
    visit.selectbox(key="further_closed").set_value("Iowa").run()
    press(visit, "Add this change")
    sound(visit)
    assert [
        (each["what"], each.get("region"), each.get("factor", each.get("value")))
        for each in visit.session_state["visit"].choices.study.what_if.changes
    ] == [
        ("demand", "Iowa", 1.1),
        ("demand", "Utah", 1.1),
        ("floor", "Ohio", 0.02),
        ("stock", None, 70.0),
        ("cap", "Iowa", 0),
        ("existing", "Iowa", 0),
    ]
    shown = next(each.value for each in visit.dataframe if "before" in each.value)
    assert shown.set_index("region").loc["Iowa", "now"] == 0


def test_scenarios_are_kept_by_name_compared_loaded_and_deleted() -> None:
    visit = change(base(), "stock_change", 50)
    now = figures(visit)
    visit.text_input(key="scenario_name").set_value("half more").run()
    press(visit, "Keep as a scenario")
    press(visit, "Back to the base")
    sound(look(visit, "compare"))
    table = next(each.value for each in visit.dataframe if "scenario" in each.value)
    assert table["scenario"].tolist() == ["Base", "half more"] and table["change"].iloc[1] > 0
    press(visit, "Load")
    assert figures(visit) == now
    # a base that changed upstream leaves what was worked out, until one click works it out again and says what moved
    press(visit, "Back to the base")
    go(visit, "allocate").slider(key="choice_floor").set_value(30).run()
    look(go(visit, "what_if"), "compare")
    assert any("The base has changed" in each.value for each in visit.warning)
    earlier = next(each.value for each in visit.dataframe if "scenario" in each.value)
    assert earlier["served"].tolist() == table["served"].tolist()
    press(visit, "Work them out again")
    sound(visit)
    again = next(each.value for each in visit.dataframe if "moved" in each.value)
    assert (again["moved"] + earlier["served"]).tolist() == pytest.approx(again["served"].tolist())
    press(visit, "Delete")
    assert not any("scenario" in each.value for each in visit.dataframe)


def test_a_closer_look_asks_one_question_at_a_time() -> None:
    visit = look(base(), "closer", "hangs")
    sound(visit)
    assert any("10% lower and higher" in each.value for each in visit.caption)
    assert any("Each square is a plan" in each.value for each in visit.caption)
    for name, value in {"grid_across": "requirement:beds", "grid_aim": "fair", "grid_step": 20}.items():
        visit.selectbox(key=f"choice_{name}").set_value(value).run()
        sound(visit)
    assert any("Lowest coverage" in each.proto.spec for each in visit.get("vega_lite_chart"))
    look(visit, "closer", "true").number_input(key="goal").set_value(300.0).run()
    work_it_out = next(each for each in visit.button if each.label == "Work it out")
    assert ["300" in each.value for each in visit.error] == [True] and work_it_out.disabled
    visit.number_input(key="goal").set_value(60.0).run()
    press(visit, "Work it out")
    assert any("It takes" in each.value for each in visit.markdown) or any("No number" in e.value for e in visit.info)
    look(visit, "closer", "without")
    sound(visit)
    lost = next(each.value for each in visit.dataframe if "without" in each.value)
    assert lost["without"].iloc[0] == "beds" and set(lost["without"]) >= {"Ohio", "Iowa"}
    assert not visit.slider
    sound(look(visit, "closer", "plans"))
    assert any(each.value == "Other plans nearly as good" for each in visit.subheader)


def test_a_promise_is_green_or_red_beside_the_plan_on_every_screen_that_shows_it() -> None:
    visit = unfold(go(base(), "allocate"), "promises")
    visit.text_input(key="promise_text").set_value("coverage >= 1%").run()
    press(visit, "Add this promise")
    assert any("Kept: coverage" in each.value for each in visit.success)
    visit.text_input(key="promise_text").set_value("coverage of Ohio >= 100%").run()
    press(visit, "Add this promise")
    assert any("Broken: coverage of Ohio" in each.value for each in visit.error)
    for screen in ("what_if", "report", "present", "live"):
        go(visit, screen)
        assert any("Broken: coverage of Ohio" in each.value for each in visit.error), screen


def test_a_new_region_and_another_policy_are_tried_beside_the_base_and_kept() -> None:
    visit = base()
    visit.session_state["one_more_change"] = True
    visit.run()
    visit.selectbox(key="further_what").set_value("site").run()
    visit.text_input(key="further_site").set_value("Idaho").run()
    visit.number_input(key="further_demand").set_value(300.0).run()
    press(visit, "Add this change")
    visit.selectbox(key="further_what").set_value("policy").run()
    visit.selectbox(key="further_policy").set_value("alpha").run()
    visit.number_input(key="further_alpha").set_value(2.0).run()
    press(visit, "Add this change")
    sound(visit)
    changes = visit.session_state["visit"].choices.study.what_if.changes
    assert changes == (
        {"what": "site", "value": 300.0, "region": "Idaho"},
        {"what": "policy", "value": "alpha:2"},
    )
    shown = next(each.value for each in visit.dataframe if "before" in each.value)
    assert set(shown["region"]) == {"Ohio", "Iowa", "Utah", "Idaho"}
    assert shown.set_index("region").loc["Idaho", ["before", "change"]].isna().all()


def test_on_paper_the_changes_are_said_which_the_screen_shows_by_its_sliders() -> None:
    def on_paper(visit: AppTest) -> list[str]:
        return [each.proto.body for each in visit.get("html") if '<ul class="on_paper"' in each.proto.body]

    visit = base()
    assert not on_paper(visit)
    (said,) = on_paper(change(change(visit, "demand_change", 10), "stock_change", -5))
    assert "<li>demand: +10%</li>" in said and "<li>stock: −5%</li>" in said
