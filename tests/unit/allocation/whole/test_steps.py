"""What can be asked of the steps of regions, by looking at every one of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.whole import steps as module
from medalloc.allocation.whole.steps import Steps, ranked, steps_of


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), regions=st.integers(1, 5))
def test_what_is_asked_of_steps_is_what_looking_at_each_of_them_says(seed, regions):
    draw = np.random.default_rng(seed)
    group = np.repeat(np.arange(regions), draw.integers(1, 5, regions))
    of = [np.flatnonzero(group == region) for region in range(regions)]
    served = np.concatenate([np.sort(draw.choice(20, len(each), replace=False)) for each in of]).astype(float)
    extra, worth = draw.integers(0, 5, (group.size, 2)).astype(float), draw.integers(0, 4, group.size).astype(float)
    steps = Steps(group, served, extra, extra, np.array([4.0, 0.0]), True)
    assert steps.starts.tolist() == [each[0] for each in of] and steps.lasts.tolist() == [each[-1] for each in of]
    assert steps.best(worth).tolist() == [worth[each].max() for each in of]
    assert steps.least(worth).tolist() == [each[worth[each].argmin()] for each in of]
    persons = draw.integers(-1, 21, regions).astype(float)
    for region, found in enumerate(steps.below(persons).tolist()):
        no_more = [step for step in of[region] if served[step] <= persons[region]]
        assert found == (no_more[-1] if no_more else of[region][0])
    left = np.array([4.0, 0.0]) - extra[steps.lasts].sum(axis=0)
    assert steps.left(steps.lasts).tolist() == left.tolist() and steps.fit(steps.lasts) == (left >= 0).all()


def test_every_number_of_whole_units_that_serves_more_is_a_step_from_the_floor_to_what_caps_and_stock_allow():
    beds = Resource("beds", 5, requirement=0.5, whole=True, unit_cost=2)
    asked = Problem(("A", "B"), [9, 4], (beds,), existing=[[1], [0]], cap=[[9], [1]], common_floor=0.4, budget=9)
    steps = steps_of(asked)
    # four persons of the first region are the floor: two beds in all, one of them new
    assert steps.served[steps.group == 0].tolist() == [4, 6, 8]
    assert steps.served[steps.group == 1].tolist() == [2]
    assert steps.units[:, 0].tolist() == [1, 2, 3, 1]
    # of stock and budget there are three beds and five coins left, of which a bed takes two
    assert steps.room == pytest.approx([3, 5]) and steps.extra[:3].tolist() == [[0, 0], [1, 2], [2, 4]]


def test_the_rank_is_by_people_then_by_name():
    beds = (Resource("beds", 1, whole=True),)
    assert ranked(Problem(("B", "A", "C"), [3, 3, 9], beds)).tolist() == [2, 1, 0]
    assert ranked(Problem(("B", "A", "C"), [3, 3, 9], beds, population=[50, 9, 9])).tolist() == [0, 1, 2]


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), budget=st.none() | st.integers(20, 400))
def test_of_very_many_steps_those_near_are_looked_at_and_ever_fewer_further_away_with_the_first_and_the_last(
    seed, budget
):
    draw = np.random.default_rng(seed)
    demand = draw.integers(50, 400, 3).astype(float)
    kinds = tuple(Resource(name, 500, use, 1.0, whole=True) for name, use in (("beds", 0.5), ("nurses", 0.3)))
    asked = Problem(("A", "B", "C"), demand, kinds, existing=draw.integers(0, 9, (3, 2)), budget=budget)
    near = demand * draw.uniform(0, 1, 3)
    every = steps_of(asked)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "LIMITS", ())
        some = steps_of(asked, near)
    assert every.are_all and not some.are_all and np.allclose(some.room, every.room)
    for region in range(3):
        all_of, found = every.served[every.group == region], some.served[some.group == region]
        assert found[0] == all_of[0] and np.isin(found.round(9), all_of.round(9)).all() and (np.diff(found) > 0).all()
        for kind, one in enumerate(kinds):
            # every number of units within a few of what those near need, as far as there are so many
            middle = max(0.0, np.ceil(one.requirement * near[region] - asked.existing[region, kind] - 1e-9))
            for units in middle + np.arange(-module.NEAR, module.NEAR + 1):
                persons = (asked.existing[region, kind] + units) / one.requirement
                if units >= 0 and np.isclose(all_of, persons).any():
                    assert np.isclose(found, persons).any()
        far = np.abs(found - near[region]) > 40
        assert far.sum() <= 24


def test_they_are_all_looked_at_as_long_as_a_region_has_few_on_average_or_all_have_not_very_many(monkeypatch):
    beds = (Resource("beds", 100, whole=True),)
    asked, near = Problem(("A", "B"), [30, 10], beds), np.array([15.0, 5.0])
    for limits, are_all in (
        (((20, 40),), True),
        (((19, 40),), False),
        (((20, 39),), False),
        (((19, 40), (20, 40)), True),
    ):
        monkeypatch.setattr(module, "LIMITS", limits)
        assert steps_of(asked, near).are_all == are_all
    assert steps_of(asked).are_all
