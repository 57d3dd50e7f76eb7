"""JSON is a table where it holds records, and one sentence where it does not."""

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes

ROWS = [{"region": "North", "demand": 1}, {"region": "South", "demand": 3}]


def read(value: Any) -> pd.DataFrame:
    return read_bytes(json.dumps(value).encode(), "r.json").frame


@pytest.mark.parametrize(
    "value", [ROWS, {"records": ROWS}, {"entry": [{"resource": each} for each in ROWS]}, [{"page": 1}, ROWS]]
)
def test_records_are_found_wherever_they_stand(value: Any) -> None:
    pd.testing.assert_frame_equal(read(value), pd.DataFrame(ROWS), check_dtype=False)


def test_rows_of_cells_stand_under_names_that_all_differ() -> None:
    assert read([["a", "b"], ["1", "1"]]).to_dict("list") == {"a": [1], "b": [1]}
    for names in (["a", "a"], ["a", " "], ["a"], []):
        with pytest.raises(InputError):
            read([names, ["1", "2"]])


def test_a_value_a_line_is_a_row_a_line() -> None:
    lines = "\n".join(map(json.dumps, ROWS))
    pd.testing.assert_frame_equal(read_bytes(lines.encode(), "r.ndjson").frame, read(ROWS))


def test_a_feature_is_where_the_middle_of_its_shape_is() -> None:
    square = [[[-12, 7], [-11, 7], [-11, 8], [-12, 8], [-12, 7]]]
    feature = {"type": "Feature", "properties": {"name": "Bo"}, "geometry": {"type": "Polygon", "coordinates": square}}
    frame = read({"type": "FeatureCollection", "features": [feature]})
    assert frame.to_dict("records") == [{"name": "Bo", "longitude": -11.5, "latitude": 7.5}]


def test_column_names_in_brackets_are_no_json() -> None:
    assert list(read_bytes(b"[id],name\n1,a\n", "r.csv").frame.columns) == ["[id]", "name"]


@pytest.mark.parametrize(
    "text", ['{"a": ', "[[]]", "{}", '{"entry": [3]}', '{"features": [3]}', '[{"a":1},', "[" * 100_000]
)
def test_json_without_records_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="JSON"):
        read_bytes(text.encode(), "r.json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["a", "Bo", "2024-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["headers", "rows", "features", "entry", "name", "dataValues", "geometry"]), inner
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(VALUES)
def test_any_json_is_a_table_or_a_sentence(value: Any) -> None:
    try:
        read(value)
    except InputError:
        return
