import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.scenarios.underprediction import region_factors, underprediction
from medalloc.tables.table import Source, Table

POLICIES = ("most-served", "proportional", "max-min", "alpha:2")


def problem(demand: list[float], stock: float, policy: str = "proportional") -> Problem:
    names = tuple(f"region {place}" for place in range(len(demand)))
    return Problem(names, demand, (Resource("beds", stock=stock),), policy=policy)


def patients(region: list[str | None], group: list[int]) -> tuple[Table, np.ndarray]:
    frame = pd.DataFrame({"region": region})
    return Table(frame, {"region": "region"}, Source("test", "0" * 64)), np.array(group)


@given(
    st.lists(st.floats(1, 100), min_size=2, max_size=6),
    st.floats(0.05, 0.9),
    st.floats(1.0, 3.0),
    st.sampled_from(POLICIES),
)
@settings(max_examples=40)
def test_a_region_whose_need_is_predicted_too_low_never_gets_too_much_for_it(
    demand: list[float], share: float, ratio: float, policy: str
) -> None:
    asked = problem(demand, share * sum(demand), policy)
    factor = np.ones(len(demand))
    factor[0] = ratio
    lost = underprediction(asked, factor).units_lost
    if policy != "most-served":  # of regions that count alike, any may be served first
        assert lost[0, 0] >= -1e-6 * asked.stock[0]


def test_right_predictions_cost_no_region_anything() -> None:
    found = underprediction(problem([30, 10, 5], 20, "alpha:2"), np.ones(3))
    np.testing.assert_allclose(found.units_lost, 0, atol=1e-9)


def test_units_lost_are_the_difference_of_two_plans_made_by_hand() -> None:
    asked = problem([60, 40], 50)
    found = underprediction(asked, [1.5, 1.0], predicted=solve(asked))
    by_hand = 50 * np.array([90 / 130, 40 / 130]) - 50 * np.array([0.6, 0.4])
    np.testing.assert_allclose(found.units_lost[:, 0], by_hand, atol=1e-6)
    shown = found.frame()
    assert shown["demand corrected"].tolist() == [90, 40]
    np.testing.assert_allclose(shown["lost beds"], by_hand, atol=1e-6)


def test_persons_of_one_resource_alone_are_multiplied_with_their_region() -> None:
    asked = Problem(
        ("North", "South"),
        [30, 10],
        (Resource("beds", stock=10), Resource("nurses", stock=4)),
        demand_of=[[20, 10], [5, 5]],
    )
    found = underprediction(asked, [2.0, 1.0])
    assert found.corrected.problem.demand_of is not None
    assert found.corrected.problem.demand_of.tolist() == [[40, 20], [5, 5]]


def test_the_factor_of_a_region_is_the_mean_ratio_of_its_groups_by_expected_need() -> None:
    table, group = patients(["A", "A", "B", "B", None], [0, 1, 0, 0, 1])
    chance = [0.2, 0.6, 0.5, np.nan, 0.9]
    found = region_factors(table, ("B", "A", "C"), chance, group, [1.5, 0.5])
    assert found.tolist() == pytest.approx([1.5, (0.2 * 1.5 + 0.6 * 0.5) / 0.8, 1.0])


def test_a_group_whose_ratio_is_not_known_is_left_as_it_is_predicted() -> None:
    table, group = patients(["A", "A"], [0, 1])
    assert region_factors(table, ("A",), [0.5, 0.5], group, [np.nan, 2.0]).tolist() == [1.5]


def test_weights_count_as_persons() -> None:
    frame = pd.DataFrame({"region": ["A", "A"], "weight": [3.0, 1.0]})
    table = Table(frame, {"region": "region", "weight": "weight"}, Source("test", "0" * 64))
    assert region_factors(table, ("A",), [0.5, 0.5], np.array([0, 1]), [2.0, 1.0]).tolist() == [1.75]
