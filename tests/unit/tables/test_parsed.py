"""A table that was read once is the same when it is not read again."""

from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.saved import Objects
from medalloc.study import files
from medalloc.study.files import KeptFiles
from medalloc.tables import parsed
from medalloc.tables.apart import read_file
from medalloc.tables.mended import Found
from medalloc.tables.options import ReadOptions
from medalloc.tables.quality import findings

SAMPLES = Path(__file__).parents[3] / "sample_data"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptFiles:
    monkeypatch.setattr(files, "LARGE", 0)
    return KeptFiles(Objects(tmp_path / "files"), tmp_path / "parsed")


@pytest.mark.parametrize("sample", ["patients_nhanes.csv", "weekly_boston_flu.csv", "regions_us_counties.csv"])
def test_a_table_comes_back_as_it_was_read(sample: str, kept: KeptFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    sha = kept.keep((SAMPLES / sample).read_bytes())
    first = kept.table(sha, sample)
    monkeypatch.setattr(parsed, "read_into", None)
    again = kept.table(sha, sample, ReadOptions())
    pd.testing.assert_frame_equal(again.frame, first.frame)
    assert (again.roles, again.source, again.notes) == (dict(first.roles), first.source, first.notes)
    assert first.source == read_file(SAMPLES / sample).source


def test_it_is_read_again_under_other_options_another_name_or_by_another_program(
    kept: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = kept.keep(b"region;demand\nNorth;1,5\nSouth;2,5\n")
    assert kept.table(sha, "a.csv").frame["demand"].sum() == 4
    assert kept.table(sha, "a.csv", ReadOptions(blanks=("North",))).frame["region"].isna().sum() == 1
    assert kept.table(sha, "b.csv").source.name == "b.csv"
    monkeypatch.setattr(parsed, "_reading", lambda: "another")
    kept.table(sha, "a.csv")
    assert kept.parsed is not None and len(list((kept.parsed / sha).iterdir())) == 4
    kept.remove(sha)
    assert not list(kept.parsed.iterdir()) and not list(kept.objects.folder.iterdir())


def test_where_it_cannot_be_kept_it_is_read_all_the_same(kept: KeptFiles) -> None:
    sha = kept.keep(b"region;demand\nNorth;1,5\n")
    assert kept.parsed is not None
    kept.parsed.write_text("in the way")
    assert kept.table(sha, "a.csv").frame["demand"].sum() == 1.5


def test_of_a_file_without_a_table_nothing_is_kept(kept: KeptFiles) -> None:
    with pytest.raises(InputError, match="is empty"):
        kept.keep_table(BytesIO(b" \n"), "a.csv")
    assert kept.parsed is not None and not list(kept.parsed.iterdir()) and not list(kept.objects.folder.iterdir())


def test_while_a_table_is_in_use_its_numbers_stay_in_their_file(kept: KeptFiles) -> None:
    content = BytesIO(b"region,demand\nNorth,1.5\nSouth,\n")
    _sha, table = kept.keep_table(content, "a.csv")
    assert not content.getvalue() and not table.frame["demand"].to_numpy().flags.owndata
    kept.remove(table.source.sha256)
    assert table.frame["demand"].sum() == 1.5


def test_what_was_found_about_a_large_table_is_found_once_until_something_else_is_asked(kept: KeptFiles) -> None:
    sha, asked = kept.keep(b"region;demand\nNorth;1,5\nSouth;2,5\n"), []

    def found(of: object) -> Found:
        def find() -> Found:
            asked.append(of)
            return Found(findings(kept.table(sha, "a.csv")))

        return kept.remembered(sha, "a.csv", of, Found, find)

    first = found({"demand": "ignored"})
    assert found({"demand": "ignored"}) == first and len(asked) == 1
    assert found({}) == first and len(asked) == 2
    kept.remove(sha)
    assert kept.parsed is not None and not list(kept.parsed.iterdir())
