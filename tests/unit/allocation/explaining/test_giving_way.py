"""What is named as short is what must give way: the same is asked again with it, and with everything else, relaxed."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve

PLENTY = 1e4


def relaxed(problem, stocks, *, budget, row=None, caps=(), locks=(), space=False):
    resources = tuple(replace(one, stock=PLENTY) if one.name in stocks else one for one in problem.resources)
    cap, room, locked = problem.cap.copy(), problem.space.copy(), problem.locked.copy()
    for name in locks:
        locked[row, problem.resource_names.index(name)] = np.nan
    for name in caps:
        cap[row, problem.resource_names.index(name)] = PLENTY
    if space:
        room[row] = np.inf
    return replace(
        problem, resources=resources, budget=None if budget else problem.budget, cap=cap, space=room, locked=locked
    )


def most_here(problem, plan, row):
    """Return the most who can be served in a region while as many as by the plan are in every other."""
    floor = np.clip(plan.coverage * (1 - 1e-8) - 1e-10, 0, 1)
    value = np.eye(floor.size)[row]
    return solve(replace(problem, policy="most-served", value=value, floor=floor, common_floor=0.0)).served[row]


def named(said, words):
    found = re.search(words, said)
    return re.split(", | and ", found.group(1)) if found else []


def check(problem):
    plan = solve(problem)
    every = problem.resource_names
    for row, why in enumerate(map(str, reasons(plan))):
        said, got, close = why.partition(". One more")[0], plan.served[row], 1e-4 * (1 + problem.demand[row])
        stocks = named(said, "the stocks? of ([^:]*?) (?:is|are) used up")
        stocks += named(said, "there is no stock of (.*?)(?: and the |, the |$)")
        caps = named(said, r"cap is reached \(([^)]*)\)")
        budget, space = "the budget is spent" in said, "its space " in said
        if "floor of" in said:
            continue
        locks = named(said, r"locked here serves no more \(([^)]*)\)")
        if locks or caps or space:
            # however much there is in stock, only these let one more be served here
            assert most_here(relaxed(problem, every, budget=True), plan, row) <= got + close
            own = relaxed(problem, every, budget=True, row=row, caps=caps, locks=locks, space=space)
            assert most_here(own, plan, row) > got + 1e-8 * (1 + got)
        elif stocks or budget:
            assert most_here(relaxed(problem, stocks, budget=budget), plan, row) > got + 1e-8 * (1 + got)
            others = [name for name in every if name not in stocks]
            assert most_here(relaxed(problem, others, budget=not budget), plan, row) <= got + close


FAIR = st.sampled_from(["most-served", "max-min", "alpha:2"])


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_relaxing_what_is_named_serves_more_here_and_relaxing_all_else_does_not(data, feasible_problems):
    check(data.draw(feasible_problems(policy=FAIR, values=False)))


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_so_it_is_where_some_units_are_locked(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=FAIR, values=False))
    cells = st.lists(st.booleans(), min_size=problem.cap.size, max_size=problem.cap.size)
    settled = np.reshape(data.draw(cells), problem.cap.shape)
    share = problem.stock * data.draw(st.sampled_from([0.0, 0.1, 0.5])) / len(problem.regions)
    problem = replace(problem, locked=np.where(settled, np.minimum(problem.cap, share), np.nan))
    assume(not conflicts(problem))
    check(problem)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_so_it_is_where_units_move_and_stand_in(data, feasible_problems):
    problem = data.draw(feasible_problems(policy=FAIR, values=False))
    others = ["", *problem.resource_names]
    resources = tuple(
        replace(
            one,
            movable=data.draw(st.sampled_from([0.0, 0.5, 1.0])),
            stands_in_for=data.draw(st.sampled_from([each for each in others if each != one.name])),
        )
        for one in problem.resources
    )
    check(replace(problem, resources=resources))


def test_a_full_space_is_named_where_no_stock_would_serve_one_more():
    resources = (Resource("beds", 30, space=1.0), Resource("nurses", 6, 0.2, space=1.0, movable=0.1))
    problem = Problem(("Roomy", "Full"), [100, 50], resources, existing=[[0, 5], [0, 2]], space=[np.inf, 6.0])
    told = [str(each) for each in reasons(solve(problem))]
    assert ": the stock of beds is used up." in told[0] and ": its space is full." in told[1]
    plenty = relaxed(problem, problem.resource_names, budget=False)
    assert solve(plenty).served[1] == pytest.approx(solve(problem).served[1])


@pytest.mark.parametrize("stock", [2, 5])
def test_one_more_whole_unit_is_not_counted_in_part_under_a_cap(stock):
    beds = (Resource("beds", stock, whole=True, requirement=0.1),)
    problem = Problem(("A", "B"), [50, 50], beds, cap=[[2.6], [9]], value=[2, 1])
    assert str(reasons(solve(problem))[0]) == (
        "Gets 2 beds: its cap is reached (beds). One more unit of beds would serve nobody here, but 10 in B."
    )


def test_one_more_whole_unit_is_not_counted_in_part_where_there_is_no_room_for_it():
    resources = (Resource("beds", 112, space=2, whole=True), Resource("nurses", 7, 0.1, space=1, whole=True))
    (told,) = reasons(solve(Problem(("A",), [60], resources, existing=[[18, 1]], space=[63])))
    assert "its space has no room for more beds. One more unit of one resource alone would serve nobody" in str(told)


def test_no_floor_is_named_where_there_is_none():
    beds = (Resource("beds", 0, movable=1.0),)
    told = reasons(solve(Problem(("Near", "Far"), [50, 20], beds, existing=[[0], [10]], value=[2, 1])))
    assert not any("floor" in str(each) for each in told)
