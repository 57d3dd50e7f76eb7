import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.preparation.encoding import encode


@given(st.lists(st.one_of(st.none(), st.sampled_from(["b", "a", "ü", " "])), min_size=1))
@settings(max_examples=40)
def test_codes_and_levels_give_the_text_back(texts: list[str | None]) -> None:
    (column,) = encode(pd.DataFrame({"x": pd.Series(texts, dtype="str")}), ["x"])
    assert column.levels is not None
    assert list(column.levels) == sorted(column.levels)
    back = [None if code < 0 else column.levels[code] for code in column.values]
    assert back == texts


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (pd.Series([True, False]), [1, 0]),
        (pd.Series([1, None], dtype="Int64"), [1, np.nan]),
        (pd.Series([True, None], dtype="boolean"), [1, np.nan]),
        (pd.Series([True, None], dtype=object), [1, np.nan]),
        (pd.Series([1.5, None], dtype="float32"), [1.5, np.nan]),
        (pd.to_datetime(pd.Series(["1970-01-02", None])), [1, np.nan]),
        (pd.to_datetime(pd.Series(["1970-01-02T12:00", "1970-01-01T00:00"], dtype="str"), utc=True), [1.5, 0]),
        (pd.to_timedelta(pd.Series(["2 days", None])), [2, np.nan]),
        (pd.Series([1.0, None], dtype="double[pyarrow]"), [1, np.nan]),
    ],
)
def test_numbers_dates_and_yes_or_no_become_numbers(series: "pd.Series[object]", expected: list[float]) -> None:
    (column,) = encode(pd.DataFrame({"x": series}), ["x"])
    assert column.kind == "number"
    np.testing.assert_array_equal(column.values.astype(float), expected)


@pytest.mark.parametrize("kind", ["category", object, "str", "string"])
def test_text_of_every_type_is_text(kind: object) -> None:
    series = pd.Series(["b", None, "a"], dtype=kind)  # type: ignore[call-overload]
    (column,) = encode(pd.DataFrame({"x": series}), ["x"])
    assert (column.kind, column.values.tolist(), column.missing().tolist()) == (
        "text",
        [1, -1, 0],
        [False, True, False],
    )


def test_numbers_among_text_are_text() -> None:
    (column,) = encode(pd.DataFrame({"x": pd.Series(["b", 1, None, 1.5], dtype=object)}), ["x"])
    assert column.levels is not None
    assert (column.levels.tolist(), column.values.tolist()) == (["1", "1.5", "b"], [2, 0, -1, 1])


def test_clean_numbers_are_not_copied() -> None:
    frame = pd.DataFrame({"x": np.arange(5.0)})
    (column,) = encode(frame, ["x"])
    assert np.shares_memory(column.values, frame["x"].to_numpy())


def test_every_infinite_column_and_every_absent_one_is_named() -> None:
    frame = pd.DataFrame({"x": [1.0, np.inf], "y": [-np.inf, 1.0], "z": [1e30, 1e30]})
    with pytest.raises(InputError) as caught:
        encode(frame, ["x", "y", "z"])
    assert len(caught.value.faults) == 2
    assert "“x”, row 2" in str(caught.value)
    with pytest.raises(InputError, match="no column “q”"):
        encode(frame, ["q"])


@pytest.mark.parametrize("value", [1.1e30, -1e39, 1e300, np.inf])
def test_a_number_that_single_precision_cannot_hold_is_named_with_its_row(value: float) -> None:
    with pytest.raises(InputError, match=r"Column “x”, row 2: .* too large to work with .*: 1"):
        encode(pd.DataFrame({"x": [np.nan, value, 3.0]}), ("x",))
