from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.priority.choosing import NONE, OPEN, choose


@st.composite
def waiting(draw):
    patients, categories = draw(st.integers(0, 8)), draw(st.integers(0, 3))
    eligible = np.array(draw(st.lists(st.booleans(), min_size=patients * categories, max_size=patients * categories)))
    reserved = np.array(draw(st.lists(st.integers(0, 3), min_size=categories, max_size=categories)), dtype=np.int64)
    rules = {"open_first": draw(st.booleans()), "keep_unfilled": draw(st.booleans())}
    return eligible.astype(bool).reshape(patients, categories), reserved, draw(st.integers(0, 4)), rules


def fit(eligible, reserved):
    """Whether all of these patients can have reserved units, by trying."""
    if not len(eligible):
        return True
    return any(
        fit(eligible[1:], reserved - (np.arange(len(reserved)) == each))
        for each in np.flatnonzero(eligible[0] & (reserved > 0))
    )


def most(eligible, reserved):
    """How many of these patients can have reserved units, by trying every set of them."""
    sizes = range(min(len(eligible), int(reserved.sum())), 0, -1)
    sets = (list(each) for size in sizes for each in combinations(range(len(eligible)), size))
    return next((len(each) for each in sets if fit(eligible[each], reserved)), 0)


@given(waiting())
def test_the_four_properties_hold(asked):
    eligible, reserved, units, rules = asked
    choice = choose(eligible, reserved, units, **rules)
    category = choice.category
    mine = [(each, into) for each, into in enumerate(category) if into >= 0]
    # only those who are in a category take its units, and no more than there are
    assert all(eligible[each] for each in mine)
    counts = np.array([(category == each).sum() for each in range(len(reserved))], dtype=np.int64)
    assert (counts == reserved - choice.unfilled).all() and (choice.unfilled >= 0).all()
    # as many reserved units as possible go to those whom they are for
    assert len(mine) == most(eligible, reserved)
    # nobody waits beside a unit that they may have
    opened = 0 if rules["keep_unfilled"] else int(choice.unfilled.sum())
    waits = np.flatnonzero(category == NONE)
    assert not (eligible[waits] & (choice.unfilled > 0)).any()
    assert (category == OPEN).sum() <= units + opened == units + choice.opened
    assert not len(waits) or (category == OPEN).sum() == units + opened
    # nobody waits while one of lower priority has what they could have
    for one in waits:
        behind = category[one + 1 :]
        assert not (behind == OPEN).any() and not eligible[one, behind[behind >= 0]].any()


@given(waiting(), st.data())
def test_who_rises_does_not_lose_a_unit(asked, data):
    eligible, reserved, units, rules = asked
    served = np.flatnonzero(choose(eligible, reserved, units, **rules).category != NONE)
    if not len(served):
        return
    one = data.draw(st.sampled_from(served.tolist()))
    to = data.draw(st.integers(0, one))
    order = [*(each for each in range(to)), one, *(each for each in range(to, len(eligible)) if each != one)]
    assert choose(eligible[order], reserved, units, **rules).category[to] != NONE


@given(waiting(), st.data())
def test_who_enters_a_category_does_not_lose_a_unit_when_reserves_come_first(asked, data):
    eligible, reserved, units, rules = asked
    if not eligible.size or rules["open_first"]:
        return
    before = choose(eligible, reserved, units, **rules).category
    one = data.draw(st.integers(0, len(eligible) - 1))
    more = eligible.copy()
    more[one, data.draw(st.integers(0, len(reserved) - 1))] = True
    if before[one] != NONE:
        assert choose(more, reserved, units, **rules).category[one] != NONE


def by_definition(eligible, reserved, open_units, open_first):
    """Smart reserves, patient by patient: who takes an open unit at first, and who a reserved one."""
    best, first, reserve = most(eligible, reserved), [], []
    for one in range(len(eligible)):
        rest = [each for each in range(len(eligible)) if each not in (*first, one)]
        spared = most(eligible[rest], reserved) == best and _with(eligible, reserved, reserve, rest, best)
        if open_first and len(first) < open_units and spared:
            first.append(one)
        elif fit(eligible[[*reserve, one]], reserved):
            reserve.append(one)
    return first, reserve


def _with(eligible, reserved, inside, rest, best):
    """Whether as many as ever can have reserved units out of `rest`, those inside among them."""
    others = [each for each in rest if each not in inside]
    return any(fit(eligible[[*inside, *each]], reserved) for each in combinations(others, best - len(inside)))


@given(waiting())
def test_it_is_the_smart_reserve_rule_patient_by_patient(asked):
    eligible, reserved, units, rules = asked
    first, reserve = by_definition(eligible, reserved, units, rules["open_first"])
    category = choose(eligible, reserved, units, **rules).category
    assert np.flatnonzero(category >= 0).tolist() == reserve
    assert (category[first] == OPEN).all()


@given(waiting())
def test_rejecting_from_the_last_on_gives_the_same_patients(asked):
    eligible, reserved, units, _ = asked
    best, left = most(eligible, reserved), list(range(len(eligible)))
    for one in reversed(range(len(eligible))):
        without = [each for each in left if each != one]
        left = without if most(eligible[without], reserved) == best else left
    category = choose(eligible, reserved, units, open_first=False, keep_unfilled=True).category
    assert np.flatnonzero(category >= 0).tolist() == left


@pytest.mark.parametrize(("open_first", "served"), [(False, [0, 1]), (True, [0, 2])])
def test_a_reserve_is_the_least_or_comes_on_top(open_first, served):
    eligible = np.array([[True], [False], [True]])
    category = choose(eligible, np.array([1]), 1, open_first=open_first, keep_unfilled=False).category
    assert np.flatnonzero(category != NONE).tolist() == served


def test_many_patients_and_ten_categories_keep_their_limits():
    rng = np.random.default_rng(0)
    eligible = rng.random((20_000, 10)) < np.linspace(0.02, 0.4, 10)
    reserved = rng.integers(100, 900, 10)
    choice = choose(eligible, reserved, 2_000, open_first=True, keep_unfilled=False)
    counts = np.bincount(choice.category[choice.category >= 0], minlength=10)
    assert (counts + choice.unfilled == reserved).all() and (choice.category != NONE).sum() == reserved.sum() + 2_000
    rows = np.flatnonzero(choice.category >= 0)
    assert eligible[rows, choice.category[rows]].all()
