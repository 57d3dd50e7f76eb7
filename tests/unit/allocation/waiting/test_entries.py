import numpy as np
import pytest

from medalloc.allocation.waiting.entries import ABOVE_0, AT_LEAST_0, BELOW_1, TO_1, WHOLE_SERVERS, Entry, checked
from medalloc.errors import InputError
from medalloc.sentences import sentence


def entry(given, limits=AT_LEAST_0, name="Load"):
    return Entry(sentence(name), given, limits)


def test_one_number_stands_for_the_same_in_every_region():
    loads, target = checked(entry([1, 2, 3]), entry(4))
    assert loads.tolist() == [1, 2, 3] and target.tolist() == [4, 4, 4]


def test_every_fault_is_said_at_once():
    with pytest.raises(InputError) as raised:
        checked(
            entry([1, -2, np.nan], name="Arrivals"),
            entry(0, ABOVE_0, "Stay"),
            entry("many", WHOLE_SERVERS, "Servers"),
            entry([1, 2], name="Target"),
        )
    said = str(raised.value)
    assert len(raised.value.faults) == 4
    assert "Arrivals: found -2, nan;" in said and "Stay: found 0;" in said and "Servers: found something" in said
    assert "Arrivals, Target" in said and "found: " not in said


@pytest.mark.parametrize(
    ("limits", "right", "wrong"),
    [
        (AT_LEAST_0, [0, 0.5, 1e15], [-1e-9, 1.1e15, np.inf, np.nan]),
        (ABOVE_0, [1e-15, 3], [0, -1, 2e15, np.inf, np.nan]),
        (WHOLE_SERVERS, [0, 7, 1e7], [0.5, -1, 1e7 + 1, np.nan]),
        (BELOW_1, [0, 0.999], [1, -0.1, np.nan]),
        (TO_1, [0.001, 1], [0, 1.001, np.nan]),
    ],
)
def test_limits_accept_what_they_say_and_nothing_else(limits, right, wrong):
    checked(entry(right, limits))
    for each in wrong:
        with pytest.raises(InputError):
            checked(entry(each, limits))
