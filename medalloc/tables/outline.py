"""What the lines of a file are taken for, by where its table stands and by what somebody said of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError, refused
from medalloc.sentences import counted, listed
from medalloc.tables.account import FIRST, LAST, LONGEST, Line
from medalloc.tables.layout import Layout
from medalloc.tables.name_rows import Rows, filled
from medalloc.tables.options import ReadOptions


def with_first_row(layout: Layout, first: Rows, options: ReadOptions) -> Layout:
    """Return where the table stands when its first row is where somebody said that it is.

    Raises
    ------
    InputError
        If the names that somebody said stand below it.
    """
    start = options.first_row
    if start is None or layout.header + int(layout.has_names) + layout.described < start:
        return layout
    if options.header_row is not None and options.header_row >= start:
        raise refused(
            "The names of the columns cannot stand in line {names} where the first row is line {first}; choose "
            "another line for one of them.",
            names=options.header_row,
            first=start,
        )
    if layout.header + int(layout.has_names) < start:
        return replace(layout, described=0, joined=False)
    above = [place for place in range(min(start - 1, len(first))) if filled(first[place])]
    return Layout(above[-1] if above else 0, bool(above), after=layout.after)


def taken_for(lines: int, layout: Layout, first: Rows, last: Rows, options: ReadOptions) -> NDArray[np.uint8]:
    """Return what each line is taken for by where it stands, shape (lines,); whether it is a row its cells tell.

    Raises
    ------
    InputError
        If somebody named lines that are not there.
    """
    taken = np.full(lines, Line.ROW, np.uint8)
    for place in range(layout.header):
        taken[place] = Line.TITLE if filled(first[place]) else Line.BLANK
    begin = layout.header + int(layout.has_names)
    taken[layout.header : begin] = Line.NAMES
    for number in range(layout.described):
        place = next(n for n in range(begin, len(first)) if filled(first[n]))
        names = layout.joined and not number
        if names:
            # also where a name goes on in the next line
            taken[begin:place] = Line.NAMES
        taken[place], begin = Line.NAMES if names else Line.UNITS, place + 1
    for place in range(1, layout.after + 1):
        taken[-place] = Line.NOTE if filled(last[-place]) else Line.BLANK
    start = begin + 1 if options.first_row is None else options.first_row
    end = lines if options.last_row is None else options.last_row
    said = [each for each in (options.first_row, options.last_row, *options.left_out) if each is not None]
    if not all(1 <= each <= lines for each in said) or (
        end < start and (options.first_row, options.last_row) != (None, None)
    ):
        raise InputError(
            counted(
                "The rows cannot be lines {first} to {last}, without {left_out}, of {lines} line; choose others.",
                "The rows cannot be lines {first} to {last}, without {left_out}, of {lines} lines; choose others.",
                "lines",
                first=start,
                last=end,
                left_out=listed(options.left_out) or "–",
                lines=lines,
            )
        )
    taken[begin : start - 1] = Line.LEFT_OUT
    if options.last_row is not None:
        taken[lines - layout.after : end] = Line.ROW
        taken[end:] = Line.LEFT_OUT
    taken[np.array(options.left_out, np.intp) - 1] = Line.LEFT_OUT
    return taken


def shown_lines(texts: Sequence[str], last: Sequence[str], lines: int) -> tuple[tuple[int, str], ...]:
    """Return the first and the last lines of a file, each with its number from 1."""
    beginning = [(place + 1, text[:LONGEST]) for place, text in enumerate(texts[:FIRST])]
    end = [(lines - len(last) + place + 1, text[:LONGEST]) for place, text in enumerate(last)]
    return (*beginning, *(each for each in end[-LAST:] if each[0] > len(beginning)))
