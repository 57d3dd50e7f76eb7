"""Several files with the same columns are one table."""

from dataclasses import replace

import pytest

from medalloc.errors import InputError
from medalloc.tables.account import Line
from medalloc.tables.reading import read_bytes
from medalloc.tables.stacking import stacked

MAY = read_bytes(b"region,demand\nNorth,1\nSouth,2\n", "may.csv")


def test_files_stand_one_below_the_other_and_a_column_says_from_which_each_row_is() -> None:
    june = read_bytes(b"Beds\nDEMAND;Region\n3;North\nx;y;z\n4;South\n", "june.csv")
    made = stacked([MAY, june])
    assert made.frame.to_dict("list") == {
        "region": ["North", "South"] * 2,
        "demand": [1, 2, 3, 4],
        "file": ["may.csv", "may.csv", "june.csv", "june.csv"],
    }
    assert dict(made.roles) == {"region": "region", "demand": "demand", "file": "ignored"}
    assert made.account is not None and made.account.counts()[Line.ROW] == len(made.frame)
    assert sum(made.account.counts().values()) == 3 + 5
    assert made.account.rejects()[["line", "file"]].to_numpy().tolist() == [[4, "june.csv"]]


def test_columns_that_differ_are_named_and_other_tables_are_refused() -> None:
    made = stacked([MAY, read_bytes(b"region,beds\nNorth,1\nSouth,2\n", "june.csv")])
    assert [str(each) for each in made.notes] == [
        "“june.csv” lacks the columns: demand.",
        "Only “june.csv” has the columns: beds.",
    ]
    assert made.frame["demand"].isna().tolist() == [False, False, True, True]
    with pytest.raises(InputError, match=r"“c\.csv” has other columns than the first file: age, sex"):
        stacked([MAY, read_bytes(b"age,sex\n1,2\n3,4\n", "c.csv")])


def test_one_file_is_as_it_is() -> None:
    assert stacked([MAY]) is MAY


def test_the_lines_that_are_shown_are_those_of_the_first_file_and_none_where_a_file_has_no_account() -> None:
    june = read_bytes(b"Beds\n\nregion,demand\nNorth,3\n", "june.csv")
    made = stacked([MAY, june])
    assert made.account is not None and MAY.account is not None and june.account is not None
    assert made.account.shown == MAY.account.shown != june.account.shown
    assert made.account.taken.tolist() == [*MAY.account.taken, *june.account.taken]
    assert stacked([MAY, replace(june, account=None)]).account is None


def test_half_of_the_columns_in_common_are_enough_and_fewer_are_not() -> None:
    wide = read_bytes(b"region,demand,beds,cost\nNorth,1,2,3\nSouth,2,3,4\n", "may.csv")
    assert len(stacked([wide, MAY]).frame) == 4
    with pytest.raises(InputError, match="other columns"):
        stacked([wide, read_bytes(b"region,visits\nNorth,1\nSouth,2\n", "june.csv")])


def test_ends_of_hidden_counts_are_kept_where_no_file_has_others() -> None:
    tables = [replace(MAY, hidden={"demand": ends}) for ends in ((1.0, 4.0), (1.0, 4.0), (0.0, 9.0))]
    assert stacked(tables[:2]).hidden == {"demand": (1.0, 4.0)}
    assert stacked(tables).hidden == {}


def test_a_column_called_file_stays_and_cells_of_several_kinds_become_text() -> None:
    first = read_bytes(b"file,demand\n7,1\n8,2\n", "may.csv")
    made = stacked([first, read_bytes(b"file,demand\nx,3\ny,4\n", "june.csv")])
    assert made.frame["file"].tolist() == ["7", "8", "x", "y"]
    assert made.frame["file 2"].tolist() == ["may.csv"] * 2 + ["june.csv"] * 2
    assert not any("may.csv" in str(each) for each in made.notes)
