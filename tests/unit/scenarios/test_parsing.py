"""A change in one word says the change, or why it is none."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InputError
from medalloc.scenarios import Change, Scenario, apply, parse_change

PROBLEM = Problem(
    ("North", "South: old"),
    [30, 10],
    (Resource("beds", stock=20), Resource("nurses", stock=8)),
    existing=[[2, 0], [0, 1]],
    cap=[[9, 9], [float("inf"), 9]],
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("stock:beds=+5", lambda changed: changed.resources[0].stock == 25),
        ("stock=-50%", lambda changed: [each.stock for each in changed.resources] == [10, 4]),
        ("demand:South: old=-4", lambda changed: changed.demand.tolist() == [30, 6]),
        ("existing:beds:North=+1", lambda changed: changed.existing.tolist() == [[3, 0], [0, 1]]),
        ("cap:beds:North=unlimited", lambda changed: changed.cap[0, 0] == float("inf")),
        ("floor=30%", lambda changed: changed.common_floor == 0.3),
        ("movable:beds=25%", lambda changed: changed.resources[0].movable == 0.25),
        ("floor=+0.25", lambda changed: changed.common_floor == 0.25),
        ("budget=1e3", lambda changed: changed.budget == 1000),
        ("policy=alpha:2", lambda changed: changed.policy == "alpha:2"),
    ],
)
def test_a_change_in_one_word(text: str, what: Callable[[Problem], bool]) -> None:
    assert what(apply(PROBLEM, Scenario("try", (parse_change(text, PROBLEM),))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("demand", "write WHAT=CHANGE"),
        ("demand=", "write WHAT=CHANGE"),
        ("demand=90%", "write WHAT=CHANGE"),
        ("budget=+5", "no present number"),
        ("cap:beds:South: old=+5", "no present number"),
        ("stock:wings=+5", "unknown resource: wings; known are: "),
        ("demand:East=+5", "unknown region: East; known are: "),
        ("policy=+5", "no present number"),
        ("moon=+5%", "“moon” cannot be changed"),
        ("stock:beds=-50", "at least 0"),
    ],
)
def test_a_change_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_change(text, PROBLEM)


@settings(max_examples=50)
@given(
    names=st.sampled_from(
        [
            *(("demand", None, "North"), ("space", None, "South: old"), ("floor", None, None), ("budget", None, None)),
            *(("stock", "beds", None), ("cap", "nurses", "South: old"), ("existing", "beds", "North")),
        ]
    ),
    value=st.floats(0, 1e9) | st.just("unlimited"),
)
def test_a_new_number_is_read_as_it_was_written(names: tuple[str, str | None, str | None], value: float | str) -> None:
    what, resource, region = names
    if value == "unlimited" and what not in ("budget", "cap", "space"):
        value = 0.0
    text = f"{':'.join(name for name in names if name is not None)}={value}"
    assert parse_change(text, PROBLEM) == Change(what, value=value, resource=resource, region=region)


@settings(max_examples=50)
@given(
    name=st.sampled_from(["stock:beds", "stock:nurses", "demand:North", "existing:beds:North", "cap:nurses:North"]),
    added=st.integers(0, 1000),
)
def test_adding_and_then_taking_away_again_changes_nothing(name: str, added: int) -> None:
    more = apply(PROBLEM, Scenario("more", (parse_change(f"{name}=+{added}", PROBLEM),)))
    assert (more == PROBLEM) == (added == 0)
    assert apply(more, Scenario("less", (parse_change(f"{name}=-{added}", more),))) == PROBLEM


@pytest.mark.parametrize("what", ["demand:North", "stock:beds", "cap:beds:North"])
@given(percent=st.integers(1, 90), sign=st.sampled_from(["+", "-"]))
def test_a_sign_and_percent_are_a_factor_of_what_there_is(what: str, percent: int, sign: str) -> None:
    found = parse_change(f"{what}={sign}{percent}%", PROBLEM)
    assert found.factor == pytest.approx(1 + int(f"{sign}{percent}") / 100) and found.added is found.value is None


def test_the_first_name_of_demand_is_a_resource_where_it_has_persons_of_its_own() -> None:
    own = Problem(("North", "beds"), [30, 10], PROBLEM.resources, demand_of=[[30, 0], [4, 6]])
    for text, names in (("demand:beds=+1%", ("beds", None)), ("demand:North=+1%", (None, "North"))):
        assert parse_change(text, own) == Change("demand", factor=1.01, resource=names[0], region=names[1])
    assert parse_change("demand:beds=+1", Problem(("beds",), [30], PROBLEM.resources)).region == "beds"
