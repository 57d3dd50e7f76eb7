import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.sentences import Sentence
from medalloc.tables import pieces as module
from medalloc.tables.options import ReadOptions
from medalloc.tables.pieces import AsRead, between_lines, pieces
from tests.unit.tables.shapes.examples import EXAMPLES

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=6).map(
    lambda text: f"x{text}"
)


def read(content: bytes, size: int) -> list[pd.DataFrame]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BYTES", size)
        patch.setattr(module, "WHOLE", 0)
        return list(pieces(io.BytesIO(content), "t.csv"))


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20), st.integers(8, 200))
def test_pieces_of_text_together_are_the_table(rows: list[tuple[str, str]], size: int) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b c"])
    frame["a"] = frame["a"] + ',"\n" end'
    parts = read(frame.to_csv(index=False).encode(), size)
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), frame, check_dtype=False)


@pytest.mark.parametrize("size", [40, 100, 10_000])
def test_what_cannot_be_read_is_named_by_its_line_in_the_whole_file(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{number},{number}" for number in range(50)]
    lines[30], lines[40] = "30,30,30", '"40"x,4'
    monkeypatch.setattr(module, "BYTES", size)
    monkeypatch.setattr(module, "WHOLE", 0)
    told: list[Sentence] = []
    content = ("Beds\na,b\n" + "\n".join(lines) + "\n\nSource: us\n").encode()
    parts = list(pieces(io.BytesIO(content), "t.csv", told=told.append))
    rejected = [(each.values["count"], each.values["line"]) for each in told if "rejected" in str(each)]
    assert rejected == ([(2, 33)] if size > 1000 else [(1, 33), (1, 43)])
    assert pd.concat(parts)["a"].tolist() == [str(number) for number in range(50) if number not in (30, 40)]


def test_a_file_of_which_most_rows_do_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="Line 2: cells found 3, expected 2"):
        read(b"a,b\n" + b"5,6,7\n" * 50, 30)


def test_cells_stay_as_they_were_written() -> None:
    (part,) = read("code;x\n01001;1,50\n7;\n".encode("cp1252"), 1000)
    assert part["code"].tolist() == ["01001", "7"]
    assert part["x"].iloc[0] == "1,50" and pd.isna(part["x"].iloc[1])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings_are_read(encoding: str) -> None:
    content = ("姓名,年龄\n" + "".join(f"王{number},{number}\n" for number in range(200))).encode(encoding)
    parts = read(content, 300)
    assert list(parts[0].columns) == ["姓名", "年龄"]
    assert sum(len(part) for part in parts) == 200


def test_a_byte_that_does_not_fit_further_down_is_told() -> None:
    with pytest.raises(InputError, match="is not utf-8 text"):
        read(b"a,b\n" + b"1,2\n" * 30_000 + b"\xff,2\n" * 3, 1000)


def test_parquet_comes_in_batches_with_only_the_columns_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS", 10)
    monkeypatch.setattr(module, "WHOLE", 0)
    path = tmp_path / "t.parquet"
    pd.DataFrame({"a": range(25), "b ": "x", "c": 1.0}).to_parquet(path, row_group_size=7)
    with path.open("rb") as file:
        batches = list(pieces(file, "t.parquet", ["a", "b", "none"]))
    assert [list(each.schema.names) for each in batches] == [["a", "b"]] * len(batches)
    assert sum(each.num_rows for each in batches) == 25


def test_a_small_file_of_parquet_with_many_cells_comes_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pd.DataFrame({"a": [1] * 9_000_000}).to_parquet(path)
    assert path.stat().st_size < 1_000_000
    with path.open("rb") as file:
        assert {each.num_rows for each in pieces(file, "t.parquet")} <= set(range(1, module.ROWS + 1))


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pd.DataFrame({"a": range(2500)}).to_parquet(path)
    content = path.read_bytes()
    for broken in (content[:400], content[:40] + b"\x00" * 60 + content[100:]):
        with pytest.raises(InputError, match="damaged"):
            list(pieces(io.BytesIO(broken), "t.parquet"))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        list(pieces(io.BytesIO(b" \n"), "t.csv"))


def test_a_small_file_is_read_as_everywhere_and_so_is_a_large_one_that_something_is_said_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = "Wartende\nKreis;Tage\nKöln;1,5\nBonn;2,5\nSumme\n".encode("cp1252")
    for size, how in ((1000, AsRead()), (0, AsRead(ReadOptions(encoding="cp1252", decimal=",")))):
        monkeypatch.setattr(module, "WHOLE", size)
        (part,) = pieces(io.BytesIO(content), "t.csv", how=how)
        assert part.to_dict("list") == {"Kreis": ["Köln", "Bonn"], "Tage": [1.5, 2.5]}


def test_a_large_file_of_a_known_shape_is_read_by_its_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE", 0)
    content = EXAMPLES["who-gho"].text.encode()
    names = [list(part.columns) for part in pieces(io.BytesIO(content), "t.csv")]
    plain = [list(part.columns) for part in pieces(io.BytesIO(content), "t.csv", how=AsRead(shape="none"))]
    assert names != plain


@given(
    st.lists(st.sampled_from([b"a,b\n", b'"x\ny",1\n', b"\n", b"1,2\n"]), max_size=9), st.booleans(), st.integers(1, 20)
)
def test_pieces_end_with_a_row_and_only_the_last_is_called_so(rows: list[bytes], open_: bool, size: int) -> None:
    content = b"".join(rows) + b"end" * open_
    found = list(between_lines(io.BytesIO(content), size))
    assert b"".join(piece for piece, _ in found) == content
    assert [last for _, last in found] == [*[False] * (len(found) - 1), True]
    for piece, _ in found[:-1]:
        assert piece.endswith(b"\n") and piece.count(b'"') % 2 == 0
