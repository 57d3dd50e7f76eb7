"""Laws that every measure of inequality keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.measures import (
    atkinson,
    concentration_index,
    erreygers_index,
    gini,
    lowest_over_highest,
    mean_log_deviation,
    palma,
    theil,
)
from medalloc.errors import InputError

BY_SIZE = {
    "Gini": gini,
    "Theil T": theil,
    "mean log deviation": mean_log_deviation,
    "Atkinson 0.5": lambda values, weights=None: atkinson(values, 0.5, weights),
    "Atkinson 1": lambda values, weights=None: atkinson(values, 1.0, weights),
    "Atkinson 3": lambda values, weights=None: atkinson(values, 3.0, weights),
    "Palma": palma,
    "lowest over highest": lowest_over_highest,
}
BEST = dict.fromkeys(BY_SIZE, 0.0) | {"Palma": 0.25, "lowest over highest": 1.0}
BY_RANK = {"concentration index": concentration_index, "Erreygers": erreygers_index}

each_measure = pytest.mark.parametrize("name", BY_SIZE)


def same(one, other):
    return one == other or np.isclose(one, other, rtol=1e-9, atol=1e-9)


@each_measure
@settings(max_examples=12)
@given(data=st.data(), factor=st.floats(0.01, 100))
def test_inequality_is_unchanged_when_everyone_has_so_many_times_as_much(name, data, factor, drawn_people):
    values, weights = data.draw(drawn_people())
    assert same(BY_SIZE[name](values, weights), BY_SIZE[name](np.array(values) * factor, weights))


@each_measure
@settings(max_examples=12)
@given(data=st.data(), factor=st.floats(0.01, 100))
def test_inequality_is_unchanged_when_every_group_has_so_many_times_the_persons(name, data, factor, drawn_people):
    values, weights = data.draw(drawn_people())
    assert same(BY_SIZE[name](values, weights), BY_SIZE[name](values, np.array(weights) * factor))


@each_measure
@settings(max_examples=12)
@given(data=st.data())
def test_a_region_cut_in_two_halves_changes_nothing(name, data, drawn_people):
    values, weights = data.draw(drawn_people())
    place = data.draw(st.integers(0, len(values) - 1))
    halved = [*weights, weights[place] / 2]
    halved[place] /= 2
    assert same(BY_SIZE[name](values, weights), BY_SIZE[name]([*values, values[place]], halved))


@each_measure
@settings(max_examples=12)
@given(data=st.data(), value=st.integers(0, 9))
def test_a_group_without_persons_changes_nothing(name, data, value, drawn_people):
    values, weights = data.draw(drawn_people())
    assert same(BY_SIZE[name](values, weights), BY_SIZE[name]([*values, value], [*weights, 0.0]))


@each_measure
@settings(max_examples=12)
@given(data=st.data())
def test_the_order_of_the_groups_changes_nothing(name, data, drawn_people):
    values, weights = data.draw(drawn_people())
    order = data.draw(st.permutations(range(len(values))))
    mixed = BY_SIZE[name]([values[place] for place in order], [weights[place] for place in order])
    assert same(BY_SIZE[name](values, weights), mixed)


@each_measure
@settings(max_examples=25)
@given(data=st.data(), step=st.floats(0.01, 0.5))
def test_a_gift_from_one_who_has_more_to_one_who_has_less_never_makes_it_less_equal(name, data, step, drawn_people):
    """Pigou and Dalton: so much persons' worth is taken from one group and given to another, which stays behind."""
    others, persons = data.draw(drawn_people(smallest=1))
    poor, lead = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 8))
    giving = data.draw(st.permutations([1.0, 2.0]))
    values, weights = np.array([poor, poor + lead, *others], float), np.array([*giving, *persons])
    # at a step of 0.5 of this both have the same afterwards
    whole = 2 * lead / (1 / weights[0] + 1 / weights[1])
    after = values.copy()
    after[0] += step * whole / weights[0]
    after[1] -= step * whole / weights[1]
    change = BY_SIZE[name](after, weights) - BY_SIZE[name](values, weights)
    if name == "lowest over highest":
        assert change >= -1e-12
    elif name == "Palma":
        assert change <= 1e-12
    else:
        assert change < 0


@each_measure
@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 1e-300, 1e300])
def test_equality_is_the_best_value_and_so_are_nothing_nobody_and_a_single_group(name, value):
    measure = BY_SIZE[name]
    for found in (
        measure([value] * 3, [1, 2, 7]),
        measure([value]),
        measure([value, 2 * value], [5, 0]),
        measure([value, 2 * value], [0, 0]),
        measure([]),
    ):
        assert found == pytest.approx(BEST[name], abs=1e-15)


@each_measure
@settings(max_examples=12)
@given(data=st.data())
def test_no_distribution_is_better_than_equality(name, data, drawn_people):
    found = BY_SIZE[name](*data.draw(drawn_people()))
    assert found <= 1 if name == "lowest over highest" else found >= BEST[name] - 1e-12


@each_measure
@pytest.mark.parametrize(
    ("values", "weights"),
    [([-1], None), ([np.nan], None), ([np.inf], None), ([1], [-1]), ([1], [np.nan]), ([1], [1, 2]), ([[1]], None)],
)
def test_what_cannot_be_measured_is_refused(name, values, weights):
    with pytest.raises(InputError):
        BY_SIZE[name](values, weights)


@pytest.mark.parametrize("name", BY_RANK)
@settings(max_examples=25)
@given(data=st.data())
def test_measures_by_rank_change_their_sign_when_the_rank_is_turned_round(name, data, drawn_people):
    values, weights = data.draw(drawn_people())
    rank = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=len(values), max_size=len(values))))
    values = np.array(values) / 12
    found = BY_RANK[name](values, rank, weights)
    assert np.isclose(found, -BY_RANK[name](values, -rank, weights), atol=1e-12)
    assert -1 - 1e-12 <= found <= 1 + 1e-12


@pytest.mark.parametrize("name", BY_RANK)
@settings(max_examples=25)
@given(data=st.data())
def test_measures_by_rank_see_only_the_order_of_the_ranks_and_persons(name, data, drawn_people):
    values, weights = data.draw(drawn_people())
    rank = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=len(values), max_size=len(values))), float)
    values, measure = np.array(values) / 12, BY_RANK[name]
    found = measure(values, rank, weights)
    assert np.isclose(found, measure(values, np.exp(rank), weights), atol=1e-12)
    halves = [np.concatenate([each, each]) for each in (values, rank, np.array(weights) / 2)]
    assert np.isclose(found, measure(*halves), atol=1e-12)
    assert np.isclose(found, measure([*values, 0.5], [*rank, 0.0], [*weights, 0.0]), atol=1e-12)
