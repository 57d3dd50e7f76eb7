"""A report in the words of its language, as plain data: what is printed, and nothing that could be markup."""

import math
from typing import Any

from medalloc import __version__
from medalloc.languages import Language
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.report import Figure, Part, Report
from medalloc.sentences import Sentence, sentence

MOST = 500
"""Rows of a table that are printed; workbook and JSON have all. [count]"""


def worded(report: Report) -> dict[str, Any]:
    """Return everything that is printed, picture by picture under the name of its file.

    Returns
    -------
    dict
        ``language``, ``title``, ``subject``, ``author``, ``date``, ``footer``, and ``parts``: of each its ``title``,
        ``lines``, ``figures``, ``pictures`` and ``sections``.
    """
    speaks = Language(report.made.language)
    pictures = iter(f"{number}.svg" for number in range(sum(len(each.pictures) for each in report.parts)))
    footer = sentence("Made by medalloc {version}, {time}", version=__version__, time=report.made.time)
    author = sentence("Responsible: {author}", author=report.made.author)
    return {
        "language": report.made.language,
        "title": speaks.say(report.title),
        "subject": report.subject,
        "author": report.made.author,
        "byline": speaks.say(author) if report.made.author else "",
        "date": report.made.time[:10],
        "footer": speaks.say(footer),
        "parts": [_part(each, speaks, pictures) for each in report.parts],
    }


def _part(part: Part, speaks: Language, pictures: Any) -> dict[str, Any]:
    return {
        "key": part.key,
        "title": speaks.say(part.title),
        "lines": [speaks.say(each) for each in part.lines],
        "figures": [_figure(each, speaks) for each in part.figures],
        "pictures": [
            {"file": next(pictures), "title": speaks.say(each.title), "alt": speaks.say(each.alt)}
            for each in part.pictures
        ],
        "sections": [_section(each, speaks) for each in part.sections],
    }


def _figure(figure: Figure, speaks: Language) -> dict[str, str]:
    write = speaks.percent if figure.percent else speaks.number
    return {
        "name": speaks.say(figure.name),
        "value": write(figure.value, figure.digits),
        "meaning": speaks.say(figure.meaning),
    }


def _section(section: Section, speaks: Language) -> dict[str, Any]:
    lines, grid = list(section.lines), section.grid
    if grid is not None and len(grid.rows) > MOST:
        lines.append(
            sentence(
                "Printed are the first {count} rows of {all}; the workbook and the JSON of this report have all.",
                count=MOST,
                all=len(grid.rows),
            )
        )
    return {
        "title": speaks.say(section.title),
        "lines": [speaks.say(each) for each in lines],
        "table": None if grid is None else _table(grid, speaks),
    }


def _table(grid: Grid, speaks: Language) -> dict[str, Any]:
    digits = grid.digits or (None,) * len(grid.head)
    head = [speaks.say(each) for each in grid.head]
    rows = [[in_words(cell, speaks, each) for cell, each in zip(row, digits, strict=True)] for row in grid.rows[:MOST]]
    numbers = [
        all(cell is None or isinstance(cell, float) for cell in column) for column in zip(*grid.rows, strict=True)
    ]
    return {
        "head": head,
        "rows": rows,
        "numbers": numbers or [False] * len(head),
        "widths": [_width(place, head, rows, is_number) for place, is_number in enumerate(numbers)],
    }


def in_words(cell: Cell, speaks: Language, digits: int | None = None) -> str:
    """Return what is printed of a cell."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    return speaks.say(cell) if isinstance(cell, Sentence) else speaks.number(cell, digits)


def _width(place: int, head: list[str], rows: list[list[str]], is_number: bool) -> float:
    """Return the share of the page's width that suits a column: by its longest number, or by its usual text."""
    lengths = sorted(_letters(row[place]) for row in rows) or [0]
    word = max((_letters(each) for each in head[place].split()), default=0)
    if is_number:
        return float(max(8, lengths[-1], min(word, 12)))
    # the first column names a row; what is long in it is broken
    usual = lengths[math.ceil(0.95 * len(lengths)) - 1]
    return float(min(48 if place else 26, max(8, min(word, 14), usual)))


def _letters(text: str) -> int:
    """Return how wide a text is, a Chinese character being two letters."""
    return sum(2 if ord(each) > 0x2E80 else 1 for each in text)
