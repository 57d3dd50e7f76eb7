"""Every line of a file is accounted for: a row of the table, left out for a reason that is said, or rejected."""

import csv
import io
from io import BytesIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.account import Account, Line
from medalloc.tables.apart import read_apart
from medalloc.tables.lines import only_the_table
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

NAMES = ["place", "a note", "beds"]
GOOD = st.sampled_from([["Bo", "fine", "3"], ["Kono", "two\nlines", "5"], ["Kono", "", "7"], ['"q"', "x;y,z|\t", "1"]])
BAD = st.sampled_from(["one", "one{d}", "1{d}2{d}3{d}4", '"open{d}x{d}1', '"a"b{d}x{d}2', '"two\nlines"{d}1'])
BLANK = st.sampled_from(["", "  ", "{d}{d}", '""{d}{d}'])
TITLE = st.sampled_from(["Beds 2024", "", '"Beds\nby place"'])
NOTE = st.sampled_from(["", "Source: us", "* provisional"])


def account_of(table: Table) -> Account:
    assert table.account is not None
    return table.account


def written(cells: list[str], delimiter: str, quoted: bool = False) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerow(cells)
    return out.getvalue().removesuffix("\n")


@settings(max_examples=60, deadline=None)
@given(
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    last_end=st.booleans(),
    quoted=st.booleans(),
    titles=st.lists(TITLE, max_size=3),
    notes=st.lists(NOTE, max_size=3),
    good=st.lists(GOOD, min_size=6, max_size=12),
    other=st.lists(st.one_of(BAD, BLANK), max_size=4),
    data=st.data(),
)
def test_rows_and_all_that_are_none_are_together_the_lines_of_the_file(
    delimiter: str,
    end: str,
    encoding: str,
    last_end: bool,
    quoted: bool,
    titles: list[str],
    notes: list[str],
    good: list[list[str]],
    other: list[str],
    data: st.DataObject,
) -> None:
    body = [written(each, delimiter) for each in good]
    for each in other:
        # neither right below the names nor at the end, where units and notes stand
        body.insert(data.draw(st.integers(2, len(body) - 2)), each.format(d=delimiter))
    text = "\n".join([*titles, written(NAMES, delimiter, quoted), *body, *notes]) + "\n" * last_end
    table = read_bytes(text.replace("\n", end).encode(encoding), "t.csv", ReadOptions(delimiter=delimiter))
    account = account_of(table)
    lines = text.split("\n")[: -1 if text.endswith("\n") else None]
    assert sum(account.counts().values()) == len(account.taken) == len(lines)
    assert account.counts()[Line.ROW] == len(table.frame) == len(good)
    assert table.frame["place"].tolist() == [each[0] for each in good]
    # what was rejected stands in the file as it was noted, and nothing that was no row was taken for one
    for each in account.rejected:
        assert each.text == "\n".join(lines[each.line - 1 :])[: len(each.text)]
        assert account.taken[each.line - 1] == Line.REJECTED
    bad = [each.format(d=delimiter) for each in other if each.strip() and each not in ("{d}{d}", '""{d}{d}')]
    assert "\n".join(each.text for each in account.rejected).count("\n") + bool(bad) == sum(
        each.count("\n") + 1 for each in bad
    )
    assert account.counts().get(Line.REJECTED, 0) == sum(each.count("\n") + 1 for each in bad)
    for line, shown in account.shown:
        assert shown == lines[line - 1]


LONG = b'"place","beds"\n' + b"".join(b"P%d,%d\n" % (row, row) for row in range(90))


def test_below_a_long_table_notes_are_told_apart_also_where_its_names_are_quoted() -> None:
    table = read_bytes(LONG + b"Source: us\n", "t.csv")
    assert account_of(table).counts() == {Line.ROW: 90, Line.NAMES: 1, Line.NOTE: 1}
    assert len(table.frame) == 90


def test_a_line_that_somebody_left_out_hides_no_note_before_it() -> None:
    table = read_bytes(LONG + b"Source: us\nP,9\n", "t.csv", ReadOptions(left_out=(93,)))
    assert account_of(table).counts() == {Line.ROW: 90, Line.NAMES: 1, Line.NOTE: 1, Line.LEFT_OUT: 1}


def test_where_a_cell_goes_on_into_the_last_lines_or_more_comes_nobody_guesses_what_they_are() -> None:
    cell = b'"over%s"' % (b"\n" * 70)
    for content, ends in ((LONG + cell + b",3\nSource: us\n", True), (LONG + b"Source: us\n", False)):
        account = only_the_table(content, "t.csv", ",", ReadOptions(), ends=ends).account
        assert account.counts().get(Line.NOTE, 0) == 0
        assert [each.text for each in account.rejected] == ["Source: us"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.sampled_from([b"a,b\n1,2\n", b"", b'a;"b\nc"\n1;2\n\n']))
def test_of_any_bytes_that_are_read_every_line_is_accounted_for(content: bytes, start: bytes) -> None:
    try:
        table = read_bytes(start + content, "t")
    except InputError:
        return
    assert table.account is None or table.account.counts().get(Line.ROW, 0) == len(table.frame)


def test_rows_that_cannot_be_read_are_told_with_their_line_and_why() -> None:
    table = read_bytes(b'region,demand\nNorth,1\nSouth,2,3\n"East,4\nWest,5\n', "t.csv")
    assert table.frame["region"].tolist() == ["North", "West"]
    assert account_of(table).rejects().to_dict("list") == {
        "line": [3, 4],
        "text": ["South,2,3", '"East,4'],
        "reason": ["Cells found: 3, expected: 2.", "Its quotation marks do not pair up."],
    }
    assert "Rows that cannot be read were rejected: 2, the first in line 3." in str(table.notes[-1])
    said = "Lines of the file: 5 = 2 rows + 1 line of names + 2 rejected."
    assert str(account_of(table).said()) == said


@pytest.mark.parametrize("content", [b"a,b,\n1,2\n3,4\n", b"a,b\n1,2,\n3,4,\n", b"a,b,,\r\n1,2,\r\n3,4,\r\n"])
def test_separators_at_the_end_of_names_or_rows_are_no_cells(content: bytes) -> None:
    assert read_bytes(content, "t.csv").frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


ROWS = b"Beds,by,place\nplace,n,beds\nBo,1,3\nKono,2,5\nAll,3,8\nMoyamba,4,6\nPujehun,5,7\n"


@pytest.mark.parametrize(
    ("options", "names", "first"),
    [
        ({"header_row": 2}, ["place", "n", "beds"], ["Bo", "Kono", "All", "Moyamba", "Pujehun"]),
        ({"first_row": 3}, ["Beds", "by", "place"], ["Bo", "Kono", "All", "Moyamba", "Pujehun"]),
        ({"header_row": 2, "first_row": 4}, ["place", "n", "beds"], ["Kono", "All", "Moyamba", "Pujehun"]),
        ({"header_row": 2, "last_row": 4}, ["place", "n", "beds"], ["Bo", "Kono"]),
        ({"header_row": 2, "left_out": (5,)}, ["place", "n", "beds"], ["Bo", "Kono", "Moyamba", "Pujehun"]),
        ({"left_out": (1, 5)}, ["place", "n", "beds"], ["Bo", "Kono", "Moyamba", "Pujehun"]),
        ({"header_row": 0, "first_row": 6}, ["column 1", "column 2", "column 3"], ["Moyamba", "Pujehun"]),
    ],
)
@pytest.mark.parametrize("as_workbook", [False, True])
def test_lines_are_what_somebody_says_they_are(
    options: dict[str, object], names: list[str], first: list[str], as_workbook: bool
) -> None:
    content = ROWS
    if as_workbook:
        written = BytesIO()
        pd.DataFrame([line.split(",") for line in ROWS.decode().splitlines()]).to_excel(
            written, header=False, index=False
        )
        content = written.getvalue()
    table = read_bytes(content, "t", ReadOptions(**options))  # type: ignore[arg-type]
    assert list(table.frame.columns) == names
    assert table.frame[names[0]].tolist() == first
    assert account_of(table).counts()[Line.ROW] == len(first)
    assert len(account_of(table).taken) == 7


@pytest.mark.parametrize(
    "options",
    [{"first_row": 9}, {"last_row": 0}, {"last_row": 1}, {"left_out": (8,)}, {"header_row": 3, "first_row": 3}],
)
def test_lines_that_cannot_be_so_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(InputError, match="cannot"):
        read_bytes(ROWS, "t", ReadOptions(**options))  # type: ignore[arg-type]


def test_the_account_of_a_file_that_is_read_apart_is_the_same() -> None:
    content = b"Beds\nplace,beds\nBo,3\nKono,5,6\nPujehun,2\n"
    here, apart = account_of(read_bytes(content, "t")), account_of(read_apart(content, "t"))
    assert here.taken.tolist() == apart.taken.tolist()
    assert (here.shown, here.rejected) == (apart.shown, apart.rejected)
