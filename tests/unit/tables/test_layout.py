"""Titles, units and notes around a table, rows without names, names over two rows: it is the same table."""

from io import BytesIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.layout import QUOTED, asked_for, layout_of, multiple_above, names_of, notes_after, said_of
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

TABLE = "region,population,demand\nNorth,1000,100\nSouth,2000,300\nEast,500,20\n"


def read(text: str, **options: object) -> Table:
    return read_bytes(text.encode(), "t.csv", ReadOptions(**options))


def rows(table: Table) -> list[list[object]]:
    return [list(table.frame.columns), *table.frame.to_numpy().tolist()]


PLAIN = rows(read(TABLE))
TITLES = (
    "Table 1: demand by region",
    "Table 1: demand by region,,",
    "",
    ",,",
    "sep=,",
    "Ministry of Health",
    "2024,,",
    "Beds\x0cby\x85region\u2028all",
)
NOTES = (
    "Source: invented",
    "Source: invented,,",
    "",
    ",,",
    "* provisional",
    "Note: without visitors,,",
    "注：初步数据,,",
)


@settings(max_examples=60, deadline=None)
@given(
    titles=st.lists(st.sampled_from(TITLES), max_size=4),
    notes=st.lists(st.sampled_from(NOTES), max_size=4),
    unit=st.sampled_from(["", "text,persons,persons\n", ",persons,persons\n", "name,[n],[n]\n"]),
    blank=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_stands_around_a_table_it_is_the_same_table_and_that_is_said(
    titles: list[str], notes: list[str], unit: str, blank: bool, end: str
) -> None:
    header, body = TABLE.split("\n", 1)
    above = "".join(f"{each}\n" for each in titles)
    below = ("\n" if blank else "") + "".join(f"{each}\n" for each in notes)
    made = read(f"{above}{header}\n{unit}{body}{below}".replace("\n", end))
    assert rows(made) == PLAIN
    said = " ".join(map(str, made.notes))
    for each in (*titles, *notes):
        text = " ".join(filter(None, each.split(",")))
        assert text in said
    assert ("describes the columns" in said) == bool(unit)


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "region,population,demand\nNorth,1000,n/a\nSouth,2000,300\nEast,500,20\n",
        "region,2019,2020\nNorth,1,2\nSouth,3,4\n",
        '"region\nname",demand\nNorth,1\nSouth,2\n',
        "region,kind\nNorth,good\nSouth,bad\nEast,\n",
        "region,beds\nNorth,none\nSouth,1200\nEast,1100\n",
        "a\n1\n2\n",
        "region,demand\nNorth\x0c,1\nSou\x85th,2\nEa\u2028st,3\n",
    ],
)
def test_a_table_without_anything_around_it_loses_no_row(text: str) -> None:
    lines = [line for line in text.replace('"region\nname"', "region name").split("\n") if line]
    made = read(text)
    assert len(made.frame) == len(lines) - 1
    assert not any("left out" in str(each) for each in made.notes)


def test_rows_of_numbers_without_names_are_all_kept() -> None:
    made = read("11,205,128\n87,335,112\n75,293,159\n")
    assert rows(made) == [["column 1", "column 2", "column 3"], [11, 205, 128], [87, 335, 112], [75, 293, 159]]
    assert "taken for one of the table" in str(made.notes[0])
    assert rows(read("11,205\n87,335\n75,293\n", header_row=1)) == [["11", "205"], [87, 335], [75, 293]]


def test_names_over_two_rows_are_joined_where_they_tell_columns_apart() -> None:
    made = read("region,Persons,,Beds,\n,2019,all,2019,all\nNorth,10,20,3,4\nSouth,30,40,5,6\n")
    assert list(made.frame.columns) == ["region", "Persons 2019", "Persons all", "Beds 2019", "Beds all"]


def test_somebody_can_say_which_line_holds_the_names() -> None:
    text = "Beds,of,all\nregion,population,demand\nNorth,1000,100\nSouth,2000,300\n"
    assert list(read(text, header_row=1).frame.columns) == ["Beds", "of", "all"]
    assert list(read(text).frame.columns) == ["region", "population", "demand"]
    assert list(read(text, header_row=2).frame.columns) == ["region", "population", "demand"]
    assert list(read(text, header_row=0).frame.columns) == ["column 1", "column 2", "column 3"]


def workbook(**sheets: list[list[object]]) -> bytes:
    written = BytesIO()
    with pd.ExcelWriter(written, engine="xlsxwriter") as book:
        for name, cells in sheets.items():
            pd.DataFrame(cells).to_excel(book, sheet_name=name, header=False, index=False)
            if name.startswith("hidden"):
                book.sheets[name].hide()
    return written.getvalue()


CELLS: list[list[object]] = [["region", "population", "demand"], ["North", 1000, 100], ["South", 2000, 300]]


def test_the_first_visible_sheet_with_a_table_is_read_and_the_others_are_named() -> None:
    book = workbook(readme=[["How to use"], ["Fill in"]], hidden=[["a", "b"], [1, 2]], data=CELLS, more=[["x"]])
    made = read_bytes(book, "t.xlsx")
    assert (made.source.sheet, made.source.sheets) == ("data", ("readme", "hidden", "data", "more"))
    assert str(made.notes[0]) == "Read is the sheet “data”; not read (* hidden): “readme”, “hidden” *, “more”."
    assert read_bytes(book, "t.xlsx", ReadOptions(sheet="hidden")).frame.to_dict("list") == {"a": [1], "b": [2]}


def test_titles_and_notes_of_a_worksheet_are_left_out_and_said() -> None:
    made = read_bytes(workbook(s=[["Beds", None, None], *CELLS, [None] * 3, ["Source: us", None, None]]), "t.xlsx")
    assert rows(made) == [list(CELLS[0]), *CELLS[1:]]
    assert [str(each) for each in made.notes] == [
        "Lines above the table that were left out: “Beds”.",
        "Lines below the table that were left out: “Source: us”.",
    ]


@pytest.mark.parametrize("row", [-3, 4, 999])
@pytest.mark.parametrize("text", ["region,demand\nNorth,1\nSouth,2\n", '"a\nb",c\n1,2\n'])
def test_a_line_of_names_that_is_not_there_is_refused_in_a_sentence(row: int, text: str) -> None:
    with pytest.raises(InputError, match=f"Line {row} cannot hold the names of the columns"):
        read(text, header_row=row)
    with pytest.raises(InputError, match="cannot hold the names"):
        read_bytes(workbook(s=CELLS), "t.xlsx", ReadOptions(header_row=999))


def test_titles_of_several_cells_are_titles_where_a_blank_line_parts_them_from_the_table() -> None:
    above = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-12-16",\n\n'
    table = '"Country Name","Country Code","Indicator","2021","2022","2023"\nPeru,PER,Beds,1,2,3\nChad,TCD,Beds,4,5,6\n'
    made = read(above + table)
    assert rows(made) == rows(read(table))
    assert str(made.notes[0]).startswith("Lines above the table that were left out: “Data Source World Development")


def test_what_stands_alone_below_the_sum_of_all_regions_is_a_note() -> None:
    made = read("region,demand\nNorth,1\nSouth,2\nTotal,3\nas counted in May,\n")
    assert made.frame["region"].tolist() == ["North", "South", "Total"]
    assert "left out: “as counted in May”" in str(made.notes[-1])
    # a region without a number is one
    assert read("region,demand\nNorth,1\nSouth,2\nPitcairn,\n").frame["region"].tolist()[-1] == "Pitcairn"


def test_years_below_a_name_tell_its_columns_apart() -> None:
    made = read("County,Population,Beds and cots,,Visits\n,2023,2022,2023*,2023*\nBo,9,1,2,3\nKono,8,4,5,6\n")
    assert list(made.frame) == [
        "County",
        "Population 2023",
        "Beds and cots 2022",
        "Beds and cots 2023*",
        "Visits 2023*",
    ]
    assert made.column("existing:beds and cots") == "Beds and cots 2023*"
    one = read("County,Population,Beds\n,2023,2023\nBo,9,1\nKono,8,4\n")
    assert list(one.frame) == ["County", "Population", "Beds"] and one.frame["Beds"].tolist() == [1, 4]


def test_pairs_above_the_names_are_titles() -> None:
    made = read("Release,2026\nUnit,persons\nregion,population,demand,beds,x\nNorth,1,2,3,4\nSouth,2,3,4,5\n")
    assert list(made.frame) == ["region", "population", "demand", "beds", "x"]
    # two rows of names are none
    two = read("region,Beds,,Nurses,,\n,all,acute,all,acute,n\nNorth,1,2,3,4,5\nSouth,2,3,4,5,6\n")
    assert list(two.frame)[1:5] == ["Beds all", "Beds acute", "Nurses all", "Nurses acute"]


def test_that_no_line_holds_names_is_said_only_where_nobody_has_said_it() -> None:
    assert not read("11,205\n87,335\n75,293\n", header_row=0).notes


def test_merged_cells_are_those_of_every_row_and_column_that_they_stand_over() -> None:
    written = BytesIO()
    with pd.ExcelWriter(written, engine="xlsxwriter") as book:
        pd.DataFrame(
            [["", "", "", ""], ["", "", 2019, 2020], ["", "a", 1, 2], ["", "b", 3, 4], ["South", "c", 5, 6]]
        ).to_excel(book, sheet_name="s", header=False, index=False)
        sheet = book.sheets["s"]
        sheet.merge_range(0, 2, 0, 3, "Beds")
        sheet.merge_range(0, 0, 1, 0, "region")
        sheet.merge_range(0, 1, 1, 1, "place")
        sheet.merge_range(2, 0, 3, 0, "North")
    made = read_bytes(written.getvalue(), "t.xlsx")
    assert rows(made) == [
        ["region", "place", "Beds 2019", "Beds 2020"],
        ["North", "a", 1, 2],
        ["North", "b", 3, 4],
        ["South", "c", 5, 6],
    ]


def test_a_row_of_codes_above_the_names_gives_way_to_them() -> None:
    rows = [["V1", "V2"], ["District", "Population"], ["Bo", "300"], ["Kono", "500"]]
    assert names_of(layout_of(rows, rows), rows) == ["District", "Population"]
    assert names_of(layout_of(rows, rows, 0), rows) == ["V1", "V2"]
    turned = [[*rows[1], "Beds"], ["NAME", "B01_002E", "H_1"], *([*each, "7"] for each in rows[2:])]
    assert names_of(layout_of(turned, turned), turned) == ["District", "Population", "Beds"]
    assert layout_of(turned, turned).described == 1


@pytest.mark.parametrize("names", ["0,1,2", "1,2,3", "2021,2022,2023"])
def test_numbers_that_count_the_columns_and_years_are_names(names: str) -> None:
    made = read(f"{names}\n5,6,8\n9,7,4\n")
    assert list(made.frame) == names.split(",")
    assert rows(made)[1:] == [[5, 6, 8], [9, 7, 4]]
    assert len(read("1,3,2\n5,6,8\n9,7,4\n").frame) == 3


@pytest.mark.parametrize(
    ("title", "names", "times"),
    [
        ("Beds (in thousands)", "region,beds", 1000),
        ("Beds", "region,beds", 1),
        ("Beds (in thousands)", "region,beds (millions)", 1),
        ("Beds (in thousands)", "region,beds (n)", 1000),
    ],
)
def test_a_line_above_says_the_multiple_where_no_name_says_its_own(title: str, names: str, times: int) -> None:
    lines = [[title, ""], names.split(","), ["North", "3"], ["South", "4"]]
    layout = layout_of(lines, lines)
    assert (layout.header, multiple_above(layout, lines)) == (1, times)
    said = " ".join(map(str, said_of(layout, lines, lines)))
    assert ("speaks of multiples" in said) == (times > 1)
    without = layout_of(lines, lines, -1)
    assert multiple_above(without, lines) == 1 and names_of(without, lines) == ["column 1", "column 2"]


@pytest.mark.parametrize(("row", "taken"), [(-2, False), (-1, True), (0, True), (3, True), (4, False)])
def test_a_line_of_names_is_one_of_the_first_or_none(row: int, taken: bool) -> None:
    first = [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]
    if not taken:
        with pytest.raises(InputError, match="choose one of the first 4"):
            asked_for(row, first)
        return
    layout = asked_for(row, first)
    assert (layout.header, layout.has_names) == (max(row, 0), row >= 0)


@pytest.mark.parametrize("letters", [QUOTED, QUOTED + 1])
def test_a_long_line_that_is_left_out_is_quoted_by_its_beginning(letters: int) -> None:
    lines = [["x" * letters, ""], ["region", "beds"], ["North", "3"], ["South", "4"]]
    (said,) = said_of(layout_of(lines, lines), lines, lines)
    assert str(said).endswith(f"“{'x' * QUOTED}{'…' if letters > QUOTED else ''}”.")


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        ("North,3|South,4", 0),
        ("North,3|Source: us", 1),
        ("North,3|Source: us,", 1),
        ("North,3||Source: us|", 2),
        ("North,3|,|by hand,|,", 2),
        ("North,3|by hand,||Source: us", 1),
        ("North,3|Note: x||Source: us", 3),
        ("North,3|by hand,", 0),
        ("North,3|Total,7|by hand,", 1),
        ("North,3|5,|Source: us", 1),
        ("North,3|Source: us|South,4", 0),
        ("North,3|,note", 0),
    ],
)
def test_notes_are_lines_of_one_cell_at_the_end_that_begin_as_notes_or_stand_apart(lines: str, after: int) -> None:
    assert notes_after([each.split(",") for each in lines.split("|")], 2) == after
