import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.inert_alpha import inert_alpha
from medalloc.allocation.problem import Problem, Resource

BEDS = (Resource("beds", 9, unit_cost=1),)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_where_alpha_is_said_to_have_no_effect_it_has_none(data, feasible_problems):
    problem = data.draw(feasible_problems(values=data.draw(st.booleans())))
    if inert_alpha(problem) is not None:
        first = alpha_fair(problem, 0.5).served
        for alpha in (1.0, 2.0, 9.0):
            assert np.allclose(alpha_fair(problem, alpha).served, first, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "only beds are short"),
        ({"existing": [[1], [3], [0]]}, "only beds are short"),
        ({"floor": [0.9, 0, 0], "resources": (Resource("beds", 20),)}, "only beds are short"),
        ({"budget": 3}, "only money is short"),
        ({"resources": (Resource("beds", 30),)}, "nothing is short"),
        ({"demand": [0, 10, 0]}, "only one region"),
    ],
)
def test_it_says_what_alone_is_short(changes, said):
    given = {"regions": tuple("ABC"), "demand": [10, 10, 5], "resources": BEDS, **changes}
    assert said in str(inert_alpha(Problem(**given)))


def test_where_values_or_uses_differ_alpha_matters():
    assert inert_alpha(Problem(("A", "B"), [10, 10], BEDS, value=[1, 2])) is None
    both = (Resource("beds", 50, unit_cost=1), Resource("nurses", 50, unit_cost=1))
    assert inert_alpha(Problem(("A", "B"), [10, 10], both, existing=[[10, 0], [0, 0]], budget=6)) is None
