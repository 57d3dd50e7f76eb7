import csv
import io
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from medalloc.report.tables import FORMULA_STARTS, as_csv, as_xlsx, escaped

DANGEROUS = [f"{start}cmd|' /C calc'!A0" for start in FORMULA_STARTS]


def csv_rows(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"), newline="")))


def xlsx_rows(frame: pd.DataFrame, sheet: str = "plan") -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(frame, sheet)))
    assert book.sheet_names == [sheet]
    return book.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("cell", [*DANGEROUS, "=", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "--5"])
@pytest.mark.parametrize("rows", [csv_rows, xlsx_rows])
def test_no_text_can_start_a_formula(cell: str, rows) -> None:
    frame = pd.DataFrame({"region": [cell, "ok"], cell: ["ok", cell]})
    read = rows(frame)
    assert read == [["region", f"'{cell}"], [f"'{cell}", "ok"], ["ok", f"'{cell}"]]


@pytest.mark.parametrize("rows", [csv_rows, xlsx_rows])
def test_harmless_text_stays_as_it_is(rows) -> None:
    words = ["Île", "北京", "a=b", "1-2", " x", 'says "no"', "a;b,c", "{=1}", "https://example.org"]
    assert [row[0] for row in rows(pd.DataFrame({"region": words}))[1:]] == words


def test_numbers_stay_numbers_below_zero_too() -> None:
    frame = pd.DataFrame({"beds": [-2.5, 3.0], "units": [-1, 7], "full": [True, False]})
    assert xlsx_rows(frame)[1:] == [[-2.5, -1.0, True], [3.0, 7.0, False]]
    assert csv_rows(frame)[1:] == [["-2.5", "-1", "True"], ["3.0", "7", "False"]]
    pd.testing.assert_frame_equal(escaped(frame), frame)


def test_numbers_among_text_stay_numbers() -> None:
    assert [row[0] for row in xlsx_rows(pd.DataFrame({"x": [-5, "=1", None, 2.5]}))] == ["x", -5.0, "'=1", "", 2.5]


def test_blank_and_infinite_cells_can_be_written() -> None:
    frame = pd.DataFrame({"a": [1.0, math.nan, math.inf], "b": ["x", None, "y"]})
    assert xlsx_rows(frame)[2] == ["", ""]
    assert csv_rows(frame)[2] == ["", ""]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_end_inside_a_cell_begins_no_row_of_its_own(end: str) -> None:
    cell = f"first{end}=1+1"
    assert as_csv(pd.DataFrame({"a": [cell]})) == f'\ufeffa\r\n"{cell}"\r\n'.encode()


def test_levels_of_a_category_are_escaped() -> None:
    frame = pd.DataFrame({"a": pd.Categorical(["=1", "x", "=1"])})
    assert [row[0] for row in csv_rows(frame)] == ["a", "'=1", "x", "'=1"]


def test_dates_stay_dates_and_zoned_times_are_written_with_their_zone() -> None:
    days = pd.to_datetime(["2026-01-02"])
    frame = pd.DataFrame({"day": days, "zoned": days.tz_localize("UTC")})
    day, zoned = xlsx_rows(frame)[1]
    assert (str(day), zoned) == ("2026-01-02", "2026-01-02 00:00:00+00:00")


def test_columns_may_be_numbered_or_share_a_name() -> None:
    frame = pd.DataFrame([["=1", "a", 2]], columns=["x", "x", 3])
    assert csv_rows(frame) == [["x", "x", "3"], ["'=1", "a", "2"]]


def test_the_table_handed_in_is_not_changed() -> None:
    frame = pd.DataFrame({"=a": ["=1"]})
    as_csv(frame), as_xlsx(frame)
    assert frame.to_dict("list") == {"=a": ["=1"]}


def test_a_table_without_rows_keeps_its_names() -> None:
    assert csv_rows(pd.DataFrame({"a": [], "=b": []})) == [["a", "'=b"]]
    assert xlsx_rows(pd.DataFrame({"a": [], "=b": []})) == [["a", "'=b"]]


def test_accents_are_marked_for_spreadsheets_and_sheets_can_be_named() -> None:
    assert as_csv(pd.DataFrame({"ü": [1]})).startswith(b"\xef\xbb\xbf")
    assert xlsx_rows(pd.DataFrame({"ü": [1]}), sheet="计划") == [["ü"], [1.0]]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(CELLS, st.sampled_from(DANGEROUS)), min_size=1, max_size=6))
def test_every_text_comes_back_from_csv_whole_but_for_the_apostrophe(cells: list[str]) -> None:
    read = csv_rows(pd.DataFrame({"row": range(len(cells)), "cell": cells}))[1:]
    assert [row[1] for row in read] == [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]
    assert not any(row[1].startswith(FORMULA_STARTS) for row in read)


@pytest.mark.parametrize("cell", ["-0.1321", "+5", "-1e-3", "12"])
def test_a_number_that_was_kept_as_text_stays_a_number(cell: str) -> None:
    assert as_csv(pd.DataFrame({"a": [cell]})).decode("utf-8-sig") == f"a\r\n{cell}\r\n"
