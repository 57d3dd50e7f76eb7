import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from medalloc.languages import CATALOGUES
from medalloc.report.fonts import characters, unprintable
from medalloc.report.forms import in_form
from medalloc.report.report import Report
from medalloc.report.verifying import leaves
from medalloc.report.wording import worded
from tests.unit.report.conftest import NAMES, printed

TICKS = {"0", "20", "40", "50", "60", "80", "100"}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Return a text without what line breaks do to it."""
    return re.sub(r"[\s\u200b]", "", text)


def figures(text: str) -> list[str]:
    """Return every number in a text as it is written, but for those inside words such as hashes."""
    return re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])", text)


def untold(pdf: bytes, report: Report) -> list[str]:
    """Return the numbers on the pages that are none of the report's."""
    numbers, words = [], []
    for _, value in leaves(report.to_json()):
        if isinstance(value, int | float) and not isinstance(value, bool):
            numbers += [abs(value), abs(100 * value)]
        elif isinstance(value, str):
            words.append(value)
    known = {each for text in words for each in figures(text)} | TICKS | set(report.made.time[:10].split("-"))

    def is_told(written: str) -> bool:
        digits = len(written.partition(".")[2])
        value = float(written.replace(",", ""))
        return written in known or any(abs(value - each) <= 0.5000001 * 10**-digits for each in numbers)

    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    # the foot of each page counts them
    body = [re.sub(rf"{number}\s*/\s*{len(pages)}", "", page) for number, page in enumerate(pages, start=1)]
    return [each for page in body for each in figures(page) if not is_told(each)]


def test_every_number_on_the_pages_is_one_of_the_report(pdf: bytes, report: Report) -> None:
    assert len(figures(text_of(pdf))) > 150
    assert untold(pdf, report) == []


def test_a_number_that_the_report_does_not_have_would_be_noticed(report: Report, pictures: list[bytes]) -> None:
    first = report.parts[0]
    told = replace(first.figures[0], value=first.figures[0].value + 3000.0)
    other = replace(report, parts=(replace(first, figures=(told, *first.figures[1:])), *report.parts[1:]))
    assert f"{told.value:,.0f}" in untold(printed(other, pictures), report)


@pytest.mark.parametrize("name", [*NAMES, "#panic() Dr. Wang"])
def test_names_that_look_like_markup_are_printed_as_words(pdf: bytes, name: str) -> None:
    assert squeezed(name) in squeezed(text_of(pdf))


def test_the_same_report_gives_the_same_bytes_and_another_time_others(
    pdf: bytes, report: Report, pictures: list[bytes]
) -> None:
    # drawn and printed anew
    assert in_form(report, "pdf", {}) == pdf
    later = replace(report, made=replace(report.made, time="2026-11-29T10:00:01+00:00"))
    assert printed(later, pictures) != pdf


def test_it_is_kept_for_decades_and_read_aloud(pdf: bytes) -> None:
    read = PdfReader(BytesIO(pdf))
    said = read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def strings(value: Any) -> Iterator[str]:
    yield from (each for _, each in leaves(value) if isinstance(each, str))


def test_the_chinese_is_printed_in_a_font_that_has_it(chinese: Report, pictures: list[bytes]) -> None:
    words = worded(chinese)
    read = squeezed(text_of(printed(chinese, pictures)))
    for part in words["parts"]:
        assert squeezed(part["title"]) in read
        for line in part["lines"]:
            assert squeezed(line) in read
    assert unprintable("".join(strings(words))) == []


def test_the_font_has_every_character_of_the_chinese_words_and_of_gb_2312() -> None:
    rows = (bytes([0xA0 + row, 0xA1 + cell]) for row in range(16, 88) for cell in range(94))
    common = {each for pair in rows for each in pair.decode("gb2312", "ignore")}
    assert len(common) == 6763
    assert common <= characters()
    words = (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "medalloc.po").read_text(encoding="utf-8")
    assert [each for each in unprintable(words) if each > "\u2e80"] == []


def test_characters_that_the_font_lacks_are_said(pdf: bytes, report: Report, pictures: list[bytes]) -> None:
    other = replace(report, subject="कोनो.csv")
    assert "U+0915" in text_of(printed(other, pictures))
    assert "U+0" not in text_of(pdf)
