"""A report as a workbook: one sheet a table, numbers as numbers with their units in the headers."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from medalloc.languages import Language, usable
from medalloc.need.persistence.card import Grid
from medalloc.report.report import Report
from medalloc.report.tables import OPTIONS, harmless
from medalloc.report.wording import in_words

LONGEST = 31
"""Letters that the name of a sheet may have. [count]"""

WIDEST = 60
"""Letters up to which a column is as wide as its text. [count]"""


def as_workbook(report: Report) -> bytes:
    """Return a report as an Excel workbook; what is said without a table stands on its first sheet."""
    out, speaks = BytesIO(), Language(report.made.language)
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        # the same report gives the same bytes
        book.set_properties({"created": datetime.fromisoformat(report.made.time).replace(tzinfo=None)})
        names = _Names()
        first = book.add_worksheet(names.new(speaks.say(report.title)))
        first.set_column(0, 0, 2 * WIDEST)
        bold = book.add_format({"bold": True})
        # as on paper, by the digits behind the decimal sign
        styles = [book.add_format({"num_format": f"#,##0{'.' * bool(each)}{'0' * each}"}) for each in range(7)]
        said: list[tuple[str, Any]] = []
        for part in report.parts:
            said.append((speaks.say(part.title), bold))
            said += [(speaks.say(each), None) for each in part.lines]
            for each in part.figures:
                value = (
                    speaks.percent(each.value, each.digits) if each.percent else speaks.number(each.value, each.digits)
                )
                said.append((f"{speaks.say(each.name)}: {value}", None))
            for section in part.sections:
                said += [(speaks.say(each), None) for each in section.lines]
                if section.grid is not None:
                    _sheet(book, names.new(speaks.say(section.title)), section.grid, speaks, bold, styles)
        for row, (text, style) in enumerate(said):
            first.write_string(row, 0, str(harmless(text)), style)
    return out.getvalue()


def _sheet(book: Any, name: str, grid: Grid, speaks: Language, bold: Any, styles: list[Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    digits = grid.digits or (None,) * len(grid.head)
    for column, (title, places) in enumerate(zip(grid.head, digits, strict=True)):
        cells = [row[column] for row in grid.rows]
        sheet.write_string(0, column, str(harmless(speaks.say(title))), bold)
        longest = max((len(in_words(each, speaks, places)) for each in (*cells, title)), default=0)
        sheet.set_column(column, column, min(WIDEST, longest + 2))
        for row, cell in enumerate(cells, start=1):
            if isinstance(cell, float | int):
                sheet.write_number(row, column, cell, styles[usable(cell) if places is None else places])
            elif cell is not None:
                sheet.write_string(row, column, str(harmless(in_words(cell, speaks))))


class _Names:
    """Names of sheets: none twice, none too long, none with a sign that a workbook refuses."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, title: str) -> str:
        """Return the name of a sheet with this title."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip() or "-"
        tries = (plain, *(f"{plain[: LONGEST - 4]} {number}" for number in range(2, 1000)))
        name = next(each[:LONGEST] for each in tries if each[:LONGEST].casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name
