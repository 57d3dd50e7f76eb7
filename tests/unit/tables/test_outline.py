"""What lines are taken for, line by line."""

import pytest

from medalloc.errors import InputError
from medalloc.tables.account import FIRST, LAST, LONGEST, Line
from medalloc.tables.layout import Layout
from medalloc.tables.options import ReadOptions
from medalloc.tables.outline import shown_lines, taken_for, with_first_row

TITLE, BLANK, NAMES, UNITS, ROW, NOTE, OUT = (
    Line.TITLE, Line.BLANK, Line.NAMES, Line.UNITS, Line.ROW, Line.NOTE, Line.LEFT_OUT,
)  # fmt: skip
FIRST_ROWS = [["Beds", ""], ["", ""], ["place", "beds"], ["", "n"], ["A", "3"], ["B", "4"], ["Source", ""], ["", ""]]
LAYOUT = Layout(2, described=1, after=2)


def taken(layout: Layout = LAYOUT, **options: object) -> list[int]:
    return taken_for(8, layout, FIRST_ROWS, FIRST_ROWS, ReadOptions(**options)).tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("layout", "options", "expected"),
    [
        (LAYOUT, {}, [TITLE, BLANK, NAMES, UNITS, ROW, ROW, NOTE, BLANK]),
        (Layout(2, described=1, joined=True, after=2), {}, [TITLE, BLANK, NAMES, NAMES, ROW, ROW, NOTE, BLANK]),
        (Layout(0, after=1), {}, [NAMES, ROW, ROW, ROW, ROW, ROW, ROW, BLANK]),
        (Layout(0, has_names=False), {}, [ROW] * 8),
        (LAYOUT, {"first_row": 6}, [TITLE, BLANK, NAMES, UNITS, OUT, ROW, NOTE, BLANK]),
        (LAYOUT, {"last_row": 5}, [TITLE, BLANK, NAMES, UNITS, ROW, OUT, OUT, OUT]),
        (LAYOUT, {"last_row": 7}, [TITLE, BLANK, NAMES, UNITS, ROW, ROW, ROW, OUT]),
        (LAYOUT, {"last_row": 8, "left_out": (1, 5)}, [OUT, BLANK, NAMES, UNITS, OUT, ROW, ROW, ROW]),
    ],
)
def test_every_line_is_taken_for_what_stands_there_or_what_somebody_said(
    layout: Layout, options: dict[str, object], expected: list[Line]
) -> None:
    assert taken(layout, **options) == expected


@pytest.mark.parametrize(
    "options", [{"first_row": 9}, {"last_row": 9}, {"left_out": (9,)}, {"first_row": 6, "last_row": 5}, {"last_row": 4}]
)
def test_lines_that_are_not_there_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(InputError, match="of 8 lines; choose others"):
        taken(**options)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (None, LAYOUT),
        (5, LAYOUT),
        (6, LAYOUT),
        (4, Layout(2, after=2)),
        (3, Layout(0, after=2)),
        (2, Layout(0, after=2)),
        (1, Layout(0, has_names=False, after=2)),
    ],
)
def test_where_the_first_row_is_said_names_and_units_stand_above_it(start: int | None, expected: Layout) -> None:
    assert with_first_row(LAYOUT, FIRST_ROWS, ReadOptions(first_row=start)) == expected


def test_names_that_stand_below_the_first_row_are_refused() -> None:
    for names in (3, 4):
        with pytest.raises(InputError, match=f"cannot stand in line {names} where the first row is line 3"):
            with_first_row(LAYOUT, FIRST_ROWS, ReadOptions(first_row=3, header_row=names))


@pytest.mark.parametrize("lines", [1, FIRST, FIRST + LAST - 1, FIRST + LAST, FIRST + LAST + 5])
def test_the_first_and_the_last_lines_are_shown_once_each_with_its_number(lines: int) -> None:
    texts = [f"{number}" + "x" * LONGEST for number in range(1, lines + 1)]
    shown = shown_lines(texts, texts[-LAST:], lines)
    numbers = [*range(1, min(lines, FIRST) + 1), *range(max(FIRST, lines - LAST) + 1, lines + 1)]
    assert [number for number, _ in shown] == numbers
    assert all(text == texts[number - 1][:LONGEST] for number, text in shown)
