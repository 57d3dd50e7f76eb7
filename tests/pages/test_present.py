"""The talk: without a plan, slide by slide, and with something tried."""

from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import go, opened, sound, with_sample


def press(visit: AppTest, label: str) -> AppTest:
    next(each for each in visit.button if each.label == label).click().run()
    return visit


def test_without_a_plan_it_says_what_is_missing() -> None:
    visit = go(opened(), "present")
    sound(visit)
    assert visit.title[0].value == "Present" and visit.info


def test_the_talk_goes_from_the_need_to_what_is_asked_for_and_a_what_if_is_a_slide_of_it() -> None:
    visit = go(with_sample("regions_world.csv"), "what_if")
    next(each for each in visit.slider if each.key == "choice_stock_change").set_value(50).run()
    go(visit, "present")
    titles = []
    for _slide in range(7):
        sound(visit)
        titles.append(visit.title[0].value)
        if not next(each for each in visit.button if each.label == "Next").disabled:
            press(visit, "Next")
    assert titles[0] == "How much care is needed" and titles[2] == "The plan"
    assert titles[-2:] == ["What if", "What we ask for"]
    assert any("stay without care" in each.value for each in visit.markdown)
    assert visit.title[0].value == "What we ask for"
    press(visit, "Back")
    assert visit.title[0].value == "What if"


def test_scenarios_that_were_kept_are_a_slide_side_by_side() -> None:
    visit = go(with_sample("regions_world.csv"), "what_if")
    next(each for each in visit.slider if each.key == "choice_stock_change").set_value(50).run()
    visit.text_input(key="scenario_name").set_value("half more").run()
    press(visit, "Keep as a scenario")
    press(visit, "Back to the base")
    go(visit, "present")
    for _slide in range(5):
        press(visit, "Next")
    sound(visit)
    assert visit.title[0].value == "Scenarios side by side"
    assert any(each.value.startswith("- **half more** (stock: +50%): ") for each in visit.markdown)
