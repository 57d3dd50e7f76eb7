import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, fragile_regions
from medalloc.errors import InputError


def test_where_every_future_is_the_expected_one_no_number_is_fragile():
    problem = Problem(("A", "B"), [20, 10], (Resource("beds", 12), Resource("nurses", 30, requirement=2)))
    table = fragile_regions(problem, Futures(problem.regions, [problem.demand] * 5))
    assert not table["fragile"].any()
    assert table["units"].to_numpy() == pytest.approx(table["low"].to_numpy()) and len(table) == 4
    assert table["resource"].tolist() == ["beds", "nurses"] * 2


def test_a_region_is_fragile_whose_own_plans_differ_and_a_steady_one_is_not():
    random = np.random.default_rng(1)
    demand = np.column_stack([np.full(200, 30.0), random.uniform(0, 40, 200)])
    problem = Problem(("Steady", "Erratic"), [30, 20], (Resource("beds", 100),))
    table = fragile_regions(problem, Futures(problem.regions, demand)).set_index("region")
    assert table["fragile"].to_dict() == {"Steady": False, "Erratic": True}
    assert table.loc["Erratic", "against the mean"] and table.loc["Erratic", "high"] > 35


def test_a_wider_margin_never_finds_more_fragile():
    random = np.random.default_rng(2)
    futures = Futures(tuple("ABCD"), random.gamma(2, 10, (30, 4)))
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 40),), floor=[0.2, 0, 0, 0])
    found = [fragile_regions(problem, futures, share=share)["fragile"].sum() for share in (0.0, 0.25, 1.0, 100.0)]
    assert found == sorted(found, reverse=True) and found[0] == 4 and found[-1] == 0


def test_a_share_that_is_no_share_is_refused():
    problem = Problem(("A",), [1], (Resource("beds", 1),))
    with pytest.raises(InputError, match="at least 0"):
        fragile_regions(problem, Futures(("A",), [[1]]), share=-1)
