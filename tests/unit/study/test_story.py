"""The story holds together: every input of every step is a choice or an earlier step of the right type."""

import inspect
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from medalloc.study.answers import fields_of, inputs_of, longs_of, steps
from medalloc.study.parts import Live
from medalloc.study.step import Long
from medalloc.study.story import STORY
from medalloc.study.study import PART_OF, Study


def function(step: Any) -> Any:
    return step.state if isinstance(step, Long) else step


def without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        rest = [each for each in get_args(kind) if each is not NoneType]
        return rest[0] if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007
    return kind


def returned(step: Any) -> Any:
    """Return the type of a step's answer, without None."""
    if not isinstance(step, Long):
        return without_none(get_type_hints(step)["return"])
    return next(get_args(base)[0] for base in step.task.__orig_bases__)


def test_names_of_choices_are_unique() -> None:
    named = [each.name for part in fields(Study) for each in fields(part.default_factory)]
    assert len(named) == len(set(named)) == len(PART_OF)
    assert not set(named) & {each.__name__ for each in STORY}


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.__name__)
def test_every_input_is_a_choice_or_a_step_that_comes_before_and_fits(step: Any) -> None:
    before = [each.__name__ for each in STORY[: STORY.index(step)]]
    hints = get_type_hints(function(step))
    for name in inputs_of(step):
        assert name == "files" or name in PART_OF or name in before, name
        if name in before:
            assert without_none(hints[name]) == returned(steps()[name]), name
        elif name in PART_OF:
            part = next(each for each in fields(Study) if each.name == PART_OF[name])
            chosen = get_type_hints(part.default_factory)[name]
            # an input that cannot be None waits until something was chosen; a text stands for its few values
            assert hints[name] in (chosen, without_none(chosen), str, dict) or get_args(hints[name]) == get_args(chosen)


def test_every_choice_leads_to_some_answer() -> None:
    used = set().union(*(fields_of(step) for step in STORY))
    # how long a period is, what one person takes: units of screens; what is watched comes after the story
    watched = {each.name for each in fields(Live)}
    assert set(PART_OF) - used == {"period_days", "conversions", "target_wait", "service_level"} | watched


def test_a_step_knows_what_it_depends_on() -> None:
    assert longs_of(steps()["plan"]) == {"training", "partition_sums", "outlook", "searched_plan"}
    assert "alpha" in fields_of(steps()["plan"]) and "demand_change" not in fields_of(steps()["plan"])
    assert {"floor", "demand_change"} <= fields_of(steps()["changed_plan"])


def test_steps_are_documented() -> None:
    assert all(inspect.getdoc(function(step)) for step in STORY)
