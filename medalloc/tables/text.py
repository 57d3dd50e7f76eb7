"""What a text file does not say about itself: its encoding, its separator, its broken lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

import numpy as np

from medalloc.errors import InputError
from medalloc.sentences import sentence

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 60
CHUNK = 8_000_000
"""Bytes looked at in one step, so that a large file needs little memory beside itself."""


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
        if not cells:
            return 0.0, 1
        width, count = Counter(cells).most_common(1)[0]
        return (count / len(cells) if width > 1 else 0.0), width

    return max(DELIMITERS, key=regularity)


def header_cells(content: bytes, delimiter: str) -> list[str]:
    """Return the cells of the first line that is not blank, of a file in UTF-8."""
    return next((cells for _, cells in _rows(content, delimiter)), [])


def may_hold_codes(content: bytes, delimiter: str) -> bool:
    r"""Whether some cell may be a code such as 01001, which would lose its leading zero if it were read as a number.

    Examples
    --------
    >>> may_hold_codes(b"fips,age\n56045,0\n01001,3\n", ","), may_hold_codes(b"dose\n0.5\n", ",")
    (True, False)
    """
    before = (re.escape(delimiter.encode()), b"\n", b'"')
    return any(re.search(each + rb" *0[0-9]", content) for each in before)


def ragged_lines(content: bytes, delimiter: str) -> list[tuple[int, int]]:
    """Return line number and number of cells of every row that differs from the header.

    Parameters
    ----------
    content : bytes
        The whole file in UTF-8.
    delimiter : str
        As detected or chosen.

    Returns
    -------
    list of (int, int)
        Line numbers count from one, the header included; a row that spans lines counts as its first one. Blank lines
        are not counted as faults.

    Raises
    ------
    InputError
        If quotation marks do not pair up, so that no later line can be trusted.
    """
    if b'"' in content:
        return _ragged_by_parsing(content, delimiter)
    return _ragged_by_counting(content, delimiter)


def _rows(content: bytes, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line's number and the cells of every row that is not blank."""
    lines = TextIOWrapper(BytesIO(content), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if len(cells) > 1 or "".join(cells).strip(" \t"):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            sentence(
                "Line {line}: the quotation marks of the row that begins there do not pair up; close the one that is "
                "open, and write each one inside a cell twice.",
                line=begin,
            )
        ) from error


def _ragged_by_parsing(content: bytes, delimiter: str) -> list[tuple[int, int]]:
    width, found = 0, []
    for line, cells in _rows(content, delimiter):
        width = width or len(cells)
        if len(cells) != width:
            found.append((line, len(cells)))
    return found


def _ragged_by_counting(content: bytes, delimiter: str) -> list[tuple[int, int]]:
    """Count separators between line ends; without quotation marks this is parsing, and a hundred times faster."""
    width, line, begin = len(header_cells(content, delimiter)), 0, 0
    found: list[tuple[int, int]] = []
    while begin < len(content):
        end = content.rfind(b"\n", begin, begin + CHUNK) + 1 or len(content)
        piece = np.frombuffer(content, np.uint8, count=end - begin, offset=begin)
        ends = np.flatnonzero(piece == ord("\n"))
        if not ends.size or ends[-1] != piece.size - 1:
            ends = np.append(ends, piece.size)
        begins = np.concatenate(([0], ends[:-1] + 1))
        cells = np.diff(np.searchsorted(np.flatnonzero(piece == ord(delimiter)), ends), prepend=0) + 1
        for row in np.flatnonzero(cells != width):
            if cells[row] > 1 or piece[begins[row] : ends[row]].tobytes().strip(b" \t\r"):
                found.append((line + int(row) + 1, int(cells[row])))
        line += len(ends)
        begin = end
    return found
