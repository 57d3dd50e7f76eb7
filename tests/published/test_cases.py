"""What the Check us screen and `medalloc check` show is true, and would tell if it were not."""

from dataclasses import replace

import pytest

from medalloc.published.case import checked
from medalloc.published.cases import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}, {case.inputs}")
def test_the_published_number_is_obtained_to_its_last_digit(case):
    check = checked(case)
    assert check.agrees, check.to_json()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}, {case.inputs}")
def test_a_number_that_is_off_by_one_in_its_last_digit_is_told(case):
    assert not checked(replace(case, expected=case.expected + 1.01 * 10.0**-case.digits)).agrees
