"""A server that was killed in the middle, and the next one: what a visitor had is there."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from medalloc.workspace import Workspace
from medalloc.workspace.packed import unpack
from tests.browser import server, visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser

KEPT = {"More to place": "Stock of every resource", "More in need": "Demand changes by", "Fairer": "Floor changes by"}
"""Scenarios by the slider that each moves beside those before."""


def figures(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def test_after_a_server_was_killed_the_address_shows_choices_models_scenarios_and_plan_on_the_next_one(
    browser: Browser, tmp_path: Path
) -> None:
    kept, cookies = {"MEDALLOC_PRIVATE": "", "MEDALLOC_WORKSPACE": str(tmp_path / "kept")}, tmp_path / "cookies.json"
    with server.running(kept, signal.SIGKILL) as first, visitor.visit(browser, first) as (page, _):
        visitor.story(page, "six sites")
        floor = page.get_by_role("slider", name="Floor: smallest coverage")
        floor.press("ArrowRight")
        visitor.settled(page)
        chosen, before, query = floor.input_value(), figures(page), page.url.partition("?")[2]
        visitor.go(page, "What if")
        for name, slider in KEPT.items():
            kept_as(page, name, slider)
        page.get_by_role("button", name="Back to the base").click()
        visitor.settled(page)
        page.get_by_role("radio", name="Compare").click()
        compared(page)
        page.reload()
        compared(page)
        page.context.storage_state(path=cookies)
    assert before and query.startswith("visit=")
    with server.running(kept) as again:
        context = browser.new_context(base_url=again, storage_state=cookies)
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
        expect(page.get_by_role("button", name="patients_rand_hie.csv", exact=True)).to_be_disabled()
        assert page.url.endswith(query)
        page.get_by_role("button", name="More").click()
        assert faults(page) == []
        # an address that somebody made up is said, and a click leads back to what is kept
        page.goto("/?visit=abc")
        expect(page.get_by_text("Nothing is kept here under the address that you followed")).to_be_visible()
        visitor.settled(page)
        assert "visit=" not in page.url
        page.get_by_role("button", name="patients_rand_hie.csv", exact=True).click()
        page.wait_for_url(f"**{query}")
        visitor.go(page, "Allocate")
        assert figures(page) == before
        visitor.go(page, "What if")
        compared(page)
        packs = handed_over(page, tmp_path)
        context.close()
    assert packs["plan.pdf"].read_bytes().startswith(b"%PDF")
    # in a workspace that has never seen it the file brings everything along
    clean = Workspace(tmp_path / "clean")
    found = unpack(packs["study.medalloc"].read_bytes(), "study.medalloc", clean.files.keep)
    assert [each["name"] for each in found.study.what_if.scenarios] == list(KEPT)
    assert found.trained is not None and any(each.endswith("model.medalloc") for each in found.trained.files)


def handed_over(page: Page, folder: Path) -> dict[str, Path]:
    """Make the board pack and the study as one file, and return where they are."""
    visitor.go(page, "Report")
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("button", name="Download PDF").wait_for(timeout=visitor.TRAINING)
    visitor.settled(page)
    packs = {"plan.pdf": taken(page, "Download PDF", folder / "plan.pdf")}
    visitor.go(page, "Home")
    page.get_by_role("button", name="More").click()
    return packs | {"study.medalloc": taken(page, "Download as one file", folder / "study.medalloc")}


def taken(page: Page, button: str, path: Path) -> Path:
    """Download a file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(path)
    return path


def kept_as(page: Page, name: str, slider: str) -> None:
    """Move a slider of What if, and keep what comes of it under a name."""
    page.get_by_role("slider", name=slider).press("ArrowRight")
    visitor.settled(page)
    page.get_by_label("Name of the scenario").fill(name)
    page.get_by_label("Name of the scenario").press("Enter")
    visitor.settled(page)
    page.get_by_role("button", name="Keep as a scenario").click()
    visitor.settled(page)


def compared(page: Page) -> None:
    """The table and the maps of what was kept are there."""
    for name in KEPT:
        page.locator("strong", has_text=name).wait_for()
    page.get_by_test_id("stVegaLiteChart").first.wait_for()
    visitor.settled(page)


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
