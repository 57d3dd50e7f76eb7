"""A promise is kept or broken by the number it names."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InputError
from medalloc.scenarios.promises import promised, promises

PLAN = solve(
    Problem(
        ("North", "South", "East"),
        [30, 10, 0],
        (Resource("beds", 16, unit_cost=2), Resource("nurses", 50, 0.5)),
        existing=[[3, 0], [1, 2], [4, 0]],
        cap=[[9, 99], [99, 99], [99, 99]],
    )
)
GROUPS = {
    "side=old": ("North", "South"),
    "lowest fifth of income": ("South",),
    "side=none": ("Nowhere",),
    "side=half": ("East", "Nowhere"),
}
THERE = PLAN.problem.existing + PLAN.units
TOLD = {
    "coverage": PLAN.served.sum() / 40,
    "Coverage of all": PLAN.served.sum() / 40,
    "lowest coverage": min(PLAN.served[0] / 30, PLAN.served[1] / 10),
    "served": PLAN.served.sum(),
    "unmet": 40 - PLAN.served.sum(),
    "spent": 2 * PLAN.units[:, 0].sum(),
    "left beds": 16 - PLAN.units[:, 0].sum(),
    "left NURSES": 50 - PLAN.units[:, 1].sum(),
    "coverage of north": PLAN.served[0] / 30,
    "coverage of East": 1.0,
    "coverage of side = Old": PLAN.served[:2].sum() / 40,
    "coverage of the lowest fifth of income": PLAN.served[1] / 10,
    "served in South": PLAN.served[1],
    "served in side=old": PLAN.served[:2].sum(),
    "unmet in North": 30 - PLAN.served[0],
    "beds in East": THERE[2, 0],
    "nurses in side=old": THERE[:2, 1].sum(),
    "beds in side=half": THERE[2, 0],
}


@pytest.mark.parametrize("what", TOLD)
def test_what_is_promised_is_the_number_of_the_plan_by_that_name(what):
    assert promised(f"{what} >= 0", PLAN, GROUPS).value == pytest.approx(TOLD[what])


@settings(max_examples=40)
@given(what=st.sampled_from(sorted(TOLD)), off=st.sampled_from([-0.5, -1e-3, 0.0, 1e-3, 0.5]), percent=st.booleans())
def test_it_is_kept_where_the_number_lies_on_the_side_that_was_promised(what, off, percent):
    number = TOLD[what] + off
    written = f"{100 * number:.15f}%" if percent else f"{number:.15f}"
    for sign, kept in (
        *((each, off <= 0) for each in (">=", ">", "≥")),
        *((each, off >= 0) for each in ("<=", "<", "≤")),
        ("=", off == 0),
    ):
        found = promised(f"{what} {sign} {written}", PLAN, GROUPS)
        assert found.kept == kept and str(found.said).startswith("Kept: " if kept else "Broken: ")


@pytest.mark.parametrize("large", [1.0, 1e9])
def test_rounding_breaks_no_promise_and_what_is_said_is_rounded_for_reading(large):
    plan = solve(Problem(("North",), [10 * large], (Resource("beds", large / 3 * (1 - 1e-12)),)))
    assert promised(f"served >= {large / 3:.12f}", plan).kept
    assert not promised(f"served >= {large / 3 * (1 + 1e-6):.12f}", plan).kept
    assert re.search(r"it is 3\.33%\.", str(promised("coverage >= 40%", plan).said))


@pytest.mark.parametrize(
    "text", ["", "coverage is good", "beauty >= 3", "coverage of West >= 3%", "beds in side=none >= 1", "beds in >= 3"]
)
def test_what_cannot_be_told_is_refused_and_among_others_it_is_broken(text):
    with pytest.raises(InputError, match="no promise that can be checked"):
        promised(text, PLAN, GROUPS)
    first, second = promises([text, "served >= 1"], PLAN, GROUPS)
    assert first.value is None and not first.kept and "no promise" in str(first.said)
    assert second.kept and second.value == pytest.approx(TOLD["served"])
