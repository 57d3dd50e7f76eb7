from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.explaining.side_by_side import regions_side_by_side, scores_side_by_side
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.scorecard import scorecard
from medalloc.allocation.solving import solve
from medalloc.errors import InputError

PROBLEM = Problem(
    ("North", "South"), [30, 10], (Resource("beds", 20, unit_cost=3),), value=[1, 2], population=[300, 300]
)
PLANS = {name: solve(replace(PROBLEM, policy=name)) for name in ("most-served", "per-head", "proportional")}


def test_every_score_of_every_plan_is_there_with_its_own_level():
    rows = scores_side_by_side(PLANS, groups=["A", "B"], rank=[1, 2])
    for name, plan in PLANS.items():
        assert tuple(row.scores[name] for row in rows) == scorecard(plan, groups=["A", "B"], rank=[1, 2])


def test_the_fairest_plan_is_the_one_closest_to_the_best_value_and_ties_are_named():
    rows = {row.key: row for row in scores_side_by_side(PLANS)}
    assert rows["gini"].fairest == ("proportional",)
    assert rows["lowest_coverage"].fairest == ("proportional",)
    assert rows["highest_coverage"].fairest == ("most-served", "per-head")
    assert rows["below_floor"].fairest == tuple(PLANS)


def test_the_regions_of_all_plans_are_in_one_table():
    table = regions_side_by_side(PLANS)
    assert list(table) == ["plan", "region", "demand", "served", "unmet", "coverage", "placed beds", "spent"]
    assert len(table) == 2 * len(PLANS)
    for name, plan in PLANS.items():
        rows = table[table["plan"] == name]
        assert list(rows["region"]) == ["North", "South"]
        assert np.allclose(rows["served"] + rows["unmet"], [30, 10])
        assert np.allclose(rows["placed beds"], plan.units[:, 0]) and rows["spent"].sum() == pytest.approx(plan.spent)


def test_a_resource_that_a_plan_does_not_have_is_empty_there():
    nurses = solve(replace(PROBLEM, resources=(Resource("nurses", 20),), value=[1, 1]))
    table = regions_side_by_side({"beds": PLANS["per-head"], "nurses": nurses})
    assert list(table)[-3:] == ["placed beds", "placed nurses", "spent"]
    assert pd.isna(table.loc[table["plan"] == "nurses", "placed beds"]).all()


@pytest.mark.parametrize("compare", [scores_side_by_side, regions_side_by_side])
def test_no_plan_and_plans_for_other_regions_are_refused(compare):
    with pytest.raises(InputError, match="no plan"):
        compare({})
    other = solve(replace(PROBLEM, regions=("East", "West")))
    with pytest.raises(InputError, match="same regions"):
        compare({"one": PLANS["per-head"], "other": other})
