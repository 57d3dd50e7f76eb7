"""Every screen on the default sample, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser import visitor

pytestmark = pytest.mark.browser
SERIOUS = ("serious", "critical")


def faults(page: object) -> list[str]:
    """Return what axe finds serious, by WCAG A and AA."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found if each["impact"] in SERIOUS for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_serious_accessibility_fault_and_no_request_leaves_the_machine(
    browser: Browser, address: str, trained: visitor.Kept, scheme: str
) -> None:
    found = {}
    with visitor.visit(browser, address, of=trained, scheme=scheme) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        for name in visitor.PAGES:
            visitor.go(page, name)
            found[name] = faults(page)
    assert outside == []
    assert {name: each for name, each in found.items() if each} == {}


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
