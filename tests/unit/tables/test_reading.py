import datetime
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError, SourceError
from medalloc.tables.apart import read_file
from medalloc.tables.options import ReadOptions
from medalloc.tables.quality import findings
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

SAMPLES = Path(__file__).parents[3] / "sample_data"
CITIES = ["Île", "Zürich", "Málaga"]


def read(content: bytes | str, **options: str) -> Table:
    return read_bytes(content if isinstance(content, bytes) else content.encode(), "f.csv", ReadOptions(**options))


def refusal(content: bytes | str, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        read(content, **options)
    return str(caught.value)


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(row, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    else:
                        sheet.write(row, column, cell)
    return out.getvalue()


def parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "END", "ENDEND", "END  END"])
def test_the_same_table_comes_out_of_every_usual_text_file(encoding: str, delimiter: str, end: str, last: str) -> None:
    names = ["北京", "上海"] if encoding == "gb18030" else CITIES
    lines = [f"region{delimiter}code{delimiter}demand"] + [f"{each}{delimiter}01{delimiter}2.5" for each in names]
    table = read((end.join(lines) + last.replace("END", end)).encode(encoding))
    assert table.frame.to_dict("list") == {"region": names, "code": ["01"] * len(names), "demand": [2.5] * len(names)}
    assert (table.source.encoding, table.source.delimiter) == (encoding, delimiter)


def test_quoted_cells_keep_separators_quotes_and_line_breaks() -> None:
    table = read('region,note\n"North, upper","first\nsecond"\nSouth,"says ""no"""\n')
    assert table.frame["region"].tolist() == ["North, upper", "South"]
    assert table.frame["note"].tolist() == ["first\nsecond", 'says "no"']


def test_an_empty_first_cell_after_a_blank_line_stays_where_it_is() -> None:
    for end in ("\n", "\r\n", "\r"):
        frame = read(end.join(["", "", "a,b", "", ",2", "3,4"])).frame
        assert frame["b"].tolist() == [2, 4]


def test_decimal_commas_are_read_as_such_which_is_said() -> None:
    table = read("region;demand\nNorth;1.200,5\nSouth;80,25\n")
    assert table.frame["demand"].tolist() == [1200.5, 80.25]
    assert [str(each) for each in table.notes] == ["A comma is the decimal sign in: “demand”."]


def test_a_leading_zero_in_the_last_of_many_rows_keeps_the_whole_column_text() -> None:
    table = read("fips,age\n" + "56045,3\n" * 3000 + "01001,4\n")
    assert table.frame["fips"].iloc[[0, -1]].tolist() == ["56045", "01001"]
    assert pd.api.types.is_integer_dtype(table.frame["age"])


def test_codes_keep_their_zeros_beside_blanks_quotes_and_spaces() -> None:
    table = read('code,"zip",n\n01,"00501",1\n,10001,2\n 02, 3,\n')
    assert table.frame["code"].fillna("-").tolist() == ["01", "-", "02"]
    assert table.frame["zip"].tolist() == ["00501", "10001", "3"]
    assert table.frame["n"].tolist()[:2] == [1, 2]


def test_long_codes_beside_blanks_do_not_run_into_each_other() -> None:
    table = read("patient_id,age\n110101199003070011,1\n,2\n110101199003070012,3\n")
    assert table.frame["patient_id"].nunique() == 2


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert list(read("region,n\nA,1\n".encode("utf-8-sig"), encoding="utf-8").frame) == ["region", "n"]


@pytest.mark.parametrize(("chosen", "kept"), [("UTF8", "utf-8"), ("latin-1", "iso8859-1"), ("GBK", "gbk")])
def test_an_encoding_may_be_called_by_any_of_its_names(chosen: str, kept: str) -> None:
    assert read("a,b\n1,2\n", encoding=chosen).source.encoding == kept


def test_a_vertical_bar_inside_a_chinese_character_is_no_separator() -> None:
    assert b"|" in "縷".encode("gb18030")
    table = read("region|demand\n縷|3\n".encode("gb18030"), encoding="gb18030", delimiter="|")
    assert table.frame["demand"].tolist() == [3]


def test_utf_16_without_its_mark_is_read_when_chosen() -> None:
    assert read("a,b\n1,2\n".encode("utf-16-le"), encoding="utf-16").frame["b"].tolist() == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["empty", "save the table again"]),
        (b" \n\t\n", ["empty"]),
        (b"\xef\xbb\xbf", ["“f.csv”"]),
        (b"\xff\xfe", ["“f.csv”"]),
        (b"a,b\n", ["no rows", "add the rows"]),
        (b"a,b\n,\n,\n", ["no rows"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["not a table but an image", "choose a CSV, XLSX or Parquet"]),
        (b"\x1f\x8b\x08\x08abc", ["cannot be unpacked"]),
        (b"PK\x03\x04nonsense", ["not a workbook", "save it as XLSX"]),
        (b"\xd0\xcf\x11\xe0nonsense", ["not a workbook", "without a password"]),
        (b"PAR1nonsense", ["Parquet file but is damaged", "export it again"]),
        (b"a,b\n1,2\n3\n4,5,6\n", ["Line 3: cells found 1, expected 2", "Line 4: cells found 3", "mend that line"]),
        (b'a,b\n"x,3\n', ["Line 2", "quotation marks", "close the one that is open"]),
        (b"a,b,a,c,b\n1,2,3,4,5\n", ["“a” stands more than once", "“b” stands more than once", "its own name"]),
        (b"a, a\n1,2\n", ["“a” stands more than once"]),
        ("a,b\nÎle,2\n".encode() + b"\xff,3\n" + "Zürich,4\n".encode() * 9, ["utf-8", "byte 12 (line 3)", "CSV UTF-8"]),
    ],
)
def test_a_file_that_cannot_be_read_says_what_and_how_to_repair_it(content: bytes, words: list[str]) -> None:
    said = refusal(content)
    for each in words:
        assert each in said


def test_many_faulty_lines_are_counted_and_the_first_ones_named() -> None:
    said = refusal("a,b\n" + "1\n" * 1000)
    assert said.count("Line ") == 5
    assert "Further lines with the same fault: 995." in said


def test_the_wrong_encoding_is_told_with_its_place() -> None:
    said = refusal("a,b\n1,2\nZürich,3\n".encode("cp1252"), encoding="utf-8")
    assert "byte 10 (line 3) does not fit" in said
    assert "choose another encoding" in said


@pytest.mark.parametrize("encoding", ["nonsense", "hex", "undefined", "a\0b", ""])
def test_an_unknown_encoding_is_told(encoding: str) -> None:
    assert "not a known encoding; try utf-8" in refusal("a,b\n1,2\n", encoding=encoding)


@pytest.mark.parametrize("delimiter", ["::", "é", '"', "\n"])
def test_what_cannot_separate_columns_is_told(delimiter: str) -> None:
    assert "cannot separate columns" in refusal("a,b\n1,2\n", delimiter=delimiter)


def test_the_first_sheet_with_cells_is_read() -> None:
    table = read(workbook(cover=[], data=[["region", "demand"], ["Île", 12], ["Süd", 13.5]]))
    assert table.source.sheet == "data"
    assert table.frame.to_dict("list") == {"region": ["Île", "Süd"], "demand": [12.0, 13.5]}


def test_the_chosen_sheet_is_read_and_an_unknown_one_told() -> None:
    book = workbook(first=[["a"], [1]], second=[["b"], [2]])
    assert list(read(book, sheet="second").frame) == ["b"]
    assert "no sheet “third”; the workbook has: first, second." in refusal(book, sheet="third")


def test_a_workbook_keeps_text_codes_numbers_and_dates_apart() -> None:
    day = datetime.date(2026, 1, 2)
    frame = read(workbook(s=[["fips", "n", "day", "mixed"], ["01001", 1, day, 1], ["01003", 2, None, "x"]])).frame
    assert frame["fips"].tolist() == ["01001", "01003"]
    assert frame["n"].dtype == np.int64
    assert frame["day"].tolist()[0] == pd.Timestamp(day)
    assert frame["mixed"].tolist() == ["1", "x"]


def test_blank_rows_of_a_workbook_are_passed_over() -> None:
    book = workbook(s=[[None], ["a", "b"], [None, None], [1, 2]])
    assert read(book).frame.to_dict("list") == {"a": [1], "b": [2]}


def test_repeated_names_in_a_workbook_are_told() -> None:
    assert "“a” stands more than once" in refusal(workbook(s=[["a", "a"], [1, 2]]))


def test_a_workbook_without_cells_or_rows_is_told() -> None:
    assert "No sheet of “f.csv” holds any cells" in refusal(workbook(one=[], two=[]))
    assert "no rows" in refusal(workbook(one=[["a", "b"]]))


def test_parquet_comes_back_with_its_named_index() -> None:
    frame = pd.DataFrame({"demand": [1.5, 2.5]}, index=pd.Index(["Île", "Süd"], name="region"))
    table = read(parquet(frame))
    assert table.frame[["region", "demand"]].to_dict("list") == {"region": ["Île", "Süd"], "demand": [1.5, 2.5]}
    assert table.source.delimiter is None


def test_parquet_cells_of_any_kind_can_be_looked_into() -> None:
    frame = pd.DataFrame({"l": [[1], [2]], "d": [{"a": 1}, None], "c": pd.Categorical(["x", "y"]), "b": [True, None]})
    assert findings(read(parquet(frame)))


@pytest.mark.parametrize("sound", [workbook(s=[["region", "n"], ["A", 1]]), parquet(pd.DataFrame({"a": [1, 2]}))])
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_is_told_or_read_but_never_crashes(sound: bytes, data: st.DataObject) -> None:
    broken = bytearray(sound[: data.draw(st.integers(8, len(sound)))])
    for place, byte in data.draw(
        st.dictionaries(st.integers(4, len(broken) - 1), st.integers(0, 255), max_size=6)
    ).items():
        broken[place] = byte
    table_or_refusal(bytes(broken))


PIECES = st.sampled_from(
    [
        b",",
        b";",
        b"\n",
        b"\r",
        b"\r\n",
        b'"',
        b"0",
        b"01",
        b"a",
        b" ",
        b"\t",
        b"|",
        b"1.5",
        b"1,5",
        b"\xe9",
        b"\xb1\xb1",
    ]
    + [b"\xc3\xa9", b"\x00", b"NA", b"inf", b"1e999", b"9" * 20, b"need", b"age", b"\xef\xbb\xbf", b"\xff\xfe"]
)
OPTIONS = st.builds(
    ReadOptions,
    encoding=st.sampled_from([None, "utf-8", "cp1252", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([None, ",", "|", " "]),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=40).map(b"".join)), OPTIONS)
def test_arbitrary_bytes_give_a_table_or_a_sentence(content: bytes, options: ReadOptions) -> None:
    table_or_refusal(content, options)


def table_or_refusal(content: bytes, options: ReadOptions | None = None) -> None:
    try:
        table = read_bytes(content, "any", options)
    except InputError as error:
        assert str(error)
    else:
        assert len(table.frame)
        assert list(table.roles) == list(table.frame.columns)
        findings(table)


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8).map(str.strip)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_written_text_comes_back_cell_by_cell(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    # a first column of words keeps every row from being blank
    words = pd.DataFrame([[f"w{number}", *("=" + cell for cell in row)] for number, row in enumerate(rows)])
    words.columns = [f"c{number}" for number in words.columns]
    table = read(words.to_csv(index=False, sep=delimiter).encode(encoding), encoding=encoding, delimiter=delimiter)
    pd.testing.assert_frame_equal(table.frame, words)


def test_a_file_is_read_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(workbook(s=[["region"], ["A"]]))
    assert read_file(path).source.sheet == "s"
    assert read_file(path).source.name == "table.csv"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceError, match="cannot be opened"):
            read_file(path)


def test_the_same_bytes_have_the_same_hash() -> None:
    assert read("a\n1\n").source.sha256 == read("a\n1\n").source.sha256 != read("a\n2\n").source.sha256


@pytest.mark.parametrize(
    ("file", "rows", "columns"),
    [
        ("patients_article.csv", 5473, 15),
        ("patients_nhanes.csv", 4890, 21),
        ("patients_rand_hie.csv", 5473, 18),
        ("regions_china.csv", 31, 6),
        ("regions_rand_hie.csv", 6, 8),
        ("regions_us_counties.csv", 3142, 5),
        ("regions_world.csv", 157, 12),
        ("weekly_boston_flu.csv", 6104, 5),
    ],
)
def test_the_samples_are_read_whole_and_without_remarks(file: str, rows: int, columns: int) -> None:
    table = read_file(SAMPLES / file)
    assert table.frame.shape == (rows, columns)
    assert table.notes == ()
    assert (table.source.encoding, table.source.delimiter) == ("utf-8", ",")
