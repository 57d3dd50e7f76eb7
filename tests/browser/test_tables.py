"""Tables as people have them, from the file to a plan with the mouse alone."""

from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser

LATIN = "Région;demand;beds\nNîmes;120,5;3\nOrléans;80,5;4\nzu viel;1;2;3;4\nTOTAL;201;7\n"
PIVOT = (
    '"Organisation unit ID","Organisation unit","Organisation unit code","Organisation unit description",'
    '"ANC 1st visit January 2026","ANC 1st visit February 2026"\n'
    '"O6uvpzGd5pu","Bo","OU_264","","421","398"\n"fdc6uOvgoji","Bombali","OU_193190","","390","377"\n'
    '"lc3eMKXaEfw","Total","","","811","775"\n'
)


def give(page: Page, file: Path) -> None:
    """Give the Data screen a table."""
    visitor.go(page, "Data")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text(f"In use: {file.name}")).to_be_visible()
    visitor.settled(page)


def planned(page: Page) -> None:
    """See that there is a plan, without a column having been named."""
    visitor.go(page, "Allocate")
    expect(page.get_by_test_id("stMetric").filter(has_text="Served")).to_be_visible()


def test_an_export_with_a_total_a_sheet_and_a_pivot_lead_to_plans(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    export, pivot, book = (tmp_path / name for name in ("export.csv", "pivot.csv", "book.xlsx"))
    export.write_bytes(LATIN.encode("latin-1"))
    pivot.write_text(PIVOT)
    with xlsxwriter.Workbook(book) as made:
        before = made.add_worksheet("Last year")
        for place, row in enumerate((["region", "demand"], ["North", 5], ["South", 6])):
            before.write_row(place, 0, row)
        sheet = made.add_worksheet("This year")
        rows = (["Needs of 2026"], [], ["region", "demand"], ["North", 10], ["South", 30], ["West", 20])
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        give(page, export)
        expect(page.get_by_text("Orléans").first).to_be_attached()
        expect(page.get_by_role("heading", name="2 regions")).to_be_visible()
        expect(page.get_by_text("TOTAL").first).to_be_visible()
        with page.expect_download() as rejected:
            page.get_by_role("button", name="Download CSV").first.click()
        assert "zu viel;1;2;3;4" in Path(rejected.value.path()).read_text(encoding="utf-8-sig")
        planned(page)
        give(page, book)
        visitor.unfold(page, "How the file was read")
        page.get_by_role("combobox", name="Worksheet").click()
        page.get_by_role("option", name="This year", exact=True).click()
        visitor.settled(page)
        expect(page.get_by_role("heading", name="3 regions")).to_be_visible()
        planned(page)
        give(page, pivot)
        planned(page)
    assert outside == []


def test_roles_given_with_the_mouse_hold_for_the_next_file_in_a_later_visit(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    may, june = tmp_path / "may.csv", tmp_path / "june.csv"
    may.write_text("area,persons_x\nNorth,10\nSouth,30\n")
    june.write_text("area,persons_x\nNorth,20\nSouth,30\n")
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        give(page, may)
        editor = page.locator("[data-testid=stDataFrame]:visible").first
        box = editor.bounding_box()
        assert box is not None
        # the second row of the column of roles
        editor.dblclick(position={"x": 0.3 * box["width"], "y": 35 * 2.5})
        page.locator("#portal input").first.wait_for()
        page.keyboard.type("demand")
        page.keyboard.press("Enter")
        visitor.settled(page)
        expect(page.get_by_role("heading", name="2 regions")).to_be_visible()
        # another visit of the same browser
        page.goto("/")
        visitor.settled(page)
        give(page, june)
        expect(page.get_by_text("As in may.csv, which has the same columns")).to_be_visible()
        planned(page)
    assert outside == []
