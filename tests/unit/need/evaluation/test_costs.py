from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.need.evaluation.costs import cheapest_threshold, mean_cost, threshold_by_cost

CASES = st.tuples(st.integers(4, 60), st.integers(0, 10**6), st.booleans())
COSTS = st.floats(0.1, 50)


def case(what: tuple[int, int, bool]) -> tuple[np.ndarray, np.ndarray]:
    rows, seed, tied = what
    draw = np.random.default_rng(seed)
    probability = draw.random(rows)
    return (draw.random(rows) < probability).astype(int), probability.round(1) if tied else probability


@given(CASES, COSTS, COSTS)
@settings(max_examples=40)
def test_no_threshold_costs_less_than_the_cheapest(what: tuple[int, int, bool], missed: float, false: float) -> None:
    need, probability = case(what)
    found = cheapest_threshold(need, probability, missed=missed, false=false)
    every = [mean_cost(need, probability, each, missed=missed, false=false) for each in [*probability, 0.0, 1.1]]
    assert found.cost == pytest.approx(min(every))
    assert 0 <= found.interval.low <= found.interval.high <= 1


def test_true_probabilities_are_cheapest_near_the_ratio_of_costs() -> None:
    need, probability = case((20_000, 1, False))
    for missed, false in ((1, 1), (9, 1), (1, 3)):
        found = cheapest_threshold(need, probability, missed=missed, false=false)
        assert found.threshold == pytest.approx(threshold_by_cost(missed, false), abs=0.05)
        assert found.interval.low <= found.threshold <= found.interval.high


def test_a_dearer_miss_never_raises_the_threshold() -> None:
    thresholds = [threshold_by_cost(missed, 1.0) for missed in (0.0, 0.5, 1.0, 10.0, 1000.0)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] == 1.0


def test_costs_that_decide_nothing_are_refused_all_at_once() -> None:
    with pytest.raises(InputError, match="both cost 0"):
        threshold_by_cost(0, 0)
    with pytest.raises(InputError) as caught:
        cheapest_threshold([0, 1], [0.2, 0.8], missed=-1, false=float("nan"))
    assert "a false negative is -1" in str(caught.value) and "a false positive is nan" in str(caught.value)


@given(st.integers(0, 10**6), st.integers(2, 30), st.floats(0.1, 20), st.floats(0.1, 20))
@settings(max_examples=40)
def test_the_cheapest_threshold_lies_midway_between_two_probabilities_or_at_an_end_and_costs_what_is_said(
    seed: int, rows: int, missed: float, false: float
) -> None:
    draw = np.random.default_rng(seed)
    need, probability = draw.integers(0, 2, rows), draw.random(rows).round(1)
    weight = draw.uniform(0.5, 2, rows)
    known = sorted(set(probability.tolist()))
    between = [0.0, *((one + other) / 2 for one, other in pairwise(known)), 1.0]
    costs = []
    for place, each in enumerate(between):
        called = probability >= (each if place < len(between) - 1 else 2.0)
        costs.append(np.average(np.where(called, false * (need == 0), missed * (need == 1)), weights=weight))
    found = cheapest_threshold(need, probability, missed=missed, false=false, weight=weight)
    assert found.cost == pytest.approx(min(costs))
    assert costs[int(np.argmin(np.abs(np.array(between) - found.threshold)))] == pytest.approx(min(costs))
    assert min(abs(each - found.threshold) for each in between) < 1e-12
    assert 0 <= found.interval.low <= found.interval.high <= 1
