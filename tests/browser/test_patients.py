"""Who is first: a list with an override, in a real browser."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser


def test_an_override_with_its_reason_is_in_the_downloaded_list(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Patients")
        page.get_by_role("button", name="Take the sample of patients waiting").click()
        visitor.settled(page)
        box = page.get_by_role("combobox", name="Patient").first
        box.click()
        box.fill("P0036")
        box.press("Enter")
        page.get_by_label("Reason").fill("Ward round of 3 May")
        page.get_by_role("button", name="Record override").click()
        expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
        visitor.settled(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download CSV").first.click()
        rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 300 and sum(row["decision"] == "gets a unit" for row in rows) == 30
    decided = next(row for row in rows if row["patient"] == "P0036")
    assert decided["decision"] == "gets a unit" and "Ward round of 3 May" in decided["reason"]
    assert decided["override"] == "give: Ward round of 3 May"
    assert outside == []
