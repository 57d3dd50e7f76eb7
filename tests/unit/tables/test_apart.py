"""Files that are read by a process of their own: the same answers, and nobody else dies of a hostile one."""

import os
import signal
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from medalloc.errors import InputError
from medalloc.tables import apart
from medalloc.tables.apart import read_apart, read_file, read_packed_apart, reader
from medalloc.tables.options import ReadOptions
from medalloc.tables.reader import MOST_CELLS
from medalloc.tables.reading import read_bytes

SAMPLES = Path(__file__).parents[3] / "sample_data"
REGIONS = b"region,demand\nNorth,10\nSouth,20\n"


def workbook(*cells: tuple[int, int]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row, column in cells:
            sheet.write(row, column, "x")
    return content.getvalue()


def repeated(rows: int, columns: int = 1) -> bytes:
    """Return a small Parquet file of one value many times."""
    content = BytesIO()
    names = [f"n{each}" for each in range(columns)]
    piece = pa.table(dict.fromkeys(names, pa.array(np.ones(min(rows, 5_000_000), dtype="int64"))))
    with parquet.ParquetWriter(content, piece.schema, compression="zstd") as out:
        for _ in range(max(1, rows // 5_000_000)):
            out.write_table(piece)
    return content.getvalue()


def everything() -> bytes:
    """Return a Parquet file with a column of every kind that a table has."""
    content = BytesIO()
    kinds = {
        "region": ["North", None, "South"],
        "whole": [1, 2, 3],
        "some": pd.array([1, None, 3], dtype="Int64"),
        "number": [1.5, None, float("inf")],
        "yes": [True, False, True],
        "perhaps": [True, None, False],
        "day": pd.to_datetime(["2024-01-01", None, "2024-01-03"]),
        "moment": pd.to_datetime(["2024-01-01", None, "2024-01-03"]).tz_localize("Asia/Shanghai"),
        "kind": pd.Categorical(["a", None, "b"]),
    }
    pd.DataFrame(kinds).to_parquet(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "options"),
    [
        *(((SAMPLES / name).read_bytes(), None) for name in ("regions_world.csv", "weekly_boston_flu.csv")),
        (everything(), None),
        (b"r;d\nN\xc3\xb6rd;1\n\n", ReadOptions(delimiter=";")),
    ],
)
def test_a_table_that_was_read_apart_is_the_table(content: bytes, options: ReadOptions | None) -> None:
    obtained, expected = read_apart(content, "t", options), read_bytes(content, "t", options)
    pd.testing.assert_frame_equal(obtained.frame, expected.frame)
    assert (obtained.roles, obtained.source, obtained.notes) == (expected.roles, expected.source, expected.notes)


@pytest.mark.parametrize("content", [b" \n", b"PAR1xxxx", b"a,b\n1\n2,3,4\n", b"a,a\n1,2\n", b"\x00\x01\x02"])
def test_what_is_wrong_with_a_file_is_said_in_the_same_words(content: bytes) -> None:
    with pytest.raises(InputError) as here:
        read_bytes(content, "t")
    with pytest.raises(InputError) as there:
        read_apart(content, "t")
    assert there.value.faults == here.value.faults


@pytest.mark.parametrize(
    "content",
    [
        workbook((0, 0), (1_048_575, 16_383)),
        workbook((0, 0), (0, 1), (1, 0), (1_048_575, 400)),
        repeated(200_000_000),
    ],
    ids=["corners", "stray", "repeated"],
)
def test_a_file_that_unpacks_to_too_much_is_refused_in_one_sentence_and_the_next_one_is_read(content: bytes) -> None:
    assert len(content) < 2_000_000
    with pytest.raises(InputError, match=r"“bomb” was stopped, because it took more than 1,0.. MB") as refused:
        read_apart(content, "bomb")
    assert len(refused.value.faults) == 1
    assert len(read_apart(REGIONS, "t").frame) == 2


def test_a_table_that_fits_into_memory_may_still_have_too_many_cells() -> None:
    content = repeated(5_000_000, 11)
    with pytest.raises(InputError, match=f"5,000,000 rows of 11 columns.* {MOST_CELLS:,} cells"):
        read_apart(content, "t")


@pytest.mark.parametrize(
    "content", [workbook((0, 0), (1_048_575, 16_383)), repeated(200_000_000)], ids=["workbook", "parquet"]
)
def test_commands_read_what_is_packed_apart_too(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(content)
    with pytest.raises(InputError, match="was stopped"):
        read_file(path)


def test_memory_is_as_much_as_is_allowed_for_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    content = repeated(5_000_000, 2)
    monkeypatch.setattr(apart, "MEMORY", 40_000_000)
    with pytest.raises(InputError, match="was stopped"):
        read_apart(content, "t")
    monkeypatch.setattr(apart, "MEMORY", 1 << 30)
    assert read_apart(content, "t").frame.shape == (5_000_000, 2)


def test_a_reader_that_was_killed_is_followed_by_another() -> None:
    read_apart(REGIONS, "t")
    process = reader()._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert len(read_apart(REGIONS, "t").frame) == 2


def test_an_archive_that_is_no_workbook_is_refused_wherever_it_is_read() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 10_000_000)
    for read in (read_apart, read_packed_apart):
        # its one file is read, and holds no table
        with pytest.raises(InputError, match="holds binary data"):
            read(content.getvalue(), "t")
