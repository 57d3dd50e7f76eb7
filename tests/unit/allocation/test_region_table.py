import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Resource
from medalloc.allocation.region_table import problem_from_table
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

BEDS = Resource("beds", stock=10)
ROLES = {"place": "region", "cases": "demand"}


def table(columns, roles=ROLES):
    return Table(pd.DataFrame(columns), roles, Source("regions.csv", "0" * 64))


def faults(*arguments, **changes):
    with pytest.raises(InputError) as caught:
        problem_from_table(*arguments, **changes)
    return [str(fault) for fault in caught.value.faults]


def test_columns_become_what_their_roles_say():
    problem = problem_from_table(
        table(
            {
                "place": ["N", "S"],
                "cases": [3, 4],
                "people": [30, 40],
                "weight": [1, 2],
                "least": [0.1, 0],
                "b": [1, 0],
                "c": [9, 8],
            },
            {
                **ROLES,
                "people": "population",
                "weight": "value",
                "least": "floor",
                "b": "existing:beds",
                "c": "cap:beds",
            },
        ),
        [BEDS, Resource("nurses", stock=3)],
        budget=7,
        floor=0.2,
        policy="per-head",
    )
    assert problem.regions == ("N", "S") and problem.demand.tolist() == [3, 4]
    assert problem.population.tolist() == [30, 40] and problem.value.tolist() == [1, 2]
    assert problem.floor.tolist() == [0.1, 0] and problem.common_floor == 0.2
    assert problem.existing.tolist() == [[1, 0], [0, 0]] and problem.cap.tolist() == [[9, np.inf], [8, np.inf]]
    assert (problem.budget, problem.policy) == (7, "per-head")


def test_names_are_text_even_if_they_look_like_numbers():
    assert problem_from_table(table({"place": [1001, 1003], "cases": [1, 2]}), [BEDS]).regions == ("1001", "1003")
    assert problem_from_table(table({"place": [1001.0, 1003.0], "cases": [1, 2]}), [BEDS]).regions == ("1001", "1003")


def test_an_empty_cell_is_named_by_row_and_column_and_never_filled():
    (fault,) = faults(table({"place": ["N", "S", "E"], "cases": [1, None, None]}), [BEDS])
    assert "Column “cases” (demand)" in fault and "rows (the header is not counted): 2, 3" in fault and "empty" in fault


def test_text_impossible_numbers_and_percentages_are_named_with_what_was_found():
    found = faults(
        table(
            {"place": ["N", "S", "E"], "cases": ["many", "-1", "2"], "least": [0.5, 30, 0.1]},
            {**ROLES, "least": "floor"},
        ),
        [BEDS],
    )
    assert len(found) == 3
    assert "1: cells that are no number: many" in found[0]
    assert "2: impossible numbers: -1" in found[1]
    assert "2: floors above 1: 30.0; a floor is a fraction, 0.3 means 30 %" in found[2]


def test_a_missing_role_says_which_one_to_give():
    found = faults(table({"place": ["N"], "cases": [1]}, {}), [BEDS])
    assert found == [
        "No column has the role “region”, which a plan needs; give it to one of: place, cases.",
        "No column has the role “demand”, which a plan needs; give it to one of: place, cases.",
    ]


def test_existing_units_of_an_unknown_resource_are_a_fault():
    (fault,) = faults(table({"place": ["N"], "cases": [1], "v": [2]}, {**ROLES, "v": "existing:vans"}), [BEDS])
    assert "Column “v” has the role “existing:vans”, but the resources to place are: beds" in fault


def test_two_columns_cannot_count_the_same_units():
    roles = {**ROLES, "v": "existing:beds", "w": "existing:beds"}
    (fault,) = faults(table({"place": ["N"], "cases": [1], "v": [2], "w": [3]}, roles), [BEDS])
    assert "Only one column can be “existing:beds”, but these are: v, w" in fault


def test_regions_without_a_name_and_regions_named_twice_are_found_by_row():
    found = faults(table({"place": ["N", None, "N", "  "], "cases": [1, 2, 3, 4]}), [BEDS])
    assert "no region is named in these rows (the header is not counted): 2, 4" in found[0]
    assert "Region “N” is in these rows (the header is not counted): 1, 3" in found[1]


def test_faults_of_the_table_and_of_the_limits_come_together():
    found = faults(
        table({"place": ["N"], "cases": [None]}), [Resource("beds", -1)], budget=-2, floor=30, policy="per-head"
    )
    assert len(found) == 5


def test_a_table_without_rows_is_a_fault():
    assert faults(table({"place": [], "cases": []}), [BEDS]) == [
        "The table has no row; a plan needs at least one region."
    ]
