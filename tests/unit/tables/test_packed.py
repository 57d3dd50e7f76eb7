"""Packed tables are read; what is no table is called what it is."""

import gzip
from io import BytesIO
from zipfile import ZipFile

import pytest

from medalloc.errors import InputError
from medalloc.tables import packed
from medalloc.tables.apart import read_packed_apart
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes

TABLE = b"region,demand\nNorth,100\nSouth,300\n"


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TABLE), zipped(table=TABLE), zipped(**{"folder/table.csv": TABLE})],
    # what is packed holds the time, which names of tests must not
    ids=["gz", "zip", "zip with a folder"],
)
def test_a_packed_table_is_the_table(content: bytes) -> None:
    assert read_bytes(content, "t").frame.to_dict("list") == read_bytes(TABLE, "t").frame.to_dict("list")
    assert len(read_packed_apart(content, "t").frame) == 2


def test_what_cannot_be_unpacked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for content, said in (
        (gzip.compress(TABLE)[:20] + b"xxxx", "cannot be unpacked"),
        (b"PK\x03\x04" + b"x" * 50, "not a workbook that can be read"),
    ):
        with pytest.raises(InputError, match=said):
            read_bytes(content, "t")
    monkeypatch.setattr(packed, "LARGEST", 10)
    with pytest.raises(InputError, match="larger than 1 GB"):
        read_bytes(gzip.compress(TABLE), "t")


def test_of_several_tables_in_an_archive_one_is_read_and_another_can_be_chosen() -> None:
    content = zipped(**{"readme.md": b"# Beds", "may.csv": TABLE, "june.csv": b"region,demand\nWest,5\nEast,6\n"})
    first = read_bytes(content, "t.zip")
    assert len(first.frame) == 2 and first.source.sheets == ("readme.md", "may.csv", "june.csv")
    assert str(first.notes[0]) == "Read is the file “may.csv”; not read: “readme.md”, “june.csv”."
    other = read_bytes(content, "t.zip", ReadOptions(sheet="june.csv"))
    assert (other.source.sheet, other.frame["region"].tolist()) == ("june.csv", ["West", "East"])
    with pytest.raises(InputError, match=r"no file “july\.csv”; it has: readme\.md"):
        read_bytes(content, "t.zip", ReadOptions(sheet="july.csv"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4\n1 0 obj\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "an image"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b'<?xml version="1.0"?>\n<rows><row a="1"/></rows>', "XML"),
        (b"MSH|^~\\&|LAB|\nPID|1|\n", "a message in HL7"),
        (b"SQLite format 3\x00" + b"x" * 20, "a database"),
        (b"", "is empty"),
        (",".join(f"c{n}" for n in range(20_000)).encode() + b"\n" + b"1," * 19_999 + b"1\n", "20,000 columns"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_bytes(content, "f.csv")
    assert said in str(refused.value)


def test_a_cell_that_begins_as_markup_does_is_a_cell() -> None:
    assert read_bytes(b"<5,kind\n1,a\n2,b\n", "t").frame.columns.tolist() == ["<5", "kind"]


def test_what_a_system_packs_beside_a_table_is_no_table_and_of_one_file_only_its_own_name_counts() -> None:
    beside = {"__MACOSX/may.csv": b"x", "folder/": b""}
    one = zipped(**beside, **{"folder/may.csv": TABLE})
    for wanted in (None, "folder/may.csv", "another"):
        assert packed.unpacked(one, "t.zip", wanted) == (TABLE, "may.csv", ("folder/may.csv",))
    two = zipped(**beside, **{"a.md": b"#", "folder/may.CSV": TABLE})
    assert packed.unpacked(two, "t.zip") == (TABLE, "folder/may.CSV", ("a.md", "folder/may.CSV"))
    assert packed.unpacked(two, "t.zip", "a.md")[:2] == (b"#", "a.md")
    with pytest.raises(InputError, match="holds no file"):
        packed.unpacked(zipped(**beside), "t.zip")


def test_as_much_as_may_be_is_unpacked_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for pack in (gzip.compress, lambda content: zipped(table=content)):
        monkeypatch.setattr(packed, "LARGEST", len(TABLE))
        assert packed.unpacked(pack(TABLE), "t")[0] == TABLE
        monkeypatch.setattr(packed, "LARGEST", len(TABLE) - 1)
        with pytest.raises(InputError, match="larger than 1 GB"):
            packed.unpacked(pack(TABLE), "t")
