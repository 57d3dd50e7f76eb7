"""What a run of a screen does again that was done before, counted: many visitors share one server."""

import altair as alt
import pytest

from tests.pages.test_screens import go, opened
from tests.pages.test_stories import landed

MOVED = {"allocate": "choice_floor", "what_if": "choice_demand_change", "demand": "choice_forecast_ahead"}
"""A slider of each screen."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the drawing library is asked to make from now on."""
    made: list[str] = []
    for kind in (alt.Chart, alt.LayerChart):
        begun = kind.__init__

        def noted(self, *given, begun=begun, **named):
            made.append(type(self).__name__)
            begun(self, *given, **named)

        monkeypatch.setattr(kind, "__init__", noted)
    return made


@pytest.mark.parametrize("story", ["regions", "counts"])
def test_a_slider_that_moves_has_no_chart_of_the_screen_made_again(story: str, drawn: list[str]) -> None:
    visit = opened()
    visit.button(key=f"story_{story}").click().run()
    landed(visit)
    for screen, key in MOVED.items():
        go(visit, screen)
        if not any(each.key == key for each in visit.slider):
            continue
        start, step = visit.slider(key=key).value, visit.slider(key=key).step
        # the first move may bring what was not there before, such as changes against the base
        for steps in (1, 2, 1):
            before = len(drawn)
            visit.slider(key=key).set_value(start + steps * step).run()
            assert not visit.exception and not visit.error
            if steps == 2 and screen != "what_if":
                # larger changes have a map with a larger scale
                assert len(drawn) == before, screen
        assert len(drawn) == before, screen


def test_another_visitor_of_the_same_plan_has_no_chart_of_it_made_again(drawn: list[str]) -> None:
    for _visitor in range(2):
        before = len(drawn)
        visit = opened()
        visit.button(key="story_regions").click().run()
        go(visit, "allocate")
        assert visit.title[0].value == "Allocate"
    assert len(drawn) == before
