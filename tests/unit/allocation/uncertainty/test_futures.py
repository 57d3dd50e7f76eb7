import numpy as np
import pytest

from medalloc.allocation.uncertainty import Futures
from medalloc.errors import InputError


def test_what_is_kept_is_a_copy_that_cannot_be_changed():
    given = np.ones((2, 1))
    futures = Futures(("A",), given)
    given[0] = 5
    assert futures.mean.tolist() == [1] and futures.count == 2
    with pytest.raises(ValueError, match="read-only"):
        futures.demand[0] = 2


def test_columns_follow_the_names():
    assert Futures(("A", "B"), [[1, 2]]).ordered_as(("B", "A")).tolist() == [[2, 1]]


def test_names_that_do_not_match_are_listed_in_both_directions():
    with pytest.raises(InputError) as caught:
        Futures(("A", "B"), [[1, 2]]).ordered_as(("B", "C"))
    assert ["C" in str(caught.value.faults[0]), "A" in str(caught.value.faults[1])] == [True, True]


@pytest.mark.parametrize("demand", [[[1]], [1, 2], [["x", "y"]], np.empty((0, 2))])
def test_another_shape_is_refused(demand):
    with pytest.raises(InputError, match="one row a future and one column for each region, 2 in all"):
        Futures(("A", "B"), demand)


def test_every_fault_is_said_at_once():
    with pytest.raises(InputError) as caught:
        Futures(("A", "A"), [[-1, np.nan]])
    assert [str(fault)[:11] for fault in caught.value.faults] == ["The futures", "Demand in t"]
    with pytest.raises(InputError, match="no region"):
        Futures((), np.empty((1, 0)))
