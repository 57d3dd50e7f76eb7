"""Parquet files whose texts are no text."""

from io import BytesIO

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from medalloc.errors import InputError
from medalloc.tables.pieces import pieces
from medalloc.tables.reading import read_bytes

SHAPES = [b"\x01\x03\x00\x80", b"\xff\xfe", None]
NAMES = [b"North", None, "Süd".encode()]


def written(**columns: pa.Array) -> bytes:
    content = BytesIO()
    parquet.write_table(pa.table({"demand": [1, 2, 3], **columns}), content)
    return content.getvalue()


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
def test_bytes_that_are_text_are_read_as_text_and_others_are_left_out_with_a_note(kind: pa.DataType) -> None:
    table = read_bytes(
        written(shape=pa.array(SHAPES, kind), name=pa.array(NAMES, kind), again=pa.array(SHAPES, kind)), "t"
    )
    assert list(table.frame.columns) == ["demand", "name"]
    assert table.frame["name"].fillna("").tolist() == ["North", "", "Süd"]
    assert [note.values["column"] for note in table.notes] == ["shape", "again"]


def test_text_that_is_no_utf8_is_refused_before_anybody_looks_at_it() -> None:
    wrong = pa.array(SHAPES, pa.binary()).view(pa.string())
    with pytest.raises(InputError, match="damaged"):
        read_bytes(written(name=wrong), "t")


def test_text_that_is_no_utf8_is_refused_in_pieces_too() -> None:
    wrong = pa.array(SHAPES, pa.binary()).view(pa.string())
    with pytest.raises(InputError, match="damaged"):
        list(pieces(BytesIO(written(name=wrong)), "t"))


def test_feather_is_read_as_parquet_is() -> None:
    frame = pd.DataFrame({"region": ["Île", "Süd"], "demand": [1, 2]})
    out = BytesIO()
    frame.to_feather(out)
    assert read_bytes(out.getvalue(), "t").frame.to_dict("list") == frame.to_dict("list")
    with pytest.raises(InputError, match="starts like a Feather file but is damaged"):
        read_bytes(out.getvalue()[:60], "t")
