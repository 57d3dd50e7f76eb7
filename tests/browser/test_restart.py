"""A server that was killed in the middle, and the next one: what a visitor had is there."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import server, visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser


def figures(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def test_after_a_server_was_killed_the_address_shows_choices_models_and_plan_on_the_next_one(
    browser: Browser, tmp_path: Path
) -> None:
    kept, cookies = {"MEDALLOC_PRIVATE": "", "MEDALLOC_WORKSPACE": str(tmp_path / "kept")}, tmp_path / "cookies.json"
    with server.running(kept, signal.SIGKILL) as address, visitor.visit(browser, address) as (page, _):
        visitor.story(page, "six sites")
        floor = page.get_by_role("slider", name="Floor: smallest coverage")
        floor.press("ArrowRight")
        visitor.settled(page)
        chosen, before, query = floor.input_value(), figures(page), page.url.partition("?")[2]
        page.context.storage_state(path=cookies)
    assert before and query.startswith("visit=")
    with server.running(kept) as address:
        context = browser.new_context(base_url=address, storage_state=cookies)
        page = context.new_page()
        page.set_default_timeout(visitor.SLOW)
        page.goto(f"/allocate?{query}")
        page.get_by_test_id("stVegaLiteChart").first.wait_for()
        visitor.settled(page)
        assert figures(page) == before
        floor = page.get_by_role("slider", name="Floor: smallest coverage")
        assert floor.input_value() == chosen == "31"
        visitor.go(page, "Need")
        expect(page.get_by_text("Question about the model")).to_be_visible()
        visitor.go(page, "Home")
        expect(page.get_by_role("button", name="patients_rand_hie.csv")).to_be_disabled()
        assert page.url.endswith(query)
        page.get_by_role("button", name="More").click()
        assert faults(page) == []
        # an address that somebody made up is said, and a click leads back to what is kept
        page.goto("/?visit=abc")
        expect(page.get_by_text("Nothing is kept here under the address that you followed")).to_be_visible()
        visitor.settled(page)
        assert "visit=" not in page.url
        page.get_by_role("button", name="patients_rand_hie.csv").click()
        page.wait_for_url(f"**{query}")
        visitor.go(page, "Allocate")
        assert figures(page) == before
        context.close()


def test_a_private_server_that_is_told_to_end_while_somebody_looks_leaves_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    private = {"MEDALLOC_PRIVATE": "1", "TMPDIR": str(tmp_path)}
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(visitor.SLOW)
    with server.running(private) as address:
        page.goto(f"{address}/data")
        page.get_by_role("button", name="Use this sample").first.click()
        visitor.settled(page)
        assert [each.name.partition("-")[0] for each in tmp_path.iterdir()] == ["medalloc"]
    assert list(tmp_path.iterdir()) == []
    context.close()
