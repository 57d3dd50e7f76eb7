import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.fitting.conflict_words import at_least, at_most, cap_conflicts
from medalloc.allocation.problem import Problem, Resource
from medalloc.sentences import in_figures


@given(number=st.floats(1e-6, 1e9))
def test_what_is_shown_is_enough_and_no_more_than_its_last_place_away(number):
    for shown, off in ((at_least(number), 1), (at_most(number), -1)):
        written = float(in_figures(float(shown)).replace(",", ""))
        assert written == pytest.approx(float(shown), rel=1e-12)
        assert 0 <= off * (written - number) + 1e-8 * number <= max(1.0 if number >= 1000 else 0.0, 0.0101 * number)


@given(numbers=st.lists(st.floats(0, 1e9), min_size=1, max_size=9))
def test_many_numbers_are_rounded_as_each_alone(numbers):
    assert at_least(np.array(numbers)).tolist() == [float(at_least(number)) for number in numbers]
    assert at_most(np.array(numbers)).tolist() == [float(at_most(number)) for number in numbers]


def test_every_cap_is_named_with_its_own_numbers():
    problem = Problem(("A", "B"), [10, 20], (Resource("beds", 30, requirement=2),), cap=[[8], [30]])
    first, second = cap_conflicts(problem, np.array([0, 1]), np.array([0, 0]), np.array([10.0, 36.0]))
    assert str(first.limit) == "A can take 8 more beds, but its floor needs 10."
    assert str(second.repair).endswith("in B to at least 36, or lower its floor to at most 0.75 (75%).")
