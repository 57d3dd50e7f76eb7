"""Every screen on the default sample, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import visitor

pytestmark = pytest.mark.browser
UNFOLD = """() => document.querySelectorAll("[data-testid=stMain] details:not([open]) > summary").forEach(
    folded => folded.click()
)"""
"""Opens what is folded on a screen."""


def faults(page: Page) -> list[str]:
    """Return what axe finds by WCAG 2.2 A and AA."""
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def in_dark_and_light(page: Page) -> list[str]:
    """Return what axe finds in the scheme that a page is in, and in the other, changed under the visitor's hands."""
    found, dark = list[str](), page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for scheme in ("dark", "light") if dark else ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visitor.settled(page)
        found += [f"{scheme}, {each}" for each in faults(page)]
    return found


def walked(page: Page) -> dict[str, list[str]]:
    """Return what axe finds on every screen of the sidebar, with all that is folded open."""
    found = {}
    for name in visitor.PAGES:
        visitor.go(page, name)
        page.evaluate(UNFOLD)
        found[name] = in_dark_and_light(page)
    return {name: each for name, each in found.items() if each}


def test_axe_finds_nothing_on_any_screen_of_a_trained_study(
    browser: Browser, address: str, trained: visitor.Kept
) -> None:
    with visitor.visit(browser, address, of=trained) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        assert walked(page) == {}
    assert outside == []


def test_axe_finds_nothing_on_any_screen_of_a_plan_of_regions(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        visitor.story(page, "the world")
        assert walked(page) == {}
    assert outside == []


def test_axe_finds_nothing_on_any_empty_screen_nor_where_a_file_was_refused(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        assert walked(page) == {}
        visitor.go(page, "Data")
        bad = {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"\x00\x01\x02"}
        page.locator("input[type=file]").first.set_input_files(bad)
        page.get_by_test_id("stAlert").first.wait_for()
        assert in_dark_and_light(page) == []
    assert outside == []


def test_no_screen_shows_an_error_or_scrolls_sideways_on_a_phone(
    browser: Browser, address: str, trained: visitor.Kept
) -> None:
    with visitor.visit(browser, address, of=trained, width=390) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        for name in visitor.PAGES:
            visitor.go(page, name)
            assert page.get_by_test_id("stException").count() == 0, name
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, name
    assert outside == []


def test_empty_screens_lead_to_what_is_missing(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        for name in ("Prepare", "Need", "Demand", "Allocate", "What if", "Report"):
            visitor.go(page, name)
            page.get_by_role("link", name="Go to Data").click()
            page.get_by_role("heading", name="Data", exact=True, level=1).wait_for()
    assert outside == []
