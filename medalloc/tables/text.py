"""What a text file does not say about itself: its encoding, its separator, its broken lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray
from pandas.errors import EmptyDataError, ParserError

from medalloc.errors import refused

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 60
FEWEST = 2
"""Lines that must be cut alike where others are not cut at all. [count]"""

CHUNK = 8_000_000
"""Bytes looked at in one step, so that a large file needs little memory beside itself."""

MOST_FAULTS = 1000
"""Rows whose quotation marks do not pair up, from which on nothing is read. [count]"""

BLANK = b" \t\r\n"
ON_BLANK = np.frombuffer(BLANK, np.uint8)
"""What blank lines are made of."""


@contextmanager
def cut_or_said(name: str) -> Iterator[None]:
    """Say in a sentence that a file cannot be cut into columns, in place of what pandas says."""
    try:
        yield
    except (ParserError, EmptyDataError) as error:
        raise refused(
            "“{file}” cannot be cut into columns ({reason}); check its quotation marks and separator.",
            file=name,
            reason=str(error).strip().splitlines()[-1],
        ) from error


def sniff_delimiter(start: str) -> str:
    r"""Return the separator that cuts the first lines into the same number of cells, and most of them.

    Parameters
    ----------
    start : str
        The first lines of the file.

    Examples
    --------
    >>> sniff_delimiter('name;share\n"a, b";1,5\nc;2,5\n')
    ';'
    """
    lines = start.splitlines()[:SAMPLE_LINES]

    def regularity(delimiter: str) -> tuple[float, int]:
        cells = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        # as many titles and notes as rows have one cell each
        (width, count), *_ = [*Counter(each for each in cells if each > 1).most_common(1), (1, 0)]
        usual = count >= max(FEWEST, cells.count(1) / 2) or count == len(cells)
        return (count / len(cells) if usual and count else 0.0), width

    return max(DELIMITERS, key=regularity)


def header_cells(content: bytes, delimiter: str) -> list[str]:
    """Return the cells of the first row that is not blank, of a text in UTF-8.

    Raises
    ------
    InputError
        If its quotation marks do not pair up.
    """
    lines = TextIOWrapper(BytesIO(content), encoding="utf-8", errors="replace", newline="")
    reader, begin = csv.reader(lines, delimiter=delimiter, strict=True), 0
    try:
        for cells in reader:
            if len(cells) > 1 or "".join(cells).strip(" \t"):
                return cells
            begin = reader.line_num
    except csv.Error:
        refuse_open_quotes(begin)
    return []


def may_hold_codes(content: bytes, delimiter: str) -> bool:
    r"""Whether some cell may be a code such as 01001, which would lose its leading zero if it were read as a number.

    Examples
    --------
    >>> may_hold_codes(b"fips,age\n56045,0\n01001,3\n", ","), may_hold_codes(b"dose\n0.5\n", ",")
    (True, False)
    """
    before = (re.escape(delimiter.encode()), b"\n", b'"')
    return any(re.search(each + rb" *0[0-9]", content) for each in before)


@dataclass(frozen=True, eq=False)
class TextRows:
    """Where the rows of a text are; lines count from 0."""

    begins: NDArray[np.intp]
    """First line of each row that is not blank, shape (n_rows,)."""

    ends: NDArray[np.intp]
    """Its last line, which is another one where a cell holds line ends, shape (n_rows,)."""

    cells: NDArray[np.intp]
    """Its cells; 0 where its quotation marks do not pair up, shape (n_rows,). [count]"""


def rows_of(content: bytes, delimiter: str) -> TextRows:
    r"""Return the rows of a text in UTF-8; blank lines are none.

    Raises
    ------
    InputError
        If quotation marks do not pair up in so many rows that no line can be trusted.

    Examples
    --------
    >>> rows_of(b'a,b\n\n"x\ny",2\n', ",").begins.tolist(), rows_of(b'a\n"b', ",").cells.tolist()
    ([0, 2], [1, 0])
    """
    return _by_parsing(content, delimiter) if b'"' in content else _by_counting(content, delimiter)


def line_starts(content: bytes) -> NDArray[np.intp]:
    r"""Return where each line begins, and where the last one ends, shape (n_lines + 1,), in bytes.

    Examples
    --------
    >>> line_starts(b"a\nbc").tolist(), line_starts(b"a\n").tolist()
    ([0, 2, 4], [0, 2])
    """
    pieces = [
        begin + np.flatnonzero(np.frombuffer(content[begin : begin + CHUNK], np.uint8) == ord("\n")) + 1
        for begin in range(0, len(content), CHUNK)
    ]
    end = [] if not content or content.endswith(b"\n") else [len(content)]
    return np.concatenate(([0], *pieces, end)).astype(np.intp)


def _by_parsing(content: bytes, delimiter: str) -> TextRows:
    starts, found, faults, begin = line_starts(content), list[tuple[int, int, int]](), 0, 0
    while begin < len(starts) - 1:
        source = BytesIO(content)
        source.seek(int(starts[begin]))
        first = begin
        reader = csv.reader(
            TextIOWrapper(source, encoding="utf-8", errors="replace", newline=""), delimiter=delimiter, strict=True
        )
        try:
            for cells in reader:
                end = first + reader.line_num
                if len(cells) > 1 or content[starts[begin] : starts[end]].strip(BLANK):
                    found.append((begin, end - 1, len(cells)))
                begin = end
        except csv.Error:
            # the row itself is at fault; what follows is read as if it were not there
            found.append((begin, begin, 0))
            begin, faults = begin + 1, faults + 1
            if faults > MOST_FAULTS:
                refuse_open_quotes(found[next(n for n, row in enumerate(found) if not row[2])][0])
    begins, ends, cells_of = np.array(found, np.intp).reshape(-1, 3).T
    return TextRows(begins, ends, cells_of)


def refuse_open_quotes(line: int) -> NoReturn:
    """Refuse a text whose quotation marks do not pair up, from a line on that counts from 0."""
    raise refused(
        "Line {line}: the quotation marks of the row that begins there do not pair up; close the one that is "
        "open, and write each one inside a cell twice.",
        line=line + 1,
    )


def _by_counting(content: bytes, delimiter: str) -> TextRows:
    """Count separators between line ends; without quotation marks this is parsing, and a hundred times faster."""
    begin, line = 0, 0
    rows, counted = list[NDArray[np.intp]](), list[NDArray[np.intp]]()
    while begin < len(content):
        end = content.rfind(b"\n", begin, begin + CHUNK) + 1 or len(content)
        piece = np.frombuffer(content, np.uint8, count=end - begin, offset=begin)
        ends = np.flatnonzero(piece == ord("\n"))
        if not ends.size or ends[-1] != piece.size - 1:
            ends = np.append(ends, piece.size)
        begins = np.concatenate(([0], ends[:-1] + 1))
        cells = np.diff(np.searchsorted(np.flatnonzero(piece == ord(delimiter)), ends), prepend=0) + 1
        filled = begins < ends
        # a blank line begins with a blank
        for row in np.flatnonzero(filled & (cells == 1) & np.isin(piece[np.minimum(begins, piece.size - 1)], ON_BLANK)):
            filled[row] = bool(piece[begins[row] : ends[row]].tobytes().strip(BLANK))
        rows.append(line + np.flatnonzero(filled))
        counted.append(cells[filled])
        line += len(ends)
        begin = end
    begins = np.concatenate(rows) if rows else np.empty(0, np.intp)
    return TextRows(begins, begins, np.concatenate(counted) if counted else np.empty(0, np.intp))
