"""The lessons in a real browser: every picture is drawn, every control answers, nothing leaves the machine."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser

STEPS = {
    "1. Cleaning": ("Cleaning, and the leak", 1),
    "2. Margin": ("The margin of", 1),
    "3. Forest": ("A forest against", 3),
    "4. Boosting": ("Boosting, round by round", 2),
    "5. Convolution": ("A convolution", 3),
    "6. Race": ("Three ways down", 3),
    "7. Few in need": ("When few are", 1),
}
"""Every step with how its heading begins and the number of its pictures."""

DRAWN = "[data-testid=stPlotlyChart] .main-svg:first-child, [data-testid=stVegaLiteChart] :is(canvas, svg.marks)"


def step(page: Page, name: str) -> None:
    """Go to a step and wait until all of it is drawn."""
    heading, pictures = STEPS[name]
    page.get_by_role("radio", name=name).click()
    page.get_by_role("heading", name=heading).wait_for()
    page.locator(DRAWN).nth(pictures - 1).wait_for()
    # the last of a step
    page.get_by_role("link", name="Need: train these models").first.wait_for()
    visitor.settled(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_drawn_accessible_and_asks_nothing_outside(browser: Browser, address: str, scheme: str) -> None:
    found = {}
    with visitor.visit(browser, address, scheme=scheme) as (page, outside):
        page.goto("/")
        visitor.go(page, "Learn")
        for name in STEPS:
            step(page, name)
            expect(page.get_by_test_id("stException")).to_have_count(0)
            found[name] = faults(page)
    assert outside == []
    assert {name: each for name, each in found.items() if each} == {}


def test_no_step_scrolls_sideways_on_a_phone(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address, width=390) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Learn")
        for name in STEPS:
            step(page, name)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, name
    assert outside == []


def test_every_slider_answers_to_the_keyboard(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.go(page, "Learn")
        for name in STEPS:
            step(page, name)
            for place in range(page.get_by_role("slider").count()):
                slider = page.get_by_role("slider").nth(place)
                before = slider.get_attribute("aria-valuenow")
                slider.press("ArrowRight" if before != slider.get_attribute("aria-valuemax") else "ArrowLeft")
                expect(slider).not_to_have_attribute("aria-valuenow", before or "")
                visitor.settled(page)
                expect(page.get_by_test_id("stException")).to_have_count(0)


def test_an_answer_is_hidden_until_its_question_is_opened(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.go(page, "Learn")
        answer = page.get_by_text("How many are right by always giving the majority answer")
        expect(answer).to_be_hidden()
        page.get_by_text("A hospital reports an accuracy of 97%").click()
        expect(answer).to_be_visible()


def test_what_was_chosen_survives_a_refresh(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.go(page, "Learn")
        step(page, "4. Boosting")
        page.get_by_role("slider", name="Rounds m").press("ArrowRight")
        expect(page.get_by_text("After 11 rounds")).to_be_visible()
        visitor.settled(page)
        page.reload()
        expect(page.get_by_text("After 11 rounds")).to_be_visible()


def test_the_race_in_a_library_can_be_cancelled_and_run(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.go(page, "Learn")
        step(page, "6. Race")
        page.get_by_role("button", name="Run the race with Keras").click()
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("The last race was cancelled.")).to_be_visible()
        page.get_by_role("slider", name="Seeds").press("Home")
        visitor.settled(page)
        page.get_by_role("button", name="Run the race with Keras").click()
        # a click is not heard where its page is left before the server has seen it
        expect(page.get_by_role("button", name="Cancel")).to_be_visible()
        visitor.go(page, "Data")
        visitor.go(page, "Learn")
        page.get_by_text("the same patients, 20 passes for everybody").wait_for(timeout=visitor.TRAINING)
    assert outside == []
