"""Three finished plans to begin with, one click each."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.ui.home.stories import STORIES
from tests.pages.test_allocate import look_closer
from tests.pages.test_screens import go, opened, sound

PATIENCE = 90.0


def landed(visit: AppTest) -> AppTest:
    """Return the visit once the plan is there; while it is worked out the page is drawn again, as a browser does."""
    end = time.monotonic() + PATIENCE
    while visit.title[0].value == "medalloc" and time.monotonic() < end:
        time.sleep(0.3)
        visit.run()
    return visit


@pytest.mark.parametrize("key", STORIES)
def test_one_click_lands_on_a_finished_plan_whose_policies_differ(key: str) -> None:
    visit = opened()
    visit.button(key=f"story_{key}").click().run()
    landed(visit)
    assert visit.title[0].value == "Allocate"
    served = "Served [visits]" if key == "counts" else "Served [people]"
    assert [each.label for each in visit.metric][:3] == [served, "Fair", "Efficient"]
    assert not visit.exception and not visit.error
    assert "is missing" not in " ".join(each.value for each in visit.info)
    look_closer(go(visit, "allocate"), "policies")
    rivals = next(each.value for each in visit.dataframe if "given_up" in each.value.columns)
    assert rivals["persons"].round().nunique() > 2 or key == "counts"


def test_coming_back_to_home_shows_the_plan_and_leads_nowhere_by_itself() -> None:
    visit = opened()
    visit.button(key="story_regions").click().run()
    go(visit, "home")
    assert visit.title[0].value == "medalloc"
    assert [each.label for each in visit.metric] == ["Served [people]", "Fair", "Efficient"]


def test_the_tour_begins_with_the_first_story_and_never_again_once_it_is_over() -> None:
    visit = opened()
    visit.button(key="story_regions").click().run()
    go(visit, "allocate")
    assert any("The answer first" in each.value for each in visit.markdown)
    for _card in range(5):
        visit.button(key="tour_next").click().run()
    sound(visit)
    assert not any(each.key == "tour_next" for each in visit.button)
    go(visit, "home")
    visit.button(key="story_regions").click().run()
    go(visit, "allocate")
    assert visit.title[0].value == "Allocate"
    assert not any(each.key == "tour_next" for each in visit.button)
