import numpy as np
import pytest

from medalloc.allocation.problem.plain import problem_arguments
from medalloc.errors import InputError

LEAST = {"version": 1, "regions": ["A"], "demand": [1.0], "resources": [{"name": "beds", "stock": 10.0}]}


def test_only_what_was_saved_becomes_an_argument():
    assert set(problem_arguments(LEAST)) == {"regions", "demand", "resources"}


def test_no_cap_is_saved_as_none_and_read_as_infinite():
    assert problem_arguments({**LEAST, "cap": [[None]]})["cap"] == [[np.inf]]


def test_faults_of_keys_version_and_numbers_are_said_together():
    with pytest.raises(InputError) as caught:
        problem_arguments({"version": 3, "regions": ["A"], "demand": ["x"], "colour": 1})
    assert len(caught.value.faults) == 4
