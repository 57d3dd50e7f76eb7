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
        Futures(("A", "A", "B"), [[-1, np.nan, 0]])
    twice, impossible = map(str, caught.value.faults)
    assert "more than once: A." in twice and "found -1, nan" in impossible
    with pytest.raises(InputError, match="no region"):
        Futures((), np.empty((1, 0)))


def test_a_future_may_need_nothing_and_regions_whose_demand_is_impossible_are_named():
    assert Futures(("A", "B"), [[0, 0.5]]).mean.tolist() == [0, 0.5]
    with pytest.raises(InputError, match=r"found -1, inf \(regions: B, D\)"):
        Futures(("A", "B", "C", "D"), [[0, -1, 0.5, 1], [1, 2, 3, np.inf]])
