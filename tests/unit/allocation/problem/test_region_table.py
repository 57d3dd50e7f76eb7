import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Resource
from medalloc.allocation.problem.region_table import for_resources, problem_from_table
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
    assert "2: floors above 1: 30.0; a floor is a fraction, 0.3 means 30%" in found[2]


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


NURSES = Resource("nurses", stock=3)
OWN = {"place": ["N", "S"], "cases": [3, 4], "x": [1, None], "y": [5, 6]}


@pytest.mark.parametrize(
    ("role", "seen", "usual"),
    [
        ("space", lambda problem: problem.space, np.inf),
        ("cap:beds", lambda problem: problem.cap[:, 0], np.inf),
        ("locked:beds", lambda problem: problem.locked[:, 0], np.nan),
        ("requirement:beds", lambda problem: problem.region_requirement[:, 0], np.nan),
        ("cost:beds", lambda problem: problem.region_cost[:, 0], np.nan),
    ],
)
def test_an_empty_cell_of_a_limit_means_that_there_is_none(role, seen, usual):
    problem = problem_from_table(table(OWN, {**ROLES, "x": role}), [BEDS, NURSES])
    np.testing.assert_array_equal(seen(problem), [1, usual])


@pytest.mark.parametrize("role", ["population", "value", "floor", "existing:beds", "demand:beds"])
def test_an_empty_cell_of_anything_else_is_a_fault(role):
    (fault,) = faults(table(OWN, {**ROLES, "x": role}), [BEDS])
    assert f"Column “x” ({role}), in these rows (the header is not counted): 2: empty cells" in fault


@pytest.mark.parametrize("role", ["space", "cap:beds", "locked:beds", "requirement:beds", "cost:beds", "demand:beds"])
def test_text_and_impossible_numbers_of_every_new_role_are_faults(role):
    said = faults(table({**OWN, "x": ["many", "-1"]}, {**ROLES, "x": role}), [BEDS])
    assert [f"Column “x” ({role})" in fault for fault in said] == [True, True]
    assert "1: cells that are no number: many" in said[0] and "2: impossible numbers: -1" in said[1]


def test_a_table_without_the_new_columns_poses_a_uniform_problem():
    problem = problem_from_table(table({"place": ["N"], "cases": [3]}), [BEDS])
    assert problem.is_uniform and problem.demand_of is None and np.isinf(problem.space).all()


def test_persons_of_every_resource_add_up_to_the_demand():
    roles = {"place": "region", "cases": "demand:nurses", "y": "demand:beds"}
    problem = problem_from_table(table(OWN, roles), [BEDS, NURSES])
    assert problem.demand_of.tolist() == [[5, 3], [6, 4]] and problem.demand.tolist() == [8, 10]


def test_a_demand_that_is_not_the_sum_is_a_fault():
    roles = {**ROLES, "y": "demand:beds"}
    (fault,) = faults(table({**OWN, "x": [0, 0]}, roles), [BEDS])
    assert "Demand is not the sum" in fault


def test_either_every_resource_has_persons_of_its_own_or_none():
    said = faults(table(OWN, {**ROLES, "y": "demand:beds"}), [BEDS, NURSES])
    assert said == [
        "Some resources have people of their own (demand:beds), but these have none: nurses; give each of "
        "them a column in the role “demand:NAME”, or none at all."
    ]


def test_what_is_said_of_a_resource_that_is_not_placed_can_be_left_out():
    roles = {"place": "region", "cases": "demand:beds", "x": "locked:nurses", "y": "demand:nurses"}
    left = for_resources(table(OWN, roles), ["beds"])
    assert dict(left.roles) == {**dict.fromkeys(OWN, "ignored"), "place": "region", "cases": "demand:beds"}
    assert problem_from_table(left, [BEDS]).demand.tolist() == [3, 4]


def test_a_sum_over_resources_that_are_left_out_is_left_out_with_them():
    columns = {"place": ["N"], "sum": [7], "b": [3], "n": [4]}
    given = table(columns, {"place": "region", "sum": "demand", "b": "demand:beds", "n": "demand:nurses"})
    assert problem_from_table(for_resources(given, ["beds"]), [BEDS]).demand.tolist() == [3]
    assert problem_from_table(for_resources(given, ["vans"]), [Resource("vans", 1)]).demand.tolist() == [7]


def test_yes_and_no_are_no_numbers():
    assert "no number: True, False" in faults(table({"place": ["N", "S"], "cases": [True, False]}), [BEDS])[0]
