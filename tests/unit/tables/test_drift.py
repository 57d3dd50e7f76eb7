"""One of several files whose rows are others than those of the rest."""

import pandas as pd

from medalloc.tables.checks.drift import drift
from medalloc.tables.reading import read_bytes
from medalloc.tables.stacking import stacked


def month(shift: int, text: str = "m") -> bytes:
    rows = "".join(f"{30 + n % 40 + shift},{text if n % 3 else 'f'},{n % 2}\n" for n in range(200))
    return f"age,sex,need\n{rows}".encode()


def told(*files: tuple[str, int, str]) -> list[tuple[str | None, int]]:
    table = stacked([read_bytes(month(*each[1:]), f"{each[0]}.csv") for each in files])
    assert isinstance(table.frame, pd.DataFrame)
    return [(each.column, each.count) for each in drift(table)]


def test_files_that_are_alike_are_not_told() -> None:
    assert told(("May", 0, "m"), ("June", 1, "m")) == []


def test_a_column_that_is_another_one_in_a_file_is_told_once() -> None:
    assert told(("May", 0, "m"), ("June", 0, "m"), ("July", 20, "m")) == [("age", 200)]
    assert told(("May", 0, "m"), ("June", 0, "x")) == [("sex", 200)]


def test_one_file_has_no_other() -> None:
    assert list(drift(read_bytes(month(0), "May.csv"))) == []
