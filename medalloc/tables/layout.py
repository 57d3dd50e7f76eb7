"""Where the table stands in a file: titles above it, rows that describe its columns, notes below it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medalloc.errors import refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.languages import beginning
from medalloc.tables.name_rows import NUMBER, Rows, describes, filled, is_its_name, joined, stand_over, years_in
from medalloc.tables.named_units import multiple_of, multiple_said
from medalloc.tables.roles import names_known
from medalloc.tables.row_names import is_sum

LOOKED_AT = 60
"""Rows at the beginning and at the end of a file that are looked at. [count]"""

QUOTED = 60
"""Letters of a line that are quoted where it is said that it was left out. [count]"""


@dataclass(frozen=True)
class Layout:
    """Which rows of a file are what; rows count from 0."""

    header: int
    """Row of the names of the columns; rows before it are left out."""

    has_names: bool = True
    """Whether that row holds names; if not it is the first row of the table."""

    described: int = 0
    """Rows right below the names that say a unit, a kind, a longer name or a year, or name the first column."""

    joined: bool = False
    """Whether the first of them holds names, too: those above it stand over several columns, or are codes."""

    after: int = 0
    """Rows at the end that are notes."""


def layout_of(first: Rows, last: Rows, header: int | None = None) -> Layout:
    """Return where the table stands.

    Parameters
    ----------
    first, last : sequence of rows of cells
        At the beginning and at the end of the file, with blank rows.
    header : int, optional
        Row of the names, as somebody said it, from 0; -1 for none.

    Raises
    ------
    InputError
        If that row is none of the first ones.

    Examples
    --------
    >>> layout_of([["Table 1", ""], ["region", "demand"], ["North", "3"]], [["Source: us", ""]])
    Layout(header=1, has_names=True, described=0, joined=False, after=1)
    """
    width, asked = _width(first), asked_for(header, first)
    if width < 2:
        return asked
    place = _header(first, width) if header is None else asked.header
    below = [row for row in first[place + 1 :] if len(row) == width and filled(row)]
    named = header != -1 and (header is not None or not _is_a_row(first[place], below))
    if not named or not below:
        return Layout(place, named, after=notes_after(last, width))
    years = years_in(below[0])
    over = stand_over(first[place], below[0]) or bool(years)
    described = int(over or describes(first[place], below[0], below[1:]))
    both = bool(described) and (
        any(below[0][n].strip() and not cell.strip() for n, cell in enumerate(first[place]) if n < len(below[0]))
        # one year below all names says when; several tell columns apart
        or len(years) > 1
        # a row of codes above the names, as a census has it; who says where the names are means that row
        or (header is None and names_known(below[0]) > names_known(first[place]))
    )
    if both and describes(joined(first[place], below[0]), below[1] if len(below) > 1 else [], below[2:]):
        described += 1
    if described and not first[place][0].strip() and is_its_name(below[described:]):
        described += 1
    return Layout(place, named, described, both, notes_after(last, width))


def asked_for(header: int | None, first: Rows) -> Layout:
    """Return where the table stands by what somebody said alone; refuse a row that is none of the first."""
    if header is not None and not -1 <= header < len(first):
        raise refused(
            "Line {row} cannot hold the names of the columns: choose one of the first {lines}, or 0 for none.",
            row=header + 1,
            lines=len(first),
        )
    return Layout(max(0, header or 0), has_names=header != -1)


def names_of(layout: Layout, first: Rows) -> list[str]:
    """Return the names of the columns, each of two rows of names where the lower one does not say it alone.

    A unit below a name that multiplies its numbers, such as '000, becomes part of it.
    """
    upper = list(first[layout.header])
    if not layout.has_names:
        return [f"column {place + 1}" for place in range(len(upper))]
    below = [row for row in first[layout.header + 1 :] if filled(row)][: layout.described]
    names = joined(upper, below[0]) if layout.joined else upper
    for row in below[int(layout.joined) :]:
        names = [
            f"{name} ({unit.strip()})" if multiple_of(f"x {unit}")[1] > 1 and multiple_of(name)[1] == 1 else name
            for name, unit in zip(names, [*row, *[""] * len(names)], strict=False)
        ]
        if filled(row) == 1 and row[0].strip() and not names[0].strip():
            names[0] = row[0].strip()
    return names


def _width(rows: Rows) -> int:
    """Return the number of cells that most rows have."""
    counted = Counter(len(row) for row in rows if filled(row))
    # among a few rows, as many lines of one cell may stand above and below them
    return max(counted, key=lambda cells: (counted[cells] * min(cells, 3), cells)) if counted else 0


def _header(rows: Rows, width: int) -> int:
    """Return the first row that names most columns, if all before it are titles; else the first.

    A title is a cell alone, or some at the left edge (“Last updated”, “2024”): apart from the table by a blank row, or
    above a row without a number.
    """
    apart = True
    for place, row in enumerate(rows):
        cells = filled(row)
        if len(row) == width and cells >= max(2, width / 2):
            words = row[0].strip() and not any(NUMBER.fullmatch(cell.strip()) for cell in row)
            return place if apart or words else 0
        if cells > 1:
            if max(cells, len(row) if len(row) < width else 0) > width / 2 or not all(map(str.strip, row[:cells])):
                break
            apart = False
        apart = apart or not cells
    return 0


def _is_a_row(row: Sequence[str], below: Rows) -> bool:
    """Whether a first row is one of the table: numbers only, where there should be names."""
    cells = [cell.strip() for cell in row]
    if len(below) < 2 or not all(NUMBER.fullmatch(cell) for cell in cells):
        return False
    years = all(re.fullmatch(r"(19|20)[0-9]{2}", cell) for cell in cells)
    return not years and cells not in ([str(n) for n in range(len(cells))], [str(n + 1) for n in range(len(cells))])


def multiple_above(layout: Layout, first: Rows) -> int:
    """Return the multiple that a line above the table speaks of; 1 for none, or where names of columns say theirs."""
    if not layout.has_names or any(multiple_of(name)[1] > 1 for name in names_of(layout, first)):
        return 1
    return max((multiple_said(cell) for row in first[: layout.header] for cell in row), default=1)


def said_of(layout: Layout, first: Rows, last: Rows, header: int | None = None) -> list[Sentence]:
    """Return in words which rows were taken for no rows of the table, and what nobody had said of the names."""
    said = []
    titles = [each for each in first[: layout.header] if filled(each)]
    if titles:
        said.append(sentence("Lines above the table that were left out: {lines}.", lines=_quoted(titles)))
    if (times := multiple_above(layout, first)) > 1:
        said.append(
            sentence(
                "A line above the table speaks of multiples of {times}; numbers are read as they stand until it is "
                "chosen what they are multiplied by.",
                times=times,
            )
        )
    if not layout.has_names and header is None:
        said.append(
            sentence(
                "The first row holds numbers, so it is taken for one of the table, and the columns are called "
                "column 1, column 2 and so on; say which row holds names if one does."
            )
        )
    if layout.joined:
        names = listed((f"“{each}”" for each in names_of(layout, first) if each), 8)
        said.append(sentence("Two rows hold names; the columns are called: {names}.", names=names))
    elif layout.described:
        below = [row for row in first[layout.header + 1 :] if filled(row)]
        said.append(
            sentence(
                "Row below the names that describes the columns and was left out: {lines}.", lines=_quoted(below[:1])
            )
        )
    notes = [each for each in (last[-layout.after :] if layout.after else ()) if filled(each)]
    if notes:
        said.append(sentence("Lines below the table that were left out: {lines}.", lines=_quoted(notes)))
    return said


def _quoted(rows: Rows) -> str:
    texts = [" ".join(filter(None, (cell.strip() for cell in row))) for row in rows]
    return ", ".join(f"“{each if len(each) <= QUOTED else each[:QUOTED] + '…'}”" for each in texts)


NOTE = re.compile(
    rf"\W*({beginning('note')})\b.*|[*†‡].*|©.*|\(c\).*|[-_=–—]{{3,}}",
    re.IGNORECASE | re.DOTALL,
)
"""How lines begin that say something of the table and are none of its rows."""


def notes_after(rows: Rows, width: int) -> int:
    """Return how many rows at the end are notes, blank ones between and before them included."""
    count, alone = 0, 0
    for place, row in enumerate(reversed(rows)):
        if not filled(row):
            continue
        cells = [cell.strip() for cell in row if cell.strip()]
        legend = 1 < len(row) <= width / 2
        if not (legend or (len(cells) == 1 and row[0].strip())) or any(map(NUMBER.fullmatch, cells)):
            # below the sum of all regions no further one stands
            return max(count, alone if is_sum(row[0].strip()) else 0)
        alone = place + 1
        blank_before = place + 1 < len(rows) and not filled(rows[-place - 2])
        if len(row) < width or NOTE.fullmatch(cells[0]) or blank_before:
            count = place + 1
    return count
