"""Whoever sends a file, an address or a study to do harm: nothing of it runs in a browser, and nobody is harmed."""

import secrets
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect

from medalloc.study import Study
from medalloc.workspace.packed import ABOUT, pack
from tests.browser import visitor

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=hit=1><script>hit=1</script>"
LINK = "![x](https://evil.example/x.png)[y](javascript:hit=1)"
HARM = (SCRIPT, LINK, "<svg onload=hit=1>", '"><iframe srcdoc="<script>parent.hit=1</script>">', "{0.__class__}$x$`y`")
FORGED = {
    "path": {ABOUT: b'{"version": 1, "title": "x", "study": {"data": {"file": "../../etc/passwd", "file_name": "x"}}}'},
    "outside": {"../../outside": b"x"},
    "hash": {"files/" + "a" * 64: b"not what its name says"},
}
RAN = """() => [typeof hit, document.querySelectorAll(
    'img[src="x"], img[src*="evil"], iframe[srcdoc], svg[onload], a[href^="javascript"], a[href*="evil"]'
).length]"""
"""Whether any harm ran, and how many of its elements are on the page."""


def workbook(place: Path) -> Path:
    """Write a workbook with harm in the names of its file, sheet, columns and regions, and in its cells."""
    file = place / "<img src=x onerror=hit=1>![x](javascript:hit=1).xlsx"
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("<svg onload=hit=1>")
        sheet.write_row(0, 0, ("region", "demand", SCRIPT, LINK))
        for row, each in enumerate(HARM, start=1):
            sheet.write_row(row, 0, (each, 10 + row, each, each))
    return file


def forged(place: Path, name: str) -> Path:
    """Write a packed study in which something is not as it was packed."""
    file, packed = place / f"{name}.medalloc", pack(Study(), "x", lambda _sha, _name: b"")
    with ZipFile(BytesIO(packed)) as real, ZipFile(file, "w") as made:
        made.comment = real.comment
        for member, content in {**{each: real.read(each) for each in real.namelist()}, **FORGED[name]}.items():
            made.writestr(member, content)
    return file


def unharmed(page: Page) -> None:
    assert page.evaluate(RAN) == ["undefined", 0], page.url
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_nothing_that_is_sent_to_do_harm_runs_is_kept_or_reaches_what_is_of_somebody_else(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto("/data")
        visitor.settled(page)
        page.locator("input[type=file]").first.set_input_files(workbook(tmp_path))
        expect(page.get_by_text("5 regions").first).to_be_visible()
        unharmed(page)
        visitor.go(page, "Allocate")
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        unharmed(page)
        visitor.go(page, "Home")
        unharmed(page)
        opens = page.locator("input[type=file]").first
        for name in FORGED:
            opens.set_input_files(forged(tmp_path, name))
            expect(page.get_by_test_id("stAlert").filter(has_text=f"{name}.medalloc")).to_have_count(1)
        unharmed(page)
        mine = page.url.partition("visit=")[2]
        assert len(mine) == 22
    assert outside == []
    with visitor.visit(browser, address) as (page, outside):
        # somebody else, by an address that is not theirs: they look, and change nothing
        page.goto(f"/allocate?visit={mine}")
        visitor.settled(page)
        unharmed(page)
        assert page.get_by_role("slider").first.is_disabled()
        visitor.go(page, "Home")
        expect(page.get_by_text("javascript:hit")).to_have_count(0)
        for guess in ("a" * 22, '"><script>hit=1</script>', "../../etc/passwd"):
            page.goto(f"/?visit={guess}")
            expect(page.get_by_text("Nothing is kept here under the address")).to_be_visible()
            unharmed(page)
            assert guess not in page.url
        # files without a session, and for one that somebody made up
        for session in (secrets.token_hex(16), "..%2F..%2Fetc"):
            put = page.request.put(
                f"/_stcore/upload_file/{session}/1",
                multipart={"file": {"name": "a", "mimeType": "a/b", "buffer": b"x"}},
            )
            assert 400 <= put.status < 500, put.status
    assert outside == []
