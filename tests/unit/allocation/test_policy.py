import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policies.kind import Aim
from medalloc.allocation.policy import aim_of, kind_of, number_of, policy_fault, policy_of


@given(st.sampled_from(sorted(CATALOGUE)), st.floats(0, 1e6))
def test_a_policy_is_read_back_from_its_text(kind, number):
    policy = policy_of(kind, number)
    assert kind_of(policy).kind == kind
    assert number_of(policy) == (None if CATALOGUE[kind].number is None else number)
    assert policy_fault(policy) is None


def test_alpha_0_is_most_served_and_an_infinite_one_would_be_worst_off_first():
    assert aim_of("alpha:0") == aim_of("alpha:0.0") == aim_of("most-served") == Aim(alpha=0)
    assert aim_of("max-min") == Aim(alpha=math.inf)


@pytest.mark.parametrize(
    "found", ["", "best", "alpha", "alpha:", "alpha:-1", "alpha:nan", "alpha:inf", "alpha:two", "max-min:1", 2]
)
def test_anything_else_is_a_fault_that_names_what_there_is(found):
    words = str(policy_fault(found))
    assert f"“{found}” is no policy" in words and "max-min" in words and "alpha:A" in words
