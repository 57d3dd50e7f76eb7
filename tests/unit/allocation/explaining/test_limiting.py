"""What one more person would take that there is none of, in numbers of any size."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.limiting import NEAR, Shortage
from medalloc.allocation.explaining.marginal import binding
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve


def asked(draw, size, whole):
    """Return a problem in which anything may run out, in numbers of this size."""
    kinds = tuple(
        Resource(
            name,
            size * draw.integers(0, 12),
            draw.choice([0.5, 1.0]),
            float(draw.integers(0, 3)),
            space=float(draw.integers(0, 3)),
            whole=whole and bool(draw.random() < 0.7),
        )
        for name in ("beds", "nurses")
    )
    return Problem(
        ("A", "B", "C"),
        size * draw.integers(0, 12, 3),
        kinds,
        existing=size * draw.integers(0, 4, (3, 2)),
        cap=size * draw.choice([1.0, 3.0, np.inf], (3, 2)),
        space=size * draw.choice([2.0, 5.0, np.inf], 3),
        budget=draw.choice([None, size * 8.0]),
        value=draw.choice([1.0, 2.0], 3),
    )


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), by=st.sampled_from([2.0**-12, 2.0**14]))
def test_in_parts_of_units_the_same_limits_bind_whatever_the_size_of_all_numbers_and_whatever_rounding_leaves(seed, by):
    plan = solve(asked(np.random.default_rng(seed), 1.0, False))
    large = solve(asked(np.random.default_rng(seed), by, False))
    bound = [str(each) for each in binding(plan)]
    assert [str(each) for each in binding(large)] == bound
    short, other = Shortage.of(plan), Shortage.of(large)
    assert (short.takes == other.takes).all() and (short.filled == other.filled).all()
    said = [str(each) for each in short.said()]
    assert [str(each) for each in other.said()] == said
    rounded = replace(large, units=large.units * (1 - 1e-9), served=large.served * (1 - 1e-9))
    assert [str(each) for each in binding(rounded)] == bound
    assert [str(each) for each in Shortage.of(rounded).said()] == said
    # a hundredth of everything is more than rounding
    less = replace(large, units=large.units * 0.99, served=large.served * 0.99)
    used = [
        each for each in map(str, binding(less)) if "is used up" in each or "are used up" in each or "spent" in each
    ]
    assert used == []


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), whole=st.booleans())
def test_a_space_is_full_where_it_has_no_room_for_a_whole_unit_of_each_that_the_next_person_takes(seed, whole):
    draw = np.random.default_rng(seed)
    plan = solve(asked(draw, 1.0, whole))
    # somebody else may have left a little more of it, or less
    problem = replace(plan.problem, space=plan.units @ plan.problem.unit_space + draw.choice([0.0, 0.5, 1, 2, 3], 3))
    short = Shortage.of(replace(plan, problem=problem))
    for row in range(3):
        room = problem.space[row] - plan.units[row] @ problem.unit_space
        together = sum(one.space for k, one in enumerate(problem.resources) if short.takes[row, k] and one.whole)
        for k, one in enumerate(problem.resources):
            takes, least = short.takes[row, k], max(together, one.space if one.whole else 0.0)
            assert short.filled[row, k] == (takes and one.space > 0 and (room < least - 1e-6 or room <= 1e-6))


@pytest.mark.parametrize("stock", [3e-4, 3e5])
def test_of_parts_of_units_what_is_more_than_rounding_is_left(stock):
    beds = Resource("beds", stock)
    plan = solve(Problem(("A",), [2 * stock], (beds,)))
    for left, said in ((0.5 * NEAR, "the stock of beds is used up"), (1e-3, "serving more here would serve fewer")):
        more = replace(plan, problem=replace(plan.problem, resources=(replace(beds, stock=stock * (1 + left)),)))
        assert str(Shortage.of(more).said()[0]).startswith(said)


@pytest.mark.parametrize("stock", [3.0, 3e5])
def test_what_is_left_of_a_stock_is_a_rest_used_up_or_enough_for_the_next(stock):
    beds = Resource("beds", stock, whole=True)
    plan = solve(Problem(("A",), [2 * stock], (beds,)))
    for left, said in (
        (0.0, "the stock of beds is used up"),
        (0.5 * NEAR * stock, "the stock of beds is used up"),
        (0.5, "no whole unit of beds is left"),
        (1.0, "serving more here would serve fewer elsewhere"),
    ):
        more = replace(plan, problem=replace(plan.problem, resources=(replace(beds, stock=stock + left),)))
        assert [str(each) for each in Shortage.of(more).said()] == [said]
