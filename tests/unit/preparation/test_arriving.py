import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from medalloc.errors import InputError
from medalloc.preparation.arriving import arriving, labels
from medalloc.preparation.encoding import encode

FRAME = pd.DataFrame(
    {
        "age": [40.5, np.nan, 60.0],
        "visits": [1, 2, 3],
        "gender": ["male", None, "female"],
        "smokes": [True, False, True],
        "since": pd.to_datetime(["2020-01-02", None, "2021-05-06"]),
    }
)
KINDS = {"age": "number", "visits": "number", "gender": "text", "smokes": "yes or no", "since": "date"}


def batch(frame: pd.DataFrame) -> pa.RecordBatch:
    table = pa.RecordBatch.from_pandas(frame)
    place = table.schema.get_field_index("gender")
    return (
        table
        if place < 0
        else table.set_column(place, "gender", table.column(place).cast(pa.string()).dictionary_encode())
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_column_of_a_batch_or_of_text_is_what_it_is_as_a_frame(name: str) -> None:
    (expected,) = encode(FRAME, [name])
    text = FRAME.astype("str").where(FRAME.notna())
    for cells in (FRAME, batch(FRAME), text):
        found = arriving(cells, name, KINDS[name])
        assert found.kind == expected.kind
        np.testing.assert_array_equal(found.values.astype(float), expected.values.astype(float))
        if expected.levels is not None and found.levels is not None:
            assert found.levels.tolist() == expected.levels.tolist()


def test_a_column_without_any_value_is_missing_whatever_its_type() -> None:
    empty = pd.DataFrame({"x": [None, None]})
    for cells in (empty, empty.astype(float), pa.RecordBatch.from_pandas(empty)):
        assert arriving(cells, "x", "text").values.tolist() == [-1, -1]
        assert np.isnan(arriving(cells, "x", "number").values).all()


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        (["1", "two"], "number", r"row 12: “two”; rows like this: 1"),
        (["2020-01-01", "yesterday"], "date", "held dates"),
        (["True", "perhaps"], "yes or no", "held yes or no"),
        ([1.0, 2.0], "text", "holds numbers here"),
        ([1.0, np.inf], "number", "infinite"),
    ],
)
def test_what_is_of_another_kind_is_refused_with_row_and_example(cells: list[object], kind: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        arriving(pd.DataFrame({"x": cells}), "x", kind, rows_before=10)


@pytest.mark.parametrize(
    ("cells", "kind", "numbers"),
    [
        (["1", "0"], "yes or no", [1, 0]),
        (["TRUE", "false"], "yes or no", [1, 0]),
        (["1970-01-02", None], "date", [1, np.nan]),
        (["1", 2.5], "number", [1, 2.5]),
    ],
)
@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_text_of_every_type_is_read_as_what_the_model_learned(
    cells: list[object], kind: str, numbers: list[float], dtype: object
) -> None:
    written = cells if dtype is object else [None if each is None else str(each) for each in cells]
    found = arriving(pd.DataFrame({"x": pd.Series(written, dtype=dtype)}), "x", kind)  # type: ignore[call-overload]
    assert found.kind == "number"
    np.testing.assert_array_equal(found.values.astype(float), numbers)


def test_labels_are_taken_as_they_are() -> None:
    found = labels(pd.DataFrame({"region": [3, 1, 3]}), "region")
    assert found.levels is not None
    assert [found.levels[code] for code in found.values] == ["3", "1", "3"]
