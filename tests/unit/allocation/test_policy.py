import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.policy import POLICIES, Aim, aim_of, policy_fault


@given(st.sampled_from(POLICIES).map(Aim) | st.floats(0, 1e6, exclude_min=True).map(lambda alpha: Aim("alpha", alpha)))
def test_an_aim_is_read_back_from_its_text(aim):
    assert aim_of(aim.policy) == aim
    assert policy_fault(aim.policy) is None


def test_alpha_0_is_most_served():
    assert aim_of("alpha:0") == aim_of("alpha:0.0") == Aim("most-served")


@pytest.mark.parametrize("found", ["", "best", "alpha", "alpha:", "alpha:-1", "alpha:nan", "alpha:inf", "alpha:two", 2])
def test_anything_else_is_a_fault_that_names_what_there_is(found):
    words = str(policy_fault(found))
    assert f"“{found}” is no policy" in words and "max-min" in words and "alpha:A" in words
