import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import overridden, region_columns, with_numbers
from medalloc.errors import InputError

BEDS = (Resource("beds", 20),)
INF = float("inf")


def test_a_changed_number_holds_instead_of_the_tables_and_all_others_stay():
    base = Problem(("A", "B"), [30, 10], BEDS, cap=[[5], [9]], locked=[[2], [np.nan]], population=[60, 20])
    changed = overridden(
        base, {"A": {"cap:beds": None, "locked:beds": None, "floor": 0.5}, "B": {"space": 3, "population": 25}}
    )
    assert changed.cap.tolist() == [[INF], [9]] and np.isnan(changed.locked).all()
    assert changed.floor.tolist() == [0.5, 0] and changed.space.tolist() == [INF, 3]
    assert changed.population.tolist() == [60, 25] and changed.demand.tolist() == [30, 10]


def test_regions_and_resources_that_are_not_there_change_nothing():
    base = Problem(("A", "B"), [30, 10], BEDS)
    assert overridden(base, {"C": {"demand": 1}, "A": {"existing:nurses": 4, "demand": None}}) == base
    assert overridden(base, {}) is base


def test_demand_of_each_resource_is_changed_with_its_sum():
    base = Problem(("A", "B"), [30, 10], (*BEDS, Resource("nurses", 5)), demand_of=[[20, 10], [4, 6]])
    assert "demand" not in region_columns(base)
    changed = overridden(base, {"B": {"demand:nurses": 16}})
    assert changed.demand.tolist() == [30, 20] and changed.demand_of.tolist() == [[20, 10], [4, 16]]


def test_an_impossible_number_is_told():
    with pytest.raises(InputError, match="Demand: found -1"):
        overridden(Problem(("A", "B"), [30, 10], BEDS), {"B": {"demand": -1}})


def test_later_numbers_win_and_others_stay():
    both = with_numbers({"A": {"demand": 1, "floor": 0.1}}, {"A": {"demand": 2}, "B": {"space": None}})
    assert both == {"A": {"demand": 2, "floor": 0.1}, "B": {"space": None}}


@settings(max_examples=50)
@given(data=st.data())
def test_changing_every_number_to_itself_changes_nothing(data, problems):
    problem = data.draw(problems())
    columns = region_columns(problem)
    same = {
        region: {role: None if not np.isfinite(column[row]) else float(column[row]) for role, column in columns.items()}
        for row, region in enumerate(problem.regions)
    }
    assert overridden(problem, same) == problem
