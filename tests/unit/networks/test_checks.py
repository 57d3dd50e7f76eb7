import pytest

from medalloc.errors import InputError
from medalloc.networks.checks import one_of, require_entries, within


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


def test_version_and_unknown_entries_are_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        require_entries({"version": 2, "x": 1}, ("a",), 1)
    assert len(caught.value.faults) == 2
