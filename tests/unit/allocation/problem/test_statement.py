import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InputError

BEDS = Resource("beds", stock=10)
BEDS_AND_NURSES = (Resource("beds", 20), Resource("nurses", 5))


@settings(max_examples=40)
@given(data=st.data())
def test_a_problem_written_as_json_text_comes_back_exactly(data, problems):
    problem = data.draw(problems())
    again = Problem.from_json(json.loads(json.dumps(problem.to_json(), allow_nan=False)))
    assert again == problem
    assert again.regions == problem.regions and again.resources == problem.resources
    for name in ("demand", "existing", "cap", "value", "floor", "population"):
        assert np.array_equal(getattr(again, name), getattr(problem, name))


def test_what_is_left_out_means_no_existing_units_no_caps_no_floors_and_equal_value():
    problem = Problem(["North", "South"], [1, 2], [BEDS])
    assert problem.existing.tolist() == [[0], [0]] and np.isinf(problem.cap).all()
    assert problem.value.tolist() == [1, 1] and problem.effective_floor.tolist() == [0, 0]
    assert Problem.from_json({"version": 1, **_least()}) == Problem(("A",), [1.0], (BEDS,))


def test_a_problem_cannot_be_changed_through_its_arrays_nor_through_those_it_was_made_of():
    demand = np.array([1.0, 2.0])
    problem = Problem(("North", "South"), demand, (BEDS,))
    demand[0] = 99
    assert problem.demand.tolist() == [1, 2]
    for name in ("demand", "existing", "cap", "value", "floor"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(problem, name)[0] = 5


def test_the_larger_of_the_common_and_the_own_floor_counts():
    problem = Problem(("North", "South"), [1, 1], (BEDS,), floor=[0.1, 0.6], common_floor=0.3)
    assert problem.effective_floor.tolist() == [0.3, 0.6]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"regions": ()}, "no region"),
        ({"regions": ("A", "A")}, "A; each must be there once"),
        ({"regions": ("A", " ")}, "has no name: 2"),
        ({"resources": ()}, "no resource"),
        ({"resources": (BEDS, BEDS)}, "beds; each must be there once"),
        ({"resources": (Resource("", 1),)}, "resource in these places has no name"),
        ({"resources": (Resource("budget", 1),)}, "cannot be called"),
        ({"resources": (Resource("beds", -1),)}, "Stock of beds: found -1"),
        ({"resources": (Resource("beds", float("nan")),)}, "Stock of beds: found nan"),
        ({"resources": (Resource("beds", 1, requirement=0),)}, "Requirement of beds: found 0"),
        ({"resources": (Resource("beds", 1, unit_cost=-2),)}, "Unit cost of beds: found -2"),
        ({"demand": [1]}, r"“demand” has shape \(1,\); expected \(2,\)"),
        ({"demand": ["many", 1]}, "“demand” must hold numbers only"),
        ({"demand": [-1, 1]}, r"Demand: found -1 \(regions: A\)"),
        ({"demand": [1, np.nan]}, r"Demand: found nan \(regions: B\)"),
        ({"demand": [1, np.inf]}, r"Demand: found inf \(regions: B\)"),
        ({"existing": [[1], [-1]]}, r"Existing beds: found -1 \(regions: B\)"),
        ({"existing": [1, 1]}, r"“existing” has shape \(2,\); expected \(2, 1\)"),
        ({"cap": [[np.nan], [1]]}, r"Cap on beds: found nan \(regions: A\)"),
        ({"value": [1, -1]}, "Value: found -1"),
        ({"floor": [0, 30]}, "Floor: found 30.*0.3 means 30%"),
        ({"common_floor": 1.1}, "common floor is 1.1"),
        ({"common_floor": float("nan")}, "common floor is nan"),
        ({"budget": -1}, "Budget: found -1"),
        ({"budget": float("inf")}, "Budget: found inf"),
        ({"population": [1, -1]}, "Population: found -1"),
        (
            {"demand": [3, 0], "demand_of": [[3], [0]], "region_requirement": [[0], [0]]},
            "in these regions need beds but use none: A; give a requirement above 0",
        ),
        ({"policy": "per-head"}, "needs the population"),
        ({"policy": "per-head", "population": [0, 0]}, "every population is 0"),
        (
            {"policy": "best"},
            "is no policy; use one of: most-served, alpha:A, max-min, per-head, proportional, today;",
        ),
    ],
)
def test_a_fault_is_named_with_what_was_found_and_what_is_expected(changes, words):
    given = {"regions": ("A", "B"), "demand": [1, 2], "resources": (BEDS,), **changes}
    with pytest.raises(InputError, match=words):
        Problem(**given)


def test_every_fault_is_said_at_once():
    with pytest.raises(InputError) as caught:
        Problem(("A", "A"), [-1, 2], (Resource("beds", -5),), budget=-1, common_floor=2, policy="best")
    assert len(caught.value.faults) == 6


def _least():
    return {"regions": ["A"], "demand": [1.0], "resources": [{"name": "beds", "stock": 10.0}]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 2}, "version 2; this program reads version 1"),
        ({"version": None}, r"version \(none\); this program reads version 1"),
        ({"polcy": "per-head"}, "no entry called: polcy"),
        ({"regions": "A"}, "“regions” is 'A'; it must be a list"),
        ({"regions": [1]}, r"“regions\[0\]” is 1; it must be text"),
        ({"demand": "1"}, "“demand” is '1'; it must be a list of numbers"),
        ({"demand": [None]}, r"“demand\[0\]” is None; it must be a finite number"),
        ({"demand": [True]}, r"“demand\[0\]” is True"),
        ({"demand": None}, "“demand” is None; it must be a list of numbers"),
        ({"existing": [[None]]}, r"“existing\[0\]\[0\]” is None"),
        ({"cap": [["x"]]}, r"“cap\[0\]\[0\]” is 'x'"),
        ({"resources": {}}, "“resources” is {}; it must be a list"),
        ({"resources": [{"name": "beds"}]}, r"In the saved problem this is missing: resources\[0\].stock"),
        ({"resources": [{"name": "beds", "stock": 1, "price": 2}]}, r"no entry called: resources\[0\].price"),
        ({"budget": "1"}, "“budget” is '1'; it must be a finite number"),
    ],
)
def test_a_saved_problem_that_is_wrong_is_refused_by_name(changes, words):
    with pytest.raises(InputError, match=words):
        Problem.from_json({"version": 1, **_least(), **changes})


def test_a_saved_problem_that_lacks_keys_or_is_no_object_is_refused():
    with pytest.raises(InputError) as caught:
        Problem.from_json({"version": 1})
    assert len(caught.value.faults) == 3
    for name, fault in zip(("regions", "demand", "resources"), caught.value.faults, strict=True):
        assert f"this is missing: {name}." in str(fault)
    with pytest.raises(InputError, match="must be a JSON object, not list"):
        Problem.from_json([])


def test_what_is_derived_is_what_a_problem_made_afresh_would_be():
    base = Problem(("A", "B"), [30, 10], BEDS_AND_NURSES, region_requirement=[[0.5, np.nan], [np.nan, np.nan]])
    assert base.requirement.tolist() == [[0.5, 1.0], [1.0, 1.0]] and base.unit_cost.tolist() == [[0, 0], [0, 0]]
    more = (replace(BEDS_AND_NURSES[0], stock=21, requirement=2, unit_cost=3), BEDS_AND_NURSES[1])
    changes = {"resources": more, "budget": 9.0, "locked": np.array([[1.0, np.nan], [np.nan, np.nan]])}
    derived, afresh = base.derived(**changes), replace(base, **changes)
    assert derived == afresh and base.derived() == base and not base.is_locked and derived.is_locked
    for reckoned in ("requirement", "unit_cost", "whole"):
        assert np.array_equal(getattr(derived, reckoned), getattr(afresh, reckoned))


def test_no_cap_is_saved_as_null_and_read_as_infinite():
    saved = Problem(("A",), [1.0], (BEDS,)).to_json()
    assert saved["cap"] == [[None]] and saved["locked"] == [[None]] and saved["space"] == [None]
    assert np.isinf(Problem.from_json(saved).cap).all() and np.isnan(Problem.from_json(saved).locked).all()


def test_faults_of_keys_version_and_numbers_are_said_together():
    with pytest.raises(InputError) as caught:
        Problem.from_json({"version": 3, "regions": ["A"], "demand": ["x"], "colour": 1})
    assert len(caught.value.faults) == 4
