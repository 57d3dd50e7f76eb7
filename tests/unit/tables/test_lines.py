"""The lines of a text that are its table, held against what was written into it."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.account import Line
from medalloc.tables.lines import SHOWN_FAULTS, Framed, only_the_table, text_rows
from medalloc.tables.options import ReadOptions

CELL = st.text(alphabet='ab1 ",;\n', max_size=5)


def table(text: str, **part: int) -> Framed:
    return only_the_table(text.encode(), "t.csv", ",", ReadOptions(), **part)  # type: ignore[arg-type]


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=6))
@settings(max_examples=40)
def test_each_row_stands_where_its_first_line_does_as_the_csv_module_reads_it(rows: list[list[str]]) -> None:
    lines: list[bytes] = []
    expected: list[list[str]] = []
    for row in rows:
        text = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
        assert list(csv.reader(text.splitlines(keepends=True))) == [row]
        expected += [row, *[[]] * text.count("\n")]
        lines += text.encode().split(b"\n")
    assert text_rows(lines, ",") == expected


def test_a_line_whose_quotation_marks_do_not_pair_up_is_cut_as_if_it_had_none() -> None:
    assert text_rows([b"a,b\r", b'"c,d', b"e,f"], ",") == [["a", "b"], ['"c', "d"], ["e", "f"]]


KINDS = {
    "good": ("Bo,7,x", [Line.ROW]),
    "long cell": ('Bo,"7\n8",x', [Line.ROW, Line.CONTINUED]),
    "blank": ("", [Line.BLANK]),
    "short": ("Bo,7", [Line.REJECTED]),
    "long": ("Bo,7,x,y", [Line.REJECTED]),
    "long and wrong": ('Bo,"7\n8"', [Line.REJECTED, Line.REJECTED]),
}


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=12))
@settings(max_examples=30)
def test_rows_with_other_numbers_of_cells_are_rejected_with_their_lines_and_all_others_are_kept(
    kinds: list[str],
) -> None:
    around = ["good"] * (3 + len(kinds))
    every = [*around, *kinds, *around]
    made = table("\n".join(["place,beds,note", *(KINDS[each][0] for each in every), ""]))
    assert made.account.taken.tolist() == [Line.NAMES, *(line for each in every for line in KINDS[each][1])]
    kept = [KINDS[each][0] for each in every if Line.REJECTED not in KINDS[each][1]]
    assert made.content.decode() == "\n".join(["place,beds,note", *kept, ""])
    wrong, line = [], 2
    for each in every:
        text, lines = KINDS[each]
        if Line.REJECTED in lines:
            wrong.append((line, text, f"Cells found: {len(next(csv.reader([text])))}, expected: 3."))
        line += len(lines)
    assert [(each.line, each.text, str(each.reason)) for each in made.account.rejected] == wrong
    said = f"rejected: {len(wrong)}, the first in line {wrong[0][0] + 40}." if wrong else ""
    again = " ".join(
        map(str, table("\n".join(["place,beds,note", *(KINDS[each][0] for each in every)]), before=40).said)
    )
    assert said in again and ("rejected" in again) == bool(wrong)


@pytest.mark.parametrize("wrong", [3, SHOWN_FAULTS, SHOWN_FAULTS + 2])
def test_a_text_in_which_most_rows_have_other_numbers_of_cells_is_refused(wrong: int) -> None:
    rows = [*["1,2,3"] * (wrong - 1), *["1,2,3,4,5"] * wrong]
    with pytest.raises(InputError) as refused:
        table("\n".join(["a,b,c", *rows, ""]))
    first, *faults = map(str, refused.value.faults)
    assert first == "“t.csv” was not read."
    assert faults[0].startswith(f"Line {wrong + 1}: cells found 5, expected 3")
    further = [f"Further lines with the same fault: {wrong - SHOWN_FAULTS}."] if wrong > SHOWN_FAULTS else []
    assert faults[SHOWN_FAULTS:] == further and len(faults) == min(wrong, SHOWN_FAULTS) + len(further)
    # one row less and the good ones are as many
    assert len(table("\n".join(["a,b,c", *rows[:-1], ""])).account.rejected) == wrong - 1


@pytest.mark.parametrize(
    ("names", "row", "made"),
    [
        ("a,b", "1,2,", "a,b,"),
        ("a,b", "1,2,,", "a,b,,"),
        ("a,b,", "1,2", "a,b"),
        ("a,b, ,", "1,2", "a,b"),
    ],
)
def test_blank_cells_at_the_end_of_names_or_of_all_rows_are_no_fault(names: str, row: str, made: str) -> None:
    found = table("\n".join([names, row, row, ""]))
    assert found.content.decode() == "\n".join([made, row, row, ""]) and not found.account.rejected
    with pytest.raises(InputError):
        table("\n".join(["a,b", "1,2,3", "1,2,", "1,2,", ""]))


def test_a_later_part_begins_with_its_line_of_names() -> None:
    text = "Beds of May\n\nplace,beds\nBo,1\nKono,2\n"
    assert table(text).content == b"place,beds\nBo,1\nKono,2\n"
    part = table("place,beds\nBo,1\nKono,2\n", begins=False)
    assert part.account.taken.tolist() == [Line.NAMES, Line.ROW, Line.ROW]
