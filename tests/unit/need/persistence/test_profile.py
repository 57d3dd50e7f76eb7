import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.need.persistence.profile import (
    MOST_LEVELS,
    ColumnProfile,
    part_counts,
    profile,
)
from medalloc.preparation.encoding import encode
from medalloc.preparation.kind import FEWEST
from medalloc.saved import from_plain, to_plain
from medalloc.sentences import sentence
from tests.unit.need.conftest import as_table


def profiles(**columns: object) -> tuple[ColumnProfile, ...]:
    frame = pd.DataFrame(columns)
    table = as_table(frame.assign(need=0))
    return profile(table, encode(frame, list(columns)), np.arange(len(frame)))


def test_a_profile_says_kind_range_and_categories() -> None:
    age, gender, since, smokes = profiles(
        age=[3.0, 1.0, np.nan, 2.0] * 5,
        gender=["f", "m", None, "f"] * 5,
        since=pd.to_datetime(["1970-01-02", "1970-01-03", None, "1970-01-05"] * 5),
        smokes=[True, False, True, True] * 5,
    )
    assert (age.kind, age.low, age.high, age.missing) == ("number", 1.0, 3.0, 5)
    assert (gender.kind, gender.levels, gender.counts, gender.missing) == ("text", ("f", "m"), (10, 5), 5)
    assert (since.kind, since.low, since.high) == ("date", 1.0, 4.0)
    assert (smokes.kind, smokes.low, smokes.high) == ("yes or no", 0.0, 1.0)


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60))
def test_every_known_number_is_counted_once_and_no_part_is_empty(numbers: list[float]) -> None:
    (column,) = profiles(x=np.array(numbers))
    assert sum(column.counts) == len(numbers)
    assert min(column.counts) > 0
    assert list(part_counts(np.array(numbers), column.edges)) == list(column.counts)


def test_a_column_without_any_value_has_no_range() -> None:
    (column,) = profiles(x=[np.nan, np.nan])
    assert (column.low, column.high, column.counts, column.missing) == (None, None, (), 2)


def test_categories_beyond_the_most_frequent_thousand_are_counted_together() -> None:
    (column,) = profiles(x=[f"t{number}" for number in range(MOST_LEVELS + 5)] * FEWEST + ["t1003"])
    assert len(column.levels) == MOST_LEVELS
    assert column.levels[0] == "t1003"
    assert column.counts[-1] == 5 * FEWEST
    assert not column.knows_every_level


@given(st.lists(st.sampled_from(["Ann", "Bo", "Cy", "Di"]), min_size=1, max_size=40))
def test_a_text_that_few_patients_have_is_not_kept_and_every_row_is_counted(names: list[str]) -> None:
    (column,) = profiles(x=names)
    assert set(column.levels) == {each for each in names if names.count(each) >= FEWEST}
    assert sum(column.counts) == len(names)


def test_profiles_come_back_from_json() -> None:
    made = profiles(age=[3.0, 1.0, np.nan], gender=["f", "m", None])
    assert from_plain(tuple[ColumnProfile, ...], json.loads(json.dumps(to_plain(made))), sentence("profile")) == made


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "x"), ("edges", [2.0, 1.0]), ("counts", [1]), ("low", "x"), ("levels", [3]), ("missing", -1), ("a", 1)],
)
def test_profiles_that_do_not_hold_together_are_refused(name: str, value: object) -> None:
    data = to_plain(profiles(age=[3.0, 1.0, np.nan, 2.0], gender=["f", "m", None, "f"]))
    data[int(name == "levels")][name] = value
    with pytest.raises(InputError, match="age" if name in ("edges", "counts") else name):
        from_plain(tuple[ColumnProfile, ...], data, sentence("profile"))
