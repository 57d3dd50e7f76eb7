"""JSON of other people."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.saved.json_text import DEEPEST, read_json

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.text()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(PLAIN)
def test_what_is_saved_here_is_read(value: object) -> None:
    assert read_json(json.dumps(value)) == value


@pytest.mark.parametrize("opening", ['{"a":', "["])
def test_depth_is_limited_whatever_the_interpreter_can_take(opening: str) -> None:
    closing = "}" if opening[0] == "{" else "]"
    for deep in (DEEPEST, 900, 100_000):
        with pytest.raises(ValueError, match="too deep"):
            read_json(opening * deep + "[]" + closing * deep)
    read_json(opening * (DEEPEST - 1) + "[]" + closing * (DEEPEST - 1))


@pytest.mark.parametrize("text", ["NaN", "[-Infinity]", "1e999", "9" * 30, "-" + "9" * 5000, "", "{", "\x00", b"\xff"])
def test_what_is_no_number_or_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)
