"""Where the table stands in a file: titles above it, rows that describe its columns, notes below it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.languages import beginning
from medalloc.tables.marks import is_mark
from medalloc.tables.named_units import multiple_of, multiple_said
from medalloc.tables.role_words import counts
from medalloc.tables.roles import names_known
from medalloc.tables.row_names import is_sum

LOOKED_AT = 60
"""Rows at the beginning and at the end of a file that are looked at. [count]"""

QUOTED = 60
"""Letters of a line that are quoted where it is said that it was left out. [count]"""

NOTE = re.compile(
    rf"\W*({beginning('note')})\b.*|[*†‡].*|©.*|\(c\).*|[-_=–—]{{3,}}",
    re.IGNORECASE | re.DOTALL,
)
"""How lines begin that say something of the table and are none of its rows."""

YEAR = re.compile(r"\(?(19|20)[0-9]{2}(\s?[-/–]\s?[0-9]{2,4})?\)?(\s?(\W{1,3}|\(?[a-z]\)?))?", re.IGNORECASE)
"""A year as the name of a column, perhaps with a mark of its note."""

NUMBER = re.compile(r"[-+−]?[$€£¥]?\s?[0-9][0-9.,'’\s]*%?|[-+]?[0-9.]+[eE][-+]?[0-9]+")
CODE = re.compile(r"[A-Za-z]+_?[A-Za-z0-9]*_?[0-9]+[A-Za-z]*")
"""What a column may be called beside its name, such as B01001_001E."""

Rows = Sequence[Sequence[str]]


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
        return Layout(place, named, after=_after(last, width))
    years = _years(below[0])
    over = _stand_over(first[place], below[0]) or bool(years)
    described = int(over or _describes(first[place], below[0], below[1:]))
    joined = bool(described) and (
        any(below[0][n].strip() and not cell.strip() for n, cell in enumerate(first[place]) if n < len(below[0]))
        # one year below all names says when; several tell columns apart
        or len(years) > 1
        # a row of codes above the names, as a census has it; who says where the names are means that row
        or (header is None and names_known(below[0]) > names_known(first[place]))
    )
    if joined and _describes(_joined(first[place], below[0]), below[1] if len(below) > 1 else [], below[2:]):
        described += 1
    if described and not first[place][0].strip() and _is_its_name(below[described:]):
        described += 1
    return Layout(place, named, described, joined, _after(last, width))


def asked_for(header: int | None, first: Rows) -> Layout:
    """Return where the table stands by what somebody said alone; refuse a row that is none of the first."""
    if header is not None and not -1 <= header < len(first):
        raise InputError(
            sentence(
                "Line {row} cannot hold the names of the columns: choose one of the first {lines}, or 0 for none.",
                row=header + 1,
                lines=len(first),
            )
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
    names = _joined(upper, below[0]) if layout.joined else upper
    for row in below[int(layout.joined) :]:
        names = [
            f"{name} ({unit.strip()})" if multiple_of(f"x {unit}")[1] > 1 and multiple_of(name)[1] == 1 else name
            for name, unit in zip(names, [*row, *[""] * len(names)], strict=False)
        ]
        if filled(row) == 1 and row[0].strip() and not names[0].strip():
            names[0] = row[0].strip()
    return names


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return names of two rows: the lower ones where they tell columns apart and say what is counted."""
    above, made = "", list[tuple[str, str]]()
    for place, name in enumerate(upper):
        under = lower[place].strip() if place < len(lower) else ""
        above = name.strip() or (above if under else "")
        made.append((above, under))
    times = Counter(under for _, under in made)
    of_years = {over for over, under in made if YEAR.fullmatch(under)}

    def alone(over: str, under: str) -> bool:
        several = YEAR.fullmatch(under) and len(of_years) > 1
        return times[under] == 1 and (bool(names_known([under])) or not (several or counts(over)))

    return [over if not under else under if alone(over, under) else f"{over} {under}" for over, under in made]


def _width(rows: Rows) -> int:
    """Return the number of cells that most rows have."""
    counted = Counter(len(row) for row in rows if filled(row))
    # among a few rows, as many lines of one cell may stand above and below them
    return max(counted, key=lambda cells: (counted[cells] * min(cells, 3), cells)) if counted else 0


def filled(row: Sequence[str]) -> int:
    """Return how many cells of a row are not blank."""
    return sum(bool(cell.strip()) for cell in row)


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


def _stand_over(names: Sequence[str], row: Sequence[str]) -> bool:
    """Whether names stand over several columns each, which the row below tells apart by words or years."""
    used = [place for place, name in enumerate(names) if name.strip() or (place < len(row) and row[place].strip())]
    blank = [place for place in used if not names[place].strip()]
    told = [row[place].strip() for place in blank] if len(row) == len(names) else []
    words = [cell.strip() for cell in row if cell.strip()]
    apart = all(YEAR.fullmatch(cell) or not re.search(r"[0-9]", cell) for cell in words)
    open_ = not row[0].strip() or not names or not names[0].strip()
    return bool(told) and all(told) and apart and open_ and len(set(words)) >= 2 and not all(map(is_mark, words))


def _years(row: Sequence[str]) -> set[str]:
    """Return the years that a row holds beside a blank first cell; none where it holds anything else."""
    cells = {cell.strip() for cell in row if cell.strip()}
    return cells if not row[0].strip() and all(map(YEAR.fullmatch, cells)) else set()


def _is_its_name(rows: Rows) -> bool:
    """Whether a row names the first column, whose name the rows above left out, and nothing else."""
    return len(rows) > 1 and filled(rows[0]) == 1 and bool(names_known([rows[0][0]]))


def _describes(names: Sequence[str], row: Sequence[str], below: Rows) -> bool:
    """Whether a row is words where every row below has numbers, such as units, kinds or longer names."""
    if len(row) != len(names) or any(cell.strip().startswith("#") for cell in row):
        return False
    # what stands left of it names rows
    begin = next((place for place, cell in enumerate(row) if cell.strip()), 0)
    numbers = [
        place
        for place in range(begin, len(row))
        if (known := [each[place].strip() for each in below if each[place].strip()])
        and len(known) >= 2
        and all(NUMBER.fullmatch(cell) or is_mark(cell) for cell in known)
        and any(NUMBER.fullmatch(cell) for cell in known)
    ]
    said = [row[place].strip() for place in numbers]
    words = all(cell and (_is_unit(cell) or not re.search(r"[0-9]", cell)) and not is_mark(cell) for cell in said)
    few = len(numbers) == 1 and (filled(row) == 1 or names_known(row) > names_known(names))
    return words and (len(numbers) >= 2 or few)


def _is_unit(cell: str) -> bool:
    """Whether a cell with a figure may stand in a row that describes the columns: a code, or a multiple as '000."""
    return CODE.fullmatch(cell) is not None or multiple_of(f"x {cell}")[1] > 1


def _after(rows: Rows, width: int) -> int:
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
