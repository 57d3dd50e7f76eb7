"""Three people sign in at an identity provider on this machine, and each may do what their role says."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import signing_in, visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser


def test_a_planner_changes_a_viewer_looks_and_an_administrator_manages(browser: Browser, tmp_path: Path) -> None:
    with signing_in.running(tmp_path) as address:
        with signing_in.signed_in(browser, address, "ann") as page:
            visitor.story(page, "the world")
            floor = page.get_by_role("slider", name="Floor: smallest coverage")
            floor.press("ArrowRight")
            visitor.settled(page)
            chosen, query = floor.input_value(), page.url.partition("?")[2]
        with signing_in.signed_in(browser, address, "bo", f"/allocate?{query}") as page:
            # who follows a link is where it leads, after signing in
            assert page.url == f"{address}/allocate?{query}"
            floor = page.get_by_role("slider", name="Floor: smallest coverage")
            assert floor.input_value() == chosen and floor.is_disabled()
            links = page.get_by_test_id("stSidebarNav").get_by_role("link").all_inner_texts()
            assert "Allocate" in links and not {"Data", "Prepare", "Patients"} & set(links)
            visitor.ask_about(page, "By region")
            with page.expect_download() as download:
                page.get_by_role("button", name="Download CSV").first.click()
            assert b"region" in Path(download.value.path()).read_bytes().lower()
            assert faults(page) == []
            visitor.go(page, "Home")
            expect(page.get_by_text("Manage the workspace")).to_have_count(0)
        with signing_in.signed_in(browser, address, "cy") as page:
            visitor.unfold(page, "Manage the workspace")
            page.get_by_role("button", name="Check the trail and every file").click()
            expect(page.get_by_text("every file is as it was written")).to_be_visible()
            visitor.settled(page)
            assert faults(page) == []
            page.get_by_role("button", name="Sign out").click()
            page.get_by_role("button", name="End session").click()
            expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        # who is not signed in gets nothing of a study by its address, nor a forged name by a header
        with visitor.visit(browser, address) as (page, _):
            page.goto(f"/allocate?{query}")
            expect(page.get_by_role("button", name="Sign in")).to_be_visible()
            assert page.get_by_role("slider").count() == 0
        with pytest.raises(HTTPError, match="403"):
            urlopen(Request(f"{address}/healthz", headers={"Host": "evil.example"}))
