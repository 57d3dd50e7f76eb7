"""A text that is read block by block is read as a whole one is: cells, kinds, lines and rejected rows."""

from pathlib import Path

import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.partitions.converting import Converted, converted
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes

PLAIN = "".join(f"{each % 90},S{each % 5},{each}\n" for each in range(200))
TEXTS = {
    "numbers": f"age,site,visits\n{PLAIN}",
    "a comma as decimal sign, under a title": "Report 2024\nage;site;cost\n"
    + "".join(f"{each % 90};S{each % 5};{each % 7},{each % 10}\n" for each in range(200))
    + "\n",
    "codes with a nought in front, far down, and a short row": f"age,site,code\n{PLAIN}5,X\n"
    + "".join(f"1,S,{each:05d}\n" for each in range(99)),
    "text in a column that was numbers": f"age,site,late\n{PLAIN}" + "1,S,yes\n" * 50,
    "commas between thousands": "age,site,cost,people\n"
    + "".join(f'{each % 90},S{each % 5},"1,{each:03}.5","{each + 1},250"\n' for each in range(150)),
    "thousands, and a word far down": "age,site,people\n"
    + "".join(f'{each % 90},S{each % 5},"{each + 1},250,000"\n' for each in range(150))
    + "1,S,many\n" * 50,
    "a column that begins blank": "age,site,late\n" + "1,S,\n" * 100 + "2,S,yes\n" * 50,
    "decimals in a column that was whole, and cells over two lines": f"age,site,x\n{PLAIN}"
    + "".join(f'1,"S\n{each}",{each}.5\n' for each in range(100)),
}


def _read(content: bytes, place: Path, block: int, options: ReadOptions | None = None) -> Converted:
    file = place / "table.csv"
    if not file.exists():
        file.write_bytes(content)
    return converted(file, place / "parts", options or ReadOptions(), lambda *_: None, block)


@pytest.mark.parametrize("named", TEXTS)
@pytest.mark.parametrize("block", [400, 900])
def test_blocks_are_read_as_the_whole_is(named: str, block: int, tmp_path: Path) -> None:
    content = TEXTS[named].encode("utf-8-sig" if block == 400 else "utf-8")
    whole, found = read_bytes(content, "table.csv"), _read(content, tmp_path, block)
    parts = [pd.read_parquet(each) for each in sorted(found.folder.glob("*.parquet"))]
    assert len(parts) > 1
    assert len({tuple(each.dtypes) for each in parts}) == 1
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole.frame)
    assert whole.account is not None
    assert found.lines == {each.name.lower(): count for each, count in whole.account.counts().items()}
    assert pd.read_csv(found.folder / "rejects.csv")["line"].tolist() == whole.account.rejects()["line"].tolist()


def test_a_block_that_was_finished_is_not_read_again(tmp_path: Path) -> None:
    content = TEXTS["numbers"].encode()
    found = _read(content, tmp_path, 700)
    (found.folder / "000002.json").unlink()
    kept = {each: each.stat().st_mtime_ns for each in found.folder.glob("0*.parquet")}
    _read(content, tmp_path, 700)
    again = {each.name for each, before in kept.items() if each.stat().st_mtime_ns != before}
    assert again == {"000002.parquet"}


def test_what_cannot_be_cut_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="save it as CSV"):
        _read(b"PK\x03\x04 and so on", tmp_path, 700)
