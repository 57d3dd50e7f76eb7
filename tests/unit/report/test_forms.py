import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from medalloc.report.forms import in_form
from medalloc.report.report import Report
from tests.unit.report.conftest import NAMES


class Read(HTMLParser):
    """Collects the words and the elements of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(report: Report) -> bytes:
    return in_form(report, "html", {})


def test_names_that_look_like_markup_are_words_on_the_page(page: bytes) -> None:
    read = Read(page)
    assert set(NAMES) <= set(read.words)
    assert {tag for tag, _ in read.elements} & {"script", "iframe", "object", "link", "base", "form"} == set()


def test_a_page_asks_nobody_for_anything_and_says_what_its_pictures_show(page: bytes) -> None:
    read = Read(page)
    assert not [attributes for _, attributes in read.elements if "href" in attributes]
    pictures = [attributes for tag, attributes in read.elements if tag == "img"]
    assert pictures
    for each in pictures:
        assert str(each["src"]).startswith("data:image/svg+xml;base64,")
        assert each["alt"]


def test_every_table_has_its_sheet_with_numbers_as_numbers(report: Report) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(in_form(report, "xlsx", {})))
    grids = [section.grid for part in report.parts for section in part.sections if section.grid is not None]
    assert len(book.sheet_names) == 1 + len(grids)
    for sheet, grid in zip(book.sheet_names[1:], grids, strict=True):
        rows = book.get_sheet_by_name(sheet).to_python()
        assert len(rows) == 1 + len(grid.rows)
        for row, cells in zip(rows[1:], grid.rows, strict=True):
            for read, cell in zip(row, cells, strict=True):
                assert not isinstance(cell, float) or read == pytest.approx(cell, rel=1e-14)


def test_no_cell_of_the_workbook_is_run(report: Report) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(in_form(report, "xlsx", {})))
    cells = {cell for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row}
    assert "'=1+1" in cells
    assert "=1+1" not in cells


def test_titles_give_names_of_sheets_whatever_they_are(report: Report) -> None:
    part = next(each for each in report.parts if each.sections and each.sections[0].grid)
    titled = tuple(replace(part.sections[0], title=part.title) for _ in range(3))
    book = CalamineWorkbook.from_filelike(
        BytesIO(in_form(replace(report, parts=(replace(part, sections=titled),)), "xlsx", {}))
    )
    assert len(set(book.sheet_names)) == 4
    assert all(len(each) <= 31 and not re.search(r"[\[\]:*?/\\]", each) for each in book.sheet_names)


def test_page_and_workbook_have_the_same_bytes_each_time(report: Report, page: bytes) -> None:
    assert in_form(report, "html", {}) == page
    assert in_form(report, "xlsx", {}) == in_form(report, "xlsx", {})


def test_a_report_is_the_same_after_json(report: Report) -> None:
    plain = json.loads(report.text())
    assert Report.from_json(plain).to_json() == plain
