"""What comes whole by its name is placed whole, unless parts are asked for; what was saved before keeps its parts."""

import pytest

from medalloc.allocation.problem.resource import Resource
from medalloc.errors import InputError
from medalloc.saved import from_plain, to_plain
from medalloc.sentences import sentence
from medalloc.study import Study
from medalloc.study.steps.plans import resources_in_use, stated_resources

STUDY = sentence("study")
BEDS = Resource("beds", 5.0, whole=True)


def before(**limits):
    plain = to_plain(Study())
    kept = {name: value for name, value in plain["limits"].items() if name != "fractions"}
    return {**plain, "version": 1, "limits": {**kept, **limits}}


def test_parts_are_placed_of_everything_where_somebody_wants_them():
    assert resources_in_use((BEDS,), False) == (BEDS,)
    assert resources_in_use((BEDS,), True) == (Resource("beds", 5.0),)
    assert resources_in_use(None, True) is None


def test_a_study_that_was_saved_when_examples_came_in_parts_keeps_them():
    assert from_plain(Study, before(), STUDY).limits.fractions and not Study().limits.fractions


def test_a_study_in_which_somebody_said_what_comes_whole_keeps_that():
    old = from_plain(Study, before(resources=[vars(BEDS), vars(Resource("nurses", 3.0))]), STUDY)
    stated = stated_resources(old.limits.resources, None)
    assert [each.whole for each in resources_in_use(stated, old.limits.fractions)] == [True, False]


def test_a_study_of_a_version_that_nobody_knows_is_refused():
    with pytest.raises(InputError):
        from_plain(Study, {**before(), "version": 9}, STUDY)
