import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.saved import Limits, number_faults, one_of, within


@given(st.floats(-10, 10), st.booleans(), st.booleans())
def test_a_number_holds_where_its_limits_say_so(number: float, above: bool, whole: bool) -> None:
    expected = -1 <= number <= 2 and not (above and number == -1) and not (whole and number != math.floor(number))
    assert Limits(-1, 2, above=above, whole=whole).hold(number) == expected


@pytest.mark.parametrize("found", [True, "3", None, float("nan"), float("inf"), 10**400])
def test_what_is_no_finite_number_never_holds(found: object) -> None:
    assert not Limits().hold(found)


def test_every_wrong_number_is_said_with_what_would_do() -> None:
    limits = {
        "stay_hours": Limits(0, above=True),
        "days": Limits(1, 9, whole=True),
        "share": Limits(0, 1, above=True),
        "cost": Limits(),
    }
    said = [str(one) for one in number_faults({"stay_hours": 0, "days": 2.5, "share": 2, "cost": -1}, limits)]
    assert said == [
        "“stay hours” is 0; it must be a number above 0.",
        "“days” is 2.5; it must be a whole number from 1 to 9.",
        "“share” is 2; it must be a number above 0 and at most 1.",
        "“cost” is -1; it must be a number of at least 0.",
    ]


@pytest.mark.parametrize(("value", "whole", "good"), [(3, True, True), (3.0, True, False), (True, True, False)])
def test_a_whole_number_is_an_integer_and_not_a_truth(value: object, whole: bool, good: bool) -> None:
    assert (within("epochs", value, 1, 5, whole=whole) == []) is good


@pytest.mark.parametrize("value", [0.99, 5.01, float("nan"), float("inf"), "3", None])
def test_what_is_outside_of_the_range_is_named_with_it(value: object) -> None:
    (fault,) = within("rate", value, 1, 5, whole=False)
    assert str(fault) == f"“rate” is {value!r}; it must be a number from 1 to 5."


def test_a_text_that_is_none_of_several_is_named_with_them() -> None:
    assert one_of("loss", "a", ("a", "b")) == []
    assert "use one of: a, b" in str(one_of("loss", ["a"], ("a", "b"))[0])
