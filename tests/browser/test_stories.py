"""Three finished plans to begin with: one click on Home, and the map is there."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["six sites", "the world", "Boston"])
def test_one_click_on_home_opens_a_finished_plan_with_its_map(browser: Browser, address: str, name: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        visitor.story(page, name)
        expect(page.get_by_test_id("stMetric").filter(has_text="Fair")).to_be_visible()
        picture, policy = page.get_by_test_id("stVegaLiteChart").first, page.get_by_role("radiogroup").first
        expect(picture).to_be_in_viewport()
        expect(policy).to_be_in_viewport()
        visitor.go(page, "What if")
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
    assert outside == []
