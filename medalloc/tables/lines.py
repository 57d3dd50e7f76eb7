"""The lines of a text that are its table, with the names of the columns in the first one."""

import csv
from collections.abc import Sequence
from io import StringIO

from medalloc.sentences import Sentence
from medalloc.tables.layout import LOOKED_AT, asked_for, filled, layout_of, names_of, said_of

BYTES = 100_000
"""Bytes at the beginning and at the end of a text in which these rows are. [bytes]"""


def text_rows(lines: Sequence[bytes], delimiter: str) -> list[list[str]]:
    """Return the cells of lines; a line that is none of cells stands for one."""
    rows = []
    for line in lines:
        text = line.decode(errors="ignore").removesuffix("\r")
        try:
            rows.append(next(csv.reader([text], delimiter=delimiter), []))
        except csv.Error:
            rows.append([text])
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

    Raises
    ------
    InputError
        If that line is none of the first ones.

    Examples
    --------
    >>> only_the_table(b"Beds\nplace,beds\nBo,3\nKono,5\n", ",", None)[0]
    b'place,beds\nBo,3\nKono,5\n'
    """
    head, tail = content[:BYTES].split(b"\n"), content[-BYTES:].split(b"\n")
    # behind the last line end is no line, and what a limit cuts through is none that could be read
    ended = content.endswith(b"\n")
    head = head[:-1] if ended or len(content) > BYTES else head
    tail = tail[int(len(content) > BYTES) : len(tail) - int(ended)]
    first, last = text_rows(head[:LOOKED_AT], delimiter), text_rows(tail[-LOOKED_AT:], delimiter)
    if any(line.count(b'"') % 2 for line in (*head[:LOOKED_AT], *tail[-LOOKED_AT:])):
        # a cell goes on in the next line: which line is what only somebody who sees the file can tell
        layout, last = asked_for(header, first), []
    else:
        layout = layout_of(first, last, header)
    begin = sum(len(line) + 1 for line in head[: layout.header])
    notes = tail[len(tail) - layout.after :]
    end = len(content) - sum(len(line) + 1 for line in notes) + int(bool(notes) and not ended)
    kept = content[begin:end]
    if layout.described:
        names, below = kept.split(b"\n", 1)
        blank = next(place for place, row in enumerate(first[layout.header + 1 :]) if filled(row))
        rest = below.split(b"\n", blank + 1)[-1]
        kept = (_line(names_of(layout, first), delimiter) if layout.joined else names + b"\n") + rest
    if not layout.has_names:
        kept = _line(names_of(layout, first), delimiter) + kept
    return kept, said_of(layout, first, last, header), layout.header + layout.described - (not layout.has_names)


def _line(cells: Sequence[str], delimiter: str) -> bytes:
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return written.getvalue().encode()
