"""The lines of a text that are its table, with the names of the columns in the first one."""

import csv
from collections.abc import Sequence
from io import StringIO

from medalloc.sentences import Sentence
from medalloc.tables.layout import LOOKED_AT, filled, layout_of, names_of, said_of

BYTES = 100_000
"""Bytes at the beginning and at the end of a text in which these rows are. [bytes]"""


def text_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the cells of lines; a line whose quotation marks do not pair up stands for one cell."""
    rows = []
    for line in lines:
        try:
            rows.append(next(csv.reader([line], delimiter=delimiter), []))
        except csv.Error:
            rows.append([line])
    return rows


def only_the_table(content: bytes, delimiter: str, header: int | None) -> tuple[bytes, list[Sentence], int]:
    r"""Return the lines of a text that are the table, what was left out in words, and how many lines stood before it.

    Parameters
    ----------
    content : bytes
        In UTF-8, lines ended alike.
    delimiter : str
        What separates cells.
    header : int, optional
        Line of the names, from 0, as somebody said it; -1 for none.

    Examples
    --------
    >>> only_the_table(b"Beds\nplace,beds\nBo,3\nKono,5\n", ",", None)[0]
    b'place,beds\nBo,3\nKono,5\n'
    """
    lines = content[:BYTES].decode(errors="ignore").splitlines()
    ends = content[-BYTES:].decode(errors="ignore").splitlines()
    if len(content) > BYTES:
        lines, ends = lines[:-1], ends[1:]
    first, last = text_rows(lines[:LOOKED_AT], delimiter), text_rows(ends[-LOOKED_AT:], delimiter)
    if any(line.count('"') % 2 for line in (*lines[:LOOKED_AT], *ends[-LOOKED_AT:])):
        # a cell goes on in the next line: only the first row can be told to hold the names
        first, last = first[:0], last[:0]
    layout = layout_of(first, last, header)
    begin = _offset(content, layout.header)
    end = len(content)
    for line in reversed(ends[len(ends) - layout.after :] if layout.after else []):
        end = content.rfind(line.encode(), 0, end)
    kept = content[begin:end]
    if layout.described:
        names, rest = kept.split(b"\n", 1)
        place = next(n for n, row in enumerate(first[layout.header + 1 :]) if filled(row))
        kept = (_line(names_of(layout, first), delimiter) if layout.joined else names + b"\n") + rest[
            _offset(rest, place + 1) :
        ]
    if not layout.has_names:
        row = first[layout.header] if first else kept.split(b"\n", 1)[0].decode().split(delimiter)
        kept = _line([f"column {place + 1}" for place in range(len(row))], delimiter) + kept
    return kept, said_of(layout, first, last), layout.header + layout.described - (not layout.has_names)


def _line(cells: Sequence[str], delimiter: str) -> bytes:
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return written.getvalue().encode()


def _offset(content: bytes, lines: int) -> int:
    """Return where the line after so many begins."""
    place = 0
    for _ in range(lines):
        place = content.index(b"\n", place) + 1
    return place
