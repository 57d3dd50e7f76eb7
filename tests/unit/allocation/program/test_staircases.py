"""Every number of persons before one more whole unit is needed, and what regions choose of them at prices."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.staircases import staircases


def alone(problem):
    """Return the problem without units that stand in for others."""
    return replace(problem, resources=tuple(replace(one, stands_in_for="") for one in problem.resources))


@settings(max_examples=40)
@given(data=st.data())
def test_a_step_is_every_number_of_persons_that_whole_units_suffice_for_and_takes_no_unit_too_many(data, with_choices):
    problem = alone(data.draw(with_choices(whole=st.booleans(), kinds=st.integers(1, 2))))
    assume(problem.whole.any())
    model = model_of(problem)
    persons, steps = model.persons, staircases(model)
    assert (np.diff(steps.group) >= 0).all() and steps.starts.tolist() == [
        int(np.flatnonzero(steps.group == group)[0]) for group in range(persons.demand.size)
    ]
    for group, demand in enumerate(persons.demand):
        region, floor = persons.region[group], min(persons.floor[group], demand)
        there, uses, cap = problem.existing[region], persons.uses[group], problem.cap[region]
        found = steps.served[steps.group == group]
        units = steps.units[steps.group == group]
        # of a floor that the caps do not allow the smallest step is what they do
        assert np.isclose(found, floor).any() or found.min() < floor
        for served, taken in zip(found, units, strict=True):
            assert served <= demand * (1 + 1e-12)
            for kind, one in enumerate(problem.resources):
                more = uses[kind] * served - there[kind]
                more = np.ceil(more - 1e-9 * max(1.0, uses[kind] * served)) if one.whole else more
                if uses[kind] == 0 and problem.demand_of is not None:
                    more = 0.0
                assert taken[kind] == (more if one.is_moved else max(0.0, more))
        if np.isfinite(problem.space[region]):
            continue
        for kind in np.flatnonzero(problem.whole & (uses > 0)).tolist():
            for number in range(int(min(cap[kind], 30.0)) + 1):
                served = (there[kind] + number) / uses[kind]
                needed = np.maximum(0.0, uses * served - there)
                needed = np.where(problem.whole, np.ceil(needed - 1e-9), needed)
                if floor <= served <= demand and (needed <= cap).all():
                    assert np.isclose(found, served).any()


@settings(max_examples=30)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_what_is_chosen_at_prices_is_there_and_without_a_price_everybody_takes_what_is_worth_most(
    data, seed, with_choices
):
    problem = alone(data.draw(with_choices(whole=st.booleans(), kinds=st.integers(1, 2), floors=False)))
    problem = replace(problem, resources=tuple(replace(one, movable=0.0) for one in problem.resources))
    assume(problem.whole.any())
    model = model_of(problem)
    price = np.random.default_rng(seed).uniform(0.01, 2, model.matrix.shape[0])
    chosen = staircases(model).chosen(price)
    if chosen is not None:
        new, served = chosen[model.layout.new], chosen[model.layout.served]
        assert (new.sum(axis=0) <= problem.stock * (1 + 1e-9)).all() and (served <= model.persons.demand).all()
        assert problem.budget is None or (new * problem.unit_cost).sum() <= problem.budget * (1 + 1e-9)
    plenty = replace(
        problem,
        resources=tuple(replace(one, stock=1e4) for one in problem.resources),
        budget=None,
        cap=np.full(problem.cap.shape, np.inf),
        space=np.full(problem.space.size, np.inf),
    )
    model = model_of(plenty)
    free = staircases(model).chosen(np.zeros(model.matrix.shape[0]))
    counts = model.persons.value > 0
    assert np.allclose(free[model.layout.served][counts], model.persons.demand[counts])


def test_where_units_are_moved_nothing_is_chosen_and_where_they_help_or_none_is_whole_there_are_no_steps():
    beds, nurses = Resource("beds", 5, whole=True), Resource("nurses", 5, stands_in_for="beds", stand_in_share=0.5)
    regions = ("A", "B"), [4, 9]
    moved = model_of(Problem(*regions, (replace(beds, movable=0.5),), existing=[[3], [0]]))
    assert staircases(moved).chosen(np.zeros(moved.matrix.shape[0])) is None
    assert staircases(model_of(Problem(*regions, (beds, nurses)))) is None
    assert staircases(model_of(Problem(*regions, (replace(beds, whole=False),)))) is None


@settings(max_examples=40)
@given(data=st.data())
def test_at_the_prices_of_parts_the_bound_of_whole_units_is_no_higher_than_that_of_parts(data, with_choices):
    problem = alone(data.draw(with_choices(whole=st.booleans(), apart=st.just(False), floors=False)))
    problem = replace(problem, space=np.full(problem.space.size, np.inf))
    assume(problem.whole.any())
    model = model_of(problem)
    live = Live(model)
    live.relax()
    parts = live.run(goal_of(model, model.persons.value))
    bound, _ = staircases(model).least_bound(parts.price, parts.value)
    assert bound <= parts.value + 1e-6 * max(1.0, parts.value)
