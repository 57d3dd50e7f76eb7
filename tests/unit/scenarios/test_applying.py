from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.errors import InputError
from medalloc.scenarios import Change, Scenario, apply

BASE = Problem(
    ("North", "South"),
    [30, 10],
    (Resource("beds", stock=20, unit_cost=2), Resource("nurses", stock=40)),
    cap=[[5, np.inf], [np.inf, np.inf]],
    existing=[[1, 2], [3, 4]],
    floor=[0.2, 0],
    common_floor=0.1,
    budget=100,
    population=[3, 1],
)


def after(*changes):
    return apply(BASE, Scenario("test", changes))


@pytest.mark.parametrize(
    ("change", "seen", "expected"),
    [
        (Change("demand", factor=2), lambda p: p.demand.tolist(), [60, 20]),
        (Change("demand", factor=2, region="South"), lambda p: p.demand.tolist(), [30, 20]),
        (Change("demand", value=7, region="South"), lambda p: p.demand.tolist(), [30, 7]),
        (Change("stock", factor=0.5), lambda p: p.stock.tolist(), [10, 20]),
        (Change("stock", value=7, resource="beds"), lambda p: p.stock.tolist(), [7, 40]),
        (Change("requirement", value=3, resource="beds"), lambda p: p.requirement[0].tolist(), [3, 1]),
        (Change("unit_cost", factor=3, resource="beds"), lambda p: p.unit_cost[0].tolist(), [6, 0]),
        (Change("budget", factor=2), lambda p: p.budget, 200),
        (Change("budget", value=0), lambda p: p.budget, 0),
        (Change("budget", value="unlimited"), lambda p: p.budget, None),
        (Change("floor", value=0.3), lambda p: (p.common_floor, p.floor.tolist()), (0.3, [0.2, 0])),
        (Change("floor", value=0.3, region="South"), lambda p: (p.common_floor, p.floor.tolist()), (0.1, [0.2, 0.3])),
        (Change("floor", factor=0), lambda p: (p.common_floor, p.floor.tolist()), (0, [0, 0])),
        (Change("existing", value=9, resource="beds", region="North"), lambda p: p.existing.tolist(), [[9, 2], [3, 4]]),
        (Change("existing", factor=0), lambda p: p.existing.tolist(), [[0, 0], [0, 0]]),
        (Change("cap", factor=0), lambda p: p.cap.tolist(), [[0, np.inf], [np.inf, np.inf]]),
        (Change("cap", value="unlimited", resource="beds"), lambda p: np.isinf(p.cap).all(), True),
        (Change("cap", value=1, resource="nurses"), lambda p: p.cap.tolist(), [[5, 1], [np.inf, 1]]),
        (Change("value", factor=2, region="North"), lambda p: p.value.tolist(), [2, 1]),
        (Change("policy", value="per-head"), lambda p: p.policy, "per-head"),
        (Change("space", value=7), lambda p: p.space.tolist(), [7, 7]),
        (Change("space", factor=2), lambda p: np.isinf(p.space).all(), True),
        (Change("space", value=7, region="South"), lambda p: p.space.tolist(), [np.inf, 7]),
        (Change("movable", value=0.2, resource="beds"), lambda p: [r.movable for r in p.resources], [0.2, 0]),
        (Change("move_cost", value=3, resource="nurses"), lambda p: [r.move_cost for r in p.resources], [0, 3]),
        (
            Change("length_of_stay", value=3, resource="beds"),
            lambda p: [r.length_of_stay for r in p.resources],
            [3, None],
        ),
    ],
)
def test_a_change_changes_what_it_says_and_leaves_the_base_alone(change, seen, expected):
    before = BASE.to_json()
    assert seen(after(change)) == expected
    assert BASE.to_json() == before


def test_changes_are_made_in_their_order():
    assert after(Change("stock", value=5, resource="beds"), Change("stock", factor=2)).stock.tolist() == [10, 80]
    assert after(Change("stock", factor=2), Change("stock", value=5, resource="beds")).stock.tolist() == [5, 80]


def test_no_change_is_the_same_problem():
    assert after() == BASE


def test_every_unknown_name_is_said_at_once():
    with pytest.raises(InputError) as caught:
        after(Change("demand", factor=2, region="East"), Change("stock", factor=2, resource="vans"))
    assert [str(fault) for fault in caught.value.faults] == [
        "The scenario changes an unknown region: East; known are: North, South.",
        "The scenario changes an unknown resource: vans; known are: beds, nurses.",
    ]


def test_a_budget_that_is_not_there_cannot_be_multiplied():
    free = apply(BASE, Scenario("free", (Change("budget", value="unlimited"),)))
    with pytest.raises(InputError, match="no budget that could be multiplied"):
        apply(free, Scenario("half", (Change("budget", factor=0.5),)))


def test_a_change_to_something_impossible_is_refused_as_the_problem_refuses_it():
    with pytest.raises(InputError, match="fraction from 0 to 1"):
        after(Change("floor", value=30))


OWN = replace(BASE, region_cost=[[5, np.nan], [np.nan, 7]], region_requirement=[[2, np.nan], [np.nan, np.nan]])
INDEPENDENT = replace(BASE, demand_of=[[20, 10], [4, 6]])


def changed(base, *changes):
    return apply(base, Scenario("test", changes))


@given(factor=st.floats(0, 10), resource=st.sampled_from([None, "beds", "nurses"]))
def test_a_price_rise_raises_every_price(factor, resource):
    after = changed(OWN, Change("unit_cost", factor=factor, resource=resource))
    named = np.array([resource in (None, name) for name in OWN.resource_names])
    np.testing.assert_allclose(after.unit_cost, np.where(named, factor, 1) * OWN.unit_cost)


def test_a_requirement_times_a_factor_is_so_in_every_region():
    assert changed(OWN, Change("requirement", factor=2)).requirement.tolist() == [[4, 2], [2, 2]]


def test_a_price_that_is_set_is_the_usual_one_and_a_region_keeps_its_own():
    assert changed(OWN, Change("unit_cost", value=9, resource="beds")).unit_cost.tolist() == [[5, 0], [9, 7]]


@given(
    factor=st.floats(0, 10), resource=st.sampled_from([None, "beds", "nurses"]), region=st.sampled_from([None, "South"])
)
def test_demand_stays_the_sum_of_the_demand_of_every_resource(factor, resource, region):
    after = changed(INDEPENDENT, Change("demand", factor=factor, resource=resource, region=region))
    regions = np.array([[region in (None, name)] for name in BASE.regions])
    resources = np.array([resource in (None, name) for name in BASE.resource_names])
    expected = np.where(regions & resources, factor, 1) * INDEPENDENT.demand_of
    np.testing.assert_allclose(after.demand_of, expected)
    np.testing.assert_allclose(after.demand, expected.sum(axis=1))


def test_the_demand_of_one_resource_can_be_set():
    after = changed(INDEPENDENT, Change("demand", value=50, resource="beds", region="South"))
    assert after.demand_of.tolist() == [[20, 10], [50, 6]] and after.demand.tolist() == [30, 56]


def test_whose_demand_is_meant_must_be_clear():
    with pytest.raises(InputError, match="setting the demand of South needs one of: beds, nurses"):
        changed(INDEPENDENT, Change("demand", value=50, region="South"))
    with pytest.raises(InputError, match="no demand of beds alone; leave it out"):
        changed(BASE, Change("demand", factor=2, resource="beds"))


def test_a_length_of_stay_that_is_not_there_cannot_be_multiplied():
    twice = Change("length_of_stay", factor=2)
    with pytest.raises(InputError, match="no length of stay of beds, nurses that could be multiplied"):
        after(twice)
    with pytest.raises(InputError, match="no length of stay of nurses that"):
        after(Change("length_of_stay", value=3, resource="beds"), Change("length_of_stay", factor=2, resource="nurses"))
    known = after(Change("length_of_stay", value=3, resource="beds"), twice)
    assert [each.length_of_stay for each in known.resources] == [6, None]


def test_space_without_a_limit_can_be_given_one_and_lose_it_again():
    assert after(Change("space", value=3), Change("space", value="unlimited")) == BASE


def test_a_movable_share_above_1_is_refused():
    with pytest.raises(InputError, match="Movable share of beds"):
        after(Change("movable", value=20, resource="beds"))


def test_a_new_region_has_its_demand_and_what_further_changes_give_it_and_leaves_the_others_as_they_are():
    base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), cap=[[5], [9]], population=[300, 100])
    opened = Change("site", value=8.0, region="West")
    grown = apply(base, Scenario("", (opened, Change("cap", value=3.0, region="West", resource="beds"))))
    assert grown.regions == ("North", "South", "West") and grown.demand.tolist() == [30, 10, 8]
    assert grown.cap.tolist() == [[5], [9], [3]] and grown.population.tolist() == [300, 100, 80]
    assert grown.existing.tolist() == [[0]] * 3 and np.isnan(grown.locked).all()


def test_what_is_wrong_with_new_regions_and_other_models_is_said_at_once():
    base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    changes = (
        Change("demand", factor=2.0, region="West"),
        Change("site", value=8.0, region="West"),
        Change("site", value=8.0, region="North"),
        Change("model", value="forest"),
    )
    with pytest.raises(InputError) as caught:
        apply(base, Scenario("", changes))
    said = str(caught.value)
    assert "West is changed before it is opened" in said and "There is a region North already" in said
    assert "no demand by “forest” here" in said


def test_another_model_makes_the_demand_and_later_changes_are_on_top():
    base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    changes = (Change("site", value=8.0, region="West"), Change("model", value="forest"), Change("demand", factor=2.0))
    changed = apply(base, Scenario("", changes), {"forest": {"South": 12.0, "North": 20.0}})
    assert changed.demand.tolist() == [40, 24, 16]
