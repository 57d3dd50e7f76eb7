"""One of several files whose rows are others than those of the rest."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.checks.drift import FAR, FEWEST, SHARE, drift
from medalloc.tables.reading import read_bytes
from medalloc.tables.stacking import FILE, stacked
from medalloc.tables.table import Source, Table


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


def found(**columns: object) -> list[tuple[str | None, int, str]]:
    frame = pd.DataFrame(columns)
    table = Table(frame, {**dict.fromkeys(frame, "feature"), FILE: "ignored"}, Source("t", "0"))
    return [(each.column, each.count, str(each.message)) for each in drift(table)]


@given(st.integers(0, 10**6), st.floats(0, 1.2), st.sampled_from([FEWEST - 1, FEWEST, 60]))
@settings(max_examples=40)
def test_the_file_furthest_from_all_others_is_told_from_half_a_deviation_on(seed: int, far: float, rows: int) -> None:
    draw = np.random.default_rng(seed)
    files = np.repeat(["a", "b", "c"], [50, 40, rows])
    numbers = draw.normal(0, 1, len(files)) + far * (files == "c")
    apart = {}
    for file in sorted(set(files) if rows >= FEWEST else {"a", "b"}):
        own, others = numbers[files == file], numbers[files != file]
        apart[file] = abs(own.mean() - others.mean()) / np.sqrt((own.var(ddof=1) + others.var(ddof=1)) / 2)
    furthest = max(apart, key=lambda each: apart[each])
    made = found(age=numbers, **{FILE: files})
    assert [each[:2] for each in made] == [("age", (files == furthest).sum())] * bool(apart[furthest] >= FAR)
    assert all(f"“age” differs in “{furthest}”" in each[2] for each in made)


@pytest.mark.parametrize(("extra", "told"), [(int(SHARE * 100), True), (int(SHARE * 100) - 1, False)])
def test_a_text_is_told_from_a_fifth_more_or_less_of_the_rows_on(extra: int, told: bool) -> None:
    sex = ["m"] * 50 + ["f"] * 50 + ["m"] * (50 + extra) + ["f"] * (50 - extra)
    made = found(sex=sex, **{FILE: ["a"] * 100 + ["b"] * 100})
    assert len(made) == told
    assert all(f"in “a”: f in 50% of its rows, in {50 - extra}% of those" in each[2] for each in made)


def test_a_column_that_never_changes_or_is_blank_in_a_file_is_not_told() -> None:
    files = ["a"] * 40 + ["b"] * 40
    assert found(age=[1.0] * 80, **{FILE: files}) == found(age=[1.0] * 40 + [np.nan] * 40, **{FILE: files}) == []
