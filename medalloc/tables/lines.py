"""The lines of a text that are its table, with the names of the columns in the first one."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.account import Account, Line, Rejected
from medalloc.tables.layout import LOOKED_AT, Layout, layout_of, multiple_above, names_of, said_of
from medalloc.tables.options import ReadOptions
from medalloc.tables.outline import shown_lines, taken_for, with_first_row
from medalloc.tables.text import TextRows, header_cells, line_starts, rows_of

BYTES = 100_000
"""Bytes at the beginning and at the end of a text in which these rows are. [bytes]"""

SHOWN_FAULTS = 5
"""Faulty lines named one by one; the rest are counted."""


@dataclass(frozen=True, eq=False)
class Framed:
    """The lines of a text that are its table, and what became of all others."""

    content: bytes
    """A line of names, then rows of as many cells, and blank lines."""

    account: Account
    """What every line was taken for."""

    said: tuple[Sentence, ...]
    """What was left out, in words."""

    multiple: int = 1
    """What a line above the table says its numbers are multiples of."""


def text_rows(lines: Sequence[bytes], delimiter: str) -> list[list[str]]:
    """Return the cells of the row that begins in each line, none where a row goes on.

    A line whose quotation marks do not pair up is cut as if it had none.
    """
    texts = [line.decode(errors="replace").removesuffix("\r") + "\n" for line in lines]
    rows, place = [list[str]() for _ in texts], 0
    while place < len(texts):
        begin, reader = place, csv.reader(texts[place:], delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                rows[place], place = cells, begin + reader.line_num
        except csv.Error:
            rows[place], place = texts[place].rstrip("\n").split(delimiter), place + 1
    return rows


def only_the_table(
    content: bytes,
    name: str,
    delimiter: str,
    options: ReadOptions,
    *,
    begins: bool = True,
    ends: bool = True,
    before: int = 0,
) -> Framed:
    r"""Return the lines of a text that are the table, and what became of all others.

    Parameters
    ----------
    content : bytes
        In UTF-8, lines ended alike.
    name : str
        File name, for messages only.
    begins, ends : bool
        Whether it is the first and the last part of a text; a part that is not the first begins with a line of names.
    before : int
        Lines of the text before this part. [count]

    Raises
    ------
    InputError
        If such a line is not there, or most rows have more or fewer cells than there are names: then the names or the
        separator are wrong, and a shift of one cell would be silent.

    Examples
    --------
    >>> made = only_the_table(b"Beds\nplace,beds\nBo,3\nKono,5,6\nPujehun,2\n", "t.csv", ",", ReadOptions())
    >>> made.content, str(made.account.rejected[0].reason)
    (b'place,beds\nBo,3\nPujehun,2\n', 'Cells found: 3, expected: 2.')
    """
    starts = line_starts(content)
    lines = len(starts) - 1
    head, tail = (
        [content[starts[n] : starts[n + 1]].removesuffix(b"\n")[:BYTES] for n in range(*each)]
        for each in ((0, min(lines, LOOKED_AT)), (max(0, lines - LOOKED_AT), lines))
    )
    # where a cell goes on into the last lines, only somebody who sees the file can tell what they are
    whole = ends and not content.count(b'"', 0, starts[lines - len(tail)]) % 2
    first, last = (
        [[] if from_ + n + 1 in options.left_out else row for n, row in enumerate(text_rows(each, delimiter))]
        for each, from_ in ((head, 0), (tail if whole else [], lines - len(tail)))
    )
    header = None if options.header_row is None else options.header_row - 1
    layout = layout_of(first, last, header)
    if not begins:
        layout = Layout(0, after=layout.after)
    layout = with_first_row(layout, first, options)
    taken = taken_for(lines, layout, first, last, options)
    made = _rows(content, starts, taken, name, delimiter, layout, first)
    beginning, end = (list(map(_text, each)) for each in (head, tail))
    said = said_of(layout, first, last, header)
    if made.rejected:
        said.append(
            sentence(
                "Rows that cannot be read were rejected: {count}, the first in line {line}. {reason}",
                count=len(made.rejected),
                line=made.rejected[0].line + before,
                reason=made.rejected[0].reason,
            )
        )
    account = Account(taken, shown_lines(beginning, end, lines), made.rejected)
    return Framed(made.content, account, tuple(said), multiple_above(layout, first))


@dataclass(frozen=True, eq=False)
class _Rows:
    content: bytes
    rejected: tuple[Rejected, ...]


def _rows(
    content: bytes,
    starts: NDArray[np.intp],
    taken: NDArray[np.uint8],
    name: str,
    delimiter: str,
    layout: Layout,
    first: Sequence[Sequence[str]],
) -> _Rows:
    """Return the table, and note what its lines were taken for, once their cells are counted."""
    given = layout.joined or not layout.has_names
    inside = (taken == Line.ROW) | ((taken == Line.NAMES) & (not given))
    numbers, body = np.flatnonzero(inside), _cut(content, starts, inside)
    rows = rows_of(body, delimiter)
    names = list(names_of(layout, first)) if given else header_cells(body, delimiter)
    begins, ends, cells = (each[int(not given) :] for each in (rows.begins, rows.ends, rows.cells))
    fitting = _fitting(names, body, TextRows(begins, ends, cells), delimiter)
    wrong = cells != len(fitting)
    if 2 * wrong.sum() > len(cells):
        _refuse(name, numbers[begins[wrong]], cells[wrong], len(fitting))
    taken[numbers] = Line.BLANK
    for each, kind in ((slice(0, int(not given)), Line.NAMES), (slice(int(not given), None), Line.ROW)):
        _mark(taken, numbers, rows.begins[each], rows.ends[each], kind)
    if not given and fitting == names and not wrong.any():
        return _Rows(body, ())
    body_starts = line_starts(body)
    rejected = tuple(
        Rejected(
            int(numbers[begin]) + 1,
            body[body_starts[begin] : body_starts[end + 1]]
            .decode(errors="replace")
            .rstrip("\r\n")
            .replace("\r\n", "\n"),
            sentence("Cells found: {found}, expected: {expected}.", found=int(count), expected=len(fitting))
            if count
            else sentence("Its quotation marks do not pair up."),
        )
        for begin, end, count in zip(begins[wrong], ends[wrong], cells[wrong], strict=True)
    )
    _mark(taken, numbers, begins[wrong], ends[wrong], Line.REJECTED, Line.REJECTED)
    kept = np.isin(taken[numbers], (Line.ROW, Line.CONTINUED, Line.BLANK))
    if not given:
        kept[: rows.ends[0] + 1 if len(rows.ends) else 0] = False
    return _Rows(_line(fitting, delimiter) + _cut(body, body_starts, kept), rejected)


def _mark(
    taken: NDArray[np.uint8],
    numbers: NDArray[np.intp],
    begins: NDArray[np.intp],
    ends: NDArray[np.intp],
    kind: Line,
    further: Line = Line.CONTINUED,
) -> None:
    """Note what the first line of each of some rows is taken for, and what its further lines are."""
    taken[numbers[begins]] = kind
    for row in np.flatnonzero(ends > begins):
        taken[numbers[begins[row] + 1 : ends[row] + 1]] = further


def _fitting(names: list[str], body: bytes, rows: TextRows, delimiter: str) -> list[str]:
    """Return names with as many blank ones at their end as all rows have cells that are blank there."""
    if not len(rows.cells) or (usual := int(np.bincount(rows.cells).argmax())) in (0, len(names)):
        return names
    if usual < len(names):
        return names[:usual] if not any(each.strip() for each in names[usual:]) else names
    begins = line_starts(body)
    empty = delimiter.encode() * (usual - len(names))
    same = rows.cells == usual
    ended = (
        body[begins[begin] : begins[end + 1]].rstrip(b"\r\n").endswith(empty)
        for begin, end in zip(rows.begins[same], rows.ends[same], strict=True)
    )
    return [*names, *[""] * (usual - len(names))] if all(ended) else names


def _refuse(name: str, lines: NDArray[np.intp], cells: NDArray[np.intp], expected: int) -> None:
    """Refuse a text in which most rows have more or fewer cells than there are names."""
    faults = [
        sentence(
            "Line {line}: cells found {found}, expected {expected} as in the header; mend that line.",
            line=int(line) + 1,
            found=int(found),
            expected=expected,
        )
        if found
        else sentence(
            "Line {line}: its quotation marks do not pair up; close the one that is open.", line=int(line) + 1
        )
        for line, found in zip(lines[:SHOWN_FAULTS], cells[:SHOWN_FAULTS], strict=True)
    ]
    if len(lines) > SHOWN_FAULTS:
        faults.append(sentence("Further lines with the same fault: {count}.", count=len(lines) - SHOWN_FAULTS))
    raise InputError(sentence("“{file}” was not read.", file=name), *faults)


def _cut(content: bytes, starts: NDArray[np.intp], wanted: NDArray[np.bool_]) -> bytes:
    """Return some lines of a text; the text itself where these are all."""
    edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
    runs = [(int(starts[begin]), int(starts[end])) for begin, end in edges.reshape(-1, 2)]
    return content[runs[0][0] : runs[0][1]] if len(runs) == 1 else b"".join(content[each:to] for each, to in runs)


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r\n").replace("\r\n", "\n")


def _line(cells: Sequence[str], delimiter: str) -> bytes:
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return written.getvalue().encode()
