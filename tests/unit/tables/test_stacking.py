"""Several files with the same columns are one table."""

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
