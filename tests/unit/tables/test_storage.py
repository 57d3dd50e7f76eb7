from pathlib import Path

import pandas as pd
import pytest

from medalloc.errors import SourceError
from medalloc.tables.apart import read_file
from medalloc.tables.storage import load_table, save_table
from medalloc.tables.table import Source, Table

SAMPLES = Path(__file__).parents[3] / "sample_data"


@pytest.mark.parametrize("file", ["patients_rand_hie.csv", "patients_nhanes.csv", "regions_us_counties.csv"])
def test_a_table_comes_back_as_it_was(file: str, tmp_path: Path) -> None:
    table = read_file(SAMPLES / file)
    save_table(table, tmp_path / "new" / "folder")
    back = load_table(tmp_path / "new" / "folder")
    pd.testing.assert_frame_equal(back.frame, table.frame)
    assert (dict(back.roles), back.source) == (dict(table.roles), table.source)
    assert back.account is not None and table.account is not None
    assert (back.account.counts(), back.account.shown) == (table.account.counts(), table.account.shown)


def test_cells_of_every_kind_and_chinese_names_come_back(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "地区": ["北京", None],
            "yes": [True, False],
            "day": pd.to_datetime(["2020-01-01", None]),
            "level": pd.Categorical(["low", "high"]),
            "n": [1.5, None],
        }
    )
    table = Table(frame, dict.fromkeys(frame.columns, "ignored"), Source("表.xlsx", "0", sheet="计划"))
    save_table(table, tmp_path)
    pd.testing.assert_frame_equal(load_table(tmp_path).frame, frame)
    assert load_table(tmp_path).source == table.source


def test_a_table_that_is_gone_or_damaged_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="gone or damaged; choose the file again"):
        load_table(tmp_path / "none")
    save_table(Table(pd.DataFrame({"a": [1]}), {"a": "ignored"}, Source("t", "")), tmp_path)
    for file, content in (("cells.arrow", b"ARROW1x"), ("table.json", b"{"), ("table.json", b"[]")):
        (tmp_path / file).write_bytes(content)
        with pytest.raises(SourceError, match="gone or damaged"):
            load_table(tmp_path)
