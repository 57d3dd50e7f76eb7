"""Files as people have them, each with one malady: read as they were meant, or refused in a sentence that says why."""

import gzip
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.account import Line
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.summary_rows import summaries
from medalloc.tables.table import Table

FOLDER = Path(__file__).parent / "ugly"
PLAIN = {"region": ["North", "South", "East"], "population": [1000, 2000, 500], "demand": [100, 300, 20]}
"""What most of them hold."""

Cells = dict[str, list[object]]

TEXTS: list[tuple[str, Cells | None, str]] = [
    (name, PLAIN if cells == "PLAIN" else cells, said)
    for name, cells, said in json.loads(FOLDER.with_suffix(".json").read_text(encoding="utf-8"))
]
"""Each file, its cells (none where it is refused, and the last rows alone where there are many), and what is said."""


def book(*sheets: tuple[str, list[list[object]]], hide: int = 0) -> bytes:
    """Return a workbook, of whose sheets the first ones are hidden."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for place, (name, rows) in enumerate(sheets):
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
            if place < hide:
                sheet.hide()
        made.worksheets()[hide].activate()
        made.worksheets()[hide].set_first_sheet()
    return out.getvalue()


def packed(**files: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def written(how: Callable[[pd.DataFrame, BytesIO], object]) -> bytes:
    out = BytesIO()
    how(pd.DataFrame(PLAIN), out)
    return out.getvalue()


CSV = pd.DataFrame(PLAIN).to_csv(index=False).encode()
SHEET: list[list[object]] = [list(PLAIN), *map(list, zip(*PLAIN.values(), strict=True))]  # type: ignore[call-overload]
BINARIES: tuple[tuple[str, bytes, Cells | None, str], ...] = (
    ("plain.xlsx", book(("s", SHEET)), PLAIN, ""),
    ("title.xlsx", book(("s", [["Beds 2024"], [], *SHEET])), PLAIN, "left out: “Beds 2024”"),
    ("footer.xlsx", book(("s", [*SHEET, [], ["Source: us"]])), PLAIN, "left out: “Source: us”"),
    ("readme.xlsx", book(("readme", [["How to"]]), ("s", SHEET)), PLAIN, "Read is the sheet “s”; not read: “readme”"),
    ("hidden.xlsx", book(("old", [["a", "b"], [1, 2]]), ("s", SHEET), hide=1), PLAIN, "(* hidden): “old” *"),
    ("empty.xlsx", book(("s", [])), None, "holds any cells"),
    ("leading_zeros.xlsx", book(("s", [["code"], ["007"], ["010"]])), {"code": ["007", "010"]}, ""),
    ("beside.xlsx", book(("s", [[*each, "", *each] for each in SHEET])), PLAIN, "Another table stands beside"),
    ("again.xlsx", book(("s", [*SHEET[:2], SHEET[0], *SHEET[2:]])), PLAIN, "hold the names of the columns again"),
    ("codes.xlsx", book(("s", [["V1", "V2", "V3"], *SHEET])), PLAIN, "Two rows hold names"),
    ("table.csv.gz", gzip.compress(CSV, mtime=0), PLAIN, ""),
    ("cut.csv.gz", gzip.compress(CSV, mtime=0)[:-9], None, "cannot be unpacked"),
    ("one.zip", packed(**{"t.csv": CSV}), PLAIN, ""),
    ("several.zip", packed(**{"readme.md": b"# Beds", "t.csv": CSV}), PLAIN, "not read: “readme.md”"),
    ("damaged.xlsx", book(("s", SHEET))[:300], None, "not a workbook"),
    ("plain.parquet", written(lambda frame, out: frame.to_parquet(out)), PLAIN, ""),
    ("plain.feather", written(lambda frame, out: frame.to_feather(out)), PLAIN, ""),
    ("cut.parquet", written(lambda frame, out: frame.to_parquet(out))[:100], None, "damaged"),
)


def cells_of(table: Table) -> Cells:
    return {
        name: table.frame[name].astype(object).where(table.frame[name].notna(), None).tolist() for name in table.frame
    }


def holds(content: bytes, name: str, cells: Cells | None, said: str) -> None:
    if cells is None:
        with pytest.raises(InputError, match=re.escape(said)):
            read_bytes(content, name)
        return
    table = read_bytes(content, name)
    found = cells_of(table)
    assert {each: column[-len(cells[each]) :] for each, column in found.items()} == cells
    assert len(table.frame) == len(next(iter(cells.values()))) or name == "suppressed_star.csv"
    assert any(said in str(note) for note in table.notes) or not said
    if table.account is not None:
        assert table.account.counts()[Line.ROW] == len(table.frame)


@pytest.mark.parametrize(("name", "cells", "said"), TEXTS, ids=[name for name, *_ in TEXTS])
def test_a_text_with_one_malady_is_read_or_refused_in_a_sentence(name: str, cells: Cells | None, said: str) -> None:
    holds((FOLDER / name).read_bytes(), name, cells, said)


@pytest.mark.parametrize(("name", "content", "cells", "said"), BINARIES, ids=[name for name, *_ in BINARIES])
def test_another_file_with_one_malady_is_read_or_refused_in_a_sentence(
    name: str, content: bytes, cells: Cells | None, said: str
) -> None:
    holds(content, name, cells, said)


OFFICES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "office_bps.csv": (
        {"population": "Jumlah Penduduk (ribu)", "existing:tempat tidur rumah sakit": "Tempat Tidur Rumah Sakit"},
        ("Jawa Barat",),
    ),
    "office_estat.csv": ({"region": "都道府県", "population": "人口（千人）", "demand": "新入院患者数"}, ("全国",)),
    "office_genesis.csv": ({"region": "Bundesländer", "demand": "Patientenzugang"}, ()),
    "office_gus.csv": ({"region": "Nazwa", "population": "ludność ogółem 2023"}, ("POLSKA",)),
    "office_inegi.csv": (
        {"region": "Entidad federativa", "population": "Población total", "demand": "Egresos hospitalarios"},
        ("Estados Unidos Mexicanos",),
    ),
    "office_nhm.csv": (
        {"region": "State/UT", "existing:beds": "No. of Beds", "demand": "No. of IPD Patients"},
        ("INDIA",),
    ),
    "office_ons.csv": ({"region": "Area name", "population": "Mid-2024 population", "demand": "Admissions"}, ()),
    "office_sidra.csv": ({"region": "Município", "demand": "Internações"}, ()),
    "office_statcan.csv": ({"region": "GEO", "demand": "VALUE"}, ()),
    "office_statssa.csv": ({"region": "Province", "demand": "Expected admissions"}, ("South Africa",)),
    "office_wonder.txt": ({"region": "County", "population": "Population"}, ("Total",)),
}
"""Columns of tables of statistical offices by their roles, and their rows that are sums of others."""


@pytest.mark.parametrize("name", OFFICES)
def test_no_column_of_a_statistical_office_has_to_be_named(name: str) -> None:
    table = read_bytes((FOLDER / name).read_bytes(), name)
    roles, sums = OFFICES[name]
    assert {role: table.column(role) for role in roles} == roles
    assert summaries(table).sure == sums


def yearbook() -> bytes:
    """Return a table of a yearbook, whose names are merged cells and padded by spaces."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("目录").write_row(0, 0, ["表 1", "床位"])
        sheet = made.add_worksheet("1")
        sheet.write(0, 0, "各地区床位及入院人数")
        sheet.write(1, 4, "单位:万人、张")
        for place, name in ((0, "地 区"), (1, "年末常住人口"), (4, "入院人数")):
            sheet.merge_range(2, place, 3, place, name)
        sheet.merge_range(2, 2, 2, 3, "床位数")
        sheet.write_row(3, 2, ["合计", "医院"])
        rows = (["全 国", 3600, 36, 28, 3.6], ["北 京", 2180, 14, 12, 1.1], ["天 津", 1360, 7, 6, 0.7])
        for place, row in enumerate([*rows, ["河 北", 60, 15, 10, 1.8], ["注:本表数据为年末数。"]]):
            sheet.write_row(4 + place, 0, row)
    return out.getvalue()


def test_a_yearbook_with_merged_names_is_read_to_its_regions() -> None:
    table = read_bytes(yearbook(), "yearbook.xlsx")
    assert table.source.sheet == "1" and table.source.multiple == 10_000
    assert list(table.frame) == ["地 区", "年末常住人口", "床位数 合计", "床位数 医院", "入院人数"]
    assert [table.column(each) for each in ("region", "population", "demand")] == ["地 区", "年末常住人口", "入院人数"]
    assert summaries(table).sure == ("全 国",)


def test_a_first_column_without_a_name_and_a_row_of_units_are_understood() -> None:
    rows: list[list[object]] = [
        ["Hospitalisations by state"],
        ["", "Population", "Hospitalisations", "Available beds"],
        ["", "'000", "no.", "no."],
        ["State or territory"],
        ["New South Wales", 8400.1, 250000, 21000],
        ["Victoria", 6900.3, 210000, 16000],
        ["Queensland", 5500.2, 190000, "np"],
        [],
        ["np  not available for publication"],
        ["(a) Includes same-day."],
    ]
    contents: list[list[object]] = [["Contents"], ["Table 1", "Hospitalisations"], ["Table 2", "Beds"]]
    table = read_bytes(book(("Contents", contents), ("Table 1", rows)), "t.xlsx")
    assert list(table.frame) == ["State or territory", "Population ('000)", "Hospitalisations", "Available beds"]
    assert list(table.roles.values()) == ["region", "population", "demand", "existing:beds"]
    assert table.frame.iloc[:, 0].tolist() == ["New South Wales", "Victoria", "Queensland"]


def test_every_file_of_the_corpus_has_an_expectation() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(name for name, *_ in TEXTS)
    assert len(TEXTS) + len(BINARIES) >= 80


CONTENTS = [(FOLDER / name).read_bytes() for name, *_ in TEXTS] + [content for _, content, *_ in BINARIES]
OPTIONS = st.builds(
    ReadOptions,
    delimiter=st.sampled_from([None, None, ",", ";", "|"]),
    header_row=st.sampled_from([None, None, 0, 1, 2, 4]),
    first_row=st.sampled_from([None, None, 1, 2, 5]),
    last_row=st.sampled_from([None, None, 1, 3, 6]),
    left_out=st.lists(st.integers(1, 6), max_size=2).map(tuple),
    decimal=st.sampled_from([None, None, ".", ","]),
    day_first=st.sampled_from([None, True, False]),
    texts=st.sampled_from([(), (), ("region",), ("demand", "no such column")]),
)


@settings(max_examples=400, deadline=None)
@given(st.data(), OPTIONS)
def test_whatever_is_cut_out_of_a_file_or_put_into_it_there_is_a_table_or_a_sentence(
    data: st.DataObject, options: ReadOptions
) -> None:
    content = bytearray(data.draw(st.sampled_from(CONTENTS)))
    for _ in range(data.draw(st.integers(0, 3))):
        begin, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(content))])))
        put = data.draw(
            st.sampled_from([b"", b"\n", b'"', b",", b";", b"\x00", b"\xff", bytes(content[begin:end]) * 2])
        )
        content[begin : min(end, begin + 40)] = put
    try:
        table = read_bytes(bytes(content), "any", options)
    except InputError as error:
        assert str(error)
    else:
        assert table.account is None or table.account.counts().get(Line.ROW, 0) == len(table.frame)
