"""An epidemic on top of the demand of the what-if, through the scripts a server would run."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import go, opened, sound, upload

OWN = b"region,demand,population,existing_beds\nOhio,900,90000,3\nIowa,600,50000,1\nUtah,500,70000,0\n"


def what_if() -> AppTest:
    return go(upload(opened("data"), OWN), "what_if")


def control(visit: AppTest, kind: str, name: str):
    return next(each for each in visit.get(kind) if each.key == f"choice_{name}")


def told(visit: AppTest) -> str:
    return "\n".join(each.value for each in (*visit.markdown, *visit.caption, *visit.info))


def peak(visit: AppTest) -> str:
    return next(each.value for each in visit.markdown if each.value.startswith("At its peak"))


def test_an_epidemic_is_followed_and_every_assumption_moves_its_peak() -> None:
    visit = what_if()
    sound(visit)
    before = peak(visit)
    for kind, name, value in (
        ("number_input", "epidemic_population", 90_000.0),
        ("number_input", "epidemic_today", 40.0),
        ("slider", "epidemic_doubling", 6.0),
        ("slider", "epidemic_reduction", 10),
        ("number_input", "epidemic_rate", 4.0),
        ("number_input", "epidemic_stay", 10),
    ):
        control(visit, kind, name).set_value(value).run()
        sound(visit)
        assert peak(visit) != before, name
        before = peak(visit)


def test_it_multiplies_the_demand_of_the_what_if_and_is_taken_back_with_the_rest() -> None:
    visit = what_if()
    assert "Say how many are in hospital on an ordinary day" in told(visit)
    served = visit.metric[1].value
    control(visit, "number_input", "epidemic_base").set_value(100.0).run()
    assert visit.metric[1].value == served
    control(visit, "toggle", "epidemic_on").set_value(True).run()
    sound(visit)
    worst = visit.metric[1].value
    assert worst != served and "times that of an ordinary day" in told(visit)
    control(visit, "button_group", "epidemic_by").set_value("mean").run()
    assert visit.metric[1].value not in (worst, served)
    next(each for each in visit.button if each.label == "Back to the base").click().run()
    assert visit.metric[1].value == served


def test_impossible_numbers_are_told_and_leave_the_what_if_alone() -> None:
    visit = what_if()
    control(visit, "number_input", "epidemic_population").set_value(50.0).run()
    assert not visit.exception
    assert any("population" in each.value for each in visit.error)
    assert visit.metric


@pytest.mark.parametrize("days", [30])
def test_an_epidemic_that_still_grows_on_the_last_day_says_so(days: int) -> None:
    visit = what_if()
    control(visit, "slider", "epidemic_reduction").set_value(45).run()
    control(visit, "slider", "epidemic_days").set_value(days).run()
    sound(visit)
    assert "still grows on the last day" in told(visit)
