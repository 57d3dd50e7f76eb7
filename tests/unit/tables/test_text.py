import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables import text
from medalloc.tables.encodings import sniff_encoding
from medalloc.tables.text import header_cells, line_starts, may_hold_codes, rows_of, sniff_delimiter


def ragged_lines(content: bytes, delimiter: str) -> list[tuple[int, int]]:
    """Return line and number of cells of every row that differs from the first one."""
    rows = rows_of(content, delimiter)
    every = zip((rows.begins + 1).tolist(), rows.cells.tolist(), strict=True)
    return [(line, cells) for line, cells in every if cells != rows.cells[0]]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Île;Zürich;Málaga", "cp1252"),
        ("Größe;Noël", "cp1252"),
        ("Größe;Alter", "cp1252"),
        ("année créée;1", "cp1252"),
        ("ÅÄÖ;ÆØ", "cp1252"),
        ("地区,需求\n北京,12\n", "gb18030"),
        ("亳州,泸州,衢州,漯河,儋州,中卫", "gb18030"),
        ("内蒙古自治区、黑龙江省", "gb18030"),
        ("Île;地区", "utf-8"),
        ("plain", "utf-8"),
        ("Île;地区", "utf-8-sig"),
        ("Île;地区", "utf-16"),
    ],
)
def test_the_encoding_is_recognised(words: str, encoding: str) -> None:
    assert sniff_encoding(words.encode(encoding)) == encoding


def test_an_accent_late_in_a_long_file_decides_its_encoding() -> None:
    assert sniff_encoding(b"a,b\n" * 300_000 + "Zürich,1\n".encode("cp1252")) == "cp1252"
    assert sniff_encoding(b"a,b\n" * 300_000 + "北京,1\n".encode("gb18030")) == "gb18030"


def test_one_broken_byte_does_not_turn_utf_8_into_something_else() -> None:
    assert sniff_encoding("Île,Zürich,Málaga,北京\n".encode() * 3 + b"\xff") == "utf-8"


@pytest.mark.parametrize("delimiter", list(text.DELIMITERS))
def test_the_separator_is_recognised(delimiter: str) -> None:
    rows = [["region", "demand", "note"], ["North, upper", "1.5", "a"], ["South; lower", "2.5", "b|c"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert sniff_delimiter(out.getvalue()) == delimiter


@pytest.mark.parametrize("start", ["share;part\n1,5;2,5\n3,5;4,5\n", "name;share\n\n\nNorth;1,5\nSouth;2\n"])
def test_decimal_commas_are_not_taken_for_separators(start: str) -> None:
    assert sniff_delimiter(start) == ";"


def test_a_single_column_has_no_separator_to_find() -> None:
    assert sniff_delimiter("region\nNorth\n") == ","
    assert sniff_delimiter("") == ","


def test_the_header_is_the_first_line_that_is_not_blank() -> None:
    assert header_cells(b'\n \t\n"a, b",c\n1,2\n', ",") == ["a, b", "c"]
    assert header_cells(b"\n\n", ",") == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a,b\n1,2\n", []),
        (b"a,b\n1,2", []),
        (b"a,b\r\n1,2\r\n\r\n\r\n", []),
        (b"\n \na,b\n1,2\n", []),
        (b"a,b\n1,2\n  \t\n3,4\n", []),
        (b"a\n1\n\n2\n", []),
        (b"a,b\n1\n2,3\n4,5,6", [(2, 1), (4, 3)]),
        (b"a,b\r\n1\r\n2,3\r\n", [(2, 1)]),
        (b"\r\na,b\r\n1,2\r\n3\r\n", [(4, 1)]),
        (b'a,b\n"x\ny",2\n3,4,5\n6\n', [(4, 3), (5, 1)]),
        (b'a,b\n1,"x\ny",3\n4,5\n', [(2, 3)]),
        ("a,b\nÎ,2\nü\n".encode(), [(3, 1)]),
    ],
)
def test_ragged_lines_are_found_with_their_numbers(content: bytes, found: list[tuple[int, int]]) -> None:
    assert ragged_lines(content, ",") == found


@settings(max_examples=80)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=30),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
    st.booleans(),
)
def test_counting_in_pieces_finds_what_parsing_finds(widths: list[int], end: str, chunk: int, last_end: bool) -> None:
    lines = [";".join("x" * (place % 3) for place in range(width)) for width in widths]
    content = (end.join(lines) + end * last_end).encode()
    rows = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
    full = next((row for row in rows if row), [])
    expected = [(line, len(row)) for line, row in enumerate(rows, 1) if row and len(row) != len(full)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "CHUNK", chunk)
        assert ragged_lines(content, ";") == expected
    assert ragged_lines(content, ";") == expected


@pytest.mark.parametrize("chunk", range(6, 30))
def test_line_numbers_go_on_across_the_border_of_two_pieces(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "CHUNK", chunk)
    assert ragged_lines(b"aa,bb\n11,22\n333\n44,55\n6,6,6\n", ",") == [(3, 1), (5, 3)]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b'a,b\n1,2\n"x,3\n4,5\n', [3]),
        (b'a,"b\n1,2\n', [1]),
        (b'a,b\n1,2\n"x,3\n"y",5\n', [3]),
        (b'a,b\n"two\nlines",2\n"Bob "Bobby" B.",3\n', [4]),
        (b'a,b\n1,"' + b"x" * 200_000, [2]),
    ],
)
def test_a_row_whose_quotation_marks_do_not_pair_up_is_found_and_those_after_it_are_read(
    content: bytes, lines: list[int]
) -> None:
    rows = rows_of(content, ",")
    assert (rows.begins[rows.cells == 0] + 1).tolist() == lines
    assert rows.ends[-1] == content.count(b"\n", 0, len(content) - 1)


def test_a_file_full_of_open_quotation_marks_is_refused_with_the_first_line() -> None:
    with pytest.raises(InputError, match="Line 2: the quotation marks"):
        rows_of(b"a,b\n" + b'"x"y,1\n' * 2000, ",")


def test_an_inch_sign_inside_a_cell_opens_nothing() -> None:
    assert ragged_lines(b'pipe,price\n5" pipe,3\n', ",") == []


@pytest.mark.parametrize("content", [b"a,fips\n1,01001\n", b'"01001",2\n', b"a\n007\n", b"a, b\n1, 01\n"])
def test_a_leading_zero_anywhere_is_noticed(content: bytes) -> None:
    assert may_hold_codes(content, ",")


@pytest.mark.parametrize("content", [b"a,b\n0,0.5\n10,100\n", b"0\n"])
def test_zeros_and_decimals_are_no_codes(content: bytes) -> None:
    assert not may_hold_codes(content, ",")


CELLS = st.text(alphabet='ab01 ;"\n', max_size=4)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=6), st.booleans())
def test_rows_are_where_the_csv_module_finds_them_and_blank_ones_are_none(table: list[list[str]], quoted: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    expected, line = [], 0
    for row in table:
        writer.writerow(row)
        written = out.getvalue().count("\n")
        text = "\n".join(out.getvalue().split("\n")[line:written])
        if text.strip(" \t\r\n"):
            expected.append((line, written - 1, len(row)))
        line = written
    found = rows_of(out.getvalue().encode(), ",")
    assert list(zip(found.begins, found.ends, found.cells, strict=True)) == expected


@given(st.binary(max_size=30).map(lambda each: each.replace(b"\xff", b"\n")), st.integers(1, 9))
def test_lines_begin_where_they_are_split(content: bytes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "CHUNK", chunk)
        starts = line_starts(content)
    lines = content.split(b"\n")
    pieces = [each + b"\n" for each in lines[:-1]] + [each for each in lines[-1:] if each]
    assert [content[one:other] for one, other in pairwise(starts)] == pieces
    assert starts[0] == 0 and starts[-1] == len(content)


@given(st.lists(st.lists(st.sampled_from(["0", "01", " 01", "0.5", "10", "x01", "-01", "00"]), min_size=1, max_size=3)))
def test_a_code_is_a_cell_that_begins_with_a_zero_and_a_figure(table: list[list[str]]) -> None:
    content = "name\n" + "".join(f"{';'.join(row)}\n" for row in table)
    expected = any(cell.strip()[:1] == "0" and cell.strip()[1:2].isdigit() for row in table for cell in row)
    assert may_hold_codes(content.encode(), ";") == expected


@pytest.mark.parametrize("faults", [3, 4])
def test_nothing_is_read_from_so_many_rows_at_fault_on(faults: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_FAULTS", 3)
    content = b"a,b\n1,2\n" + b'"x"y,1\n' * faults
    if faults > 3:
        with pytest.raises(InputError, match="Line 3: the quotation marks"):
            rows_of(content, ",")
    else:
        assert rows_of(content, ",").cells.tolist() == [2, 2, 0, 0, 0]


def test_names_whose_quotation_marks_do_not_pair_up_are_refused_by_their_line() -> None:
    with pytest.raises(InputError, match="Line 3: the quotation marks"):
        header_cells(b'\n\n"a,b\n1,2\n', ",")
