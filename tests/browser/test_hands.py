"""What hands and paper ask of the screens: the keyboard alone, a printer, changes that cannot be, groups to compare."""

import io

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(browser: Browser, address: str) -> str:
    """Open the finished plan of the world by the keyboard alone, and return the query that finds it again."""
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.settled(page)
        opening = page.get_by_role("button", name="Open the plan of the world")
        for _press in range(60):
            page.keyboard.press("Tab")
            if opening.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Allocate", exact=True, level=1).wait_for(timeout=visitor.TRAINING)
        visitor.settled(page)
        return page.url.partition("?")[2]


@pytest.fixture(scope="module")
def wards(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Take in a table of twenty wards and return the query that finds it again."""
    own = tmp_path_factory.mktemp("wards") / "own.csv"
    rows = (f"Ward {number},{900 - 20 * number},9000,{number},{1 + number // 4}" for number in range(20))
    own.write_text("region,demand,population,existing_beds,deprivation_quintile\n" + "\n".join(rows) + "\n")
    with visitor.visit(browser, address) as (page, _):
        page.goto("/data")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        return page.url.partition("?")[2]


def copied(page: Page) -> None:
    """Take a copy of a study that another visitor began, to change it."""
    page.get_by_role("button", name="Make a copy").click()
    expect(page.get_by_role("button", name="Make a copy")).to_have_count(0)
    visitor.settled(page)


def test_arrow_keys_lead_through_the_presentation(browser: Browser, address: str, world: str) -> None:
    with visitor.visit(browser, address, scheme="dark") as (page, outside):
        page.goto(f"/present?{world}")
        titles = []
        for place in range(1, 7):
            page.get_by_text(f"{place} of 6", exact=True).wait_for()
            visitor.settled(page)
            titles.append(page.get_by_role("heading", level=1).inner_text())
            found = faults(page) if place == 3 else []
            assert found == []
            page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        page.get_by_text("5 of 6", exact=True).wait_for()
    assert titles[0] == "How much care is needed"
    assert titles[-1] == "What we ask for"
    assert outside == []


def test_a_printed_plan_has_every_region_and_nothing_of_the_sidebar(browser: Browser, address: str, wards: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto(f"/allocate?{wards}")
        page.get_by_text("Look closer", exact=True).first.wait_for()
        visitor.settled(page)
        pages = [each.extract_text() for each in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    text = " ".join(" ".join(pages).split())
    # more rows than the grid has room for, and the column at its right end
    assert text.count("Gets ") == 20
    assert "Existing beds" in text
    assert "Where you stand" not in text
    assert len(pages) <= 4


def test_changes_that_break_limits_leave_the_base_and_show_conflicts_with_repairs(
    browser: Browser, address: str, world: str
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto(f"/what_if?{world}")
        copied(page)
        page.get_by_role("slider", name="Floor changes by").press("End")
        expect(page.get_by_text("No plan keeps all these limits")).to_be_visible()
        visitor.settled(page)
        expect(page.get_by_test_id("stMetric").first).to_contain_text("492.9M")
        expect(page.get_by_role("button", name="the largest floor that fits")).to_be_visible()
        assert faults(page) == []
        page.get_by_role("button", name="Back to the base").click()
        expect(page.get_by_text("No plan keeps all these limits")).to_have_count(0)
    assert outside == []


def test_coverage_is_compared_by_deprivation_quintile(browser: Browser, address: str, wards: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto(f"/allocate?{wards}")
        page.get_by_text("Look closer", exact=True).first.wait_for()
        copied(page)
        page.get_by_text("Look closer", exact=True).first.wait_for()
        visitor.settled(page)
        page.get_by_role("radio", name="How fair it is").click()
        visitor.settled(page)
        column = page.get_by_role("combobox", name="Compare coverage by")
        column.scroll_into_view_if_needed()
        visitor.settled(page)
        # a list that is opened while the page still scrolls closes again
        column.press_sequentially("depriv")
        page.get_by_role("option", name="deprivation_quintile").wait_for()
        page.keyboard.press("Enter")
        visitor.settled(page)
        bars = page.get_by_test_id("stVegaLiteChart").filter(has=page.locator("text=deprivation_quintile"))
        expect(bars.first).to_be_visible()
    assert outside == []


def test_live_that_is_fed_has_no_serious_accessibility_fault_in_the_dark(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address, scheme="dark") as (page, outside):
        page.goto("/live")
        visitor.settled(page)
        page.get_by_role("button", name="Watch Boston").click()
        page.get_by_text("Regions now").wait_for()
        page.get_by_role("button", name="Pause").click()
        visitor.settled(page)
        assert faults(page) == []
    assert outside == []
