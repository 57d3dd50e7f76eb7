"""What a worker does with a problem is what the library answers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medalloc.allocation.explaining.marginal import marginal
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import policy_of
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.jobs.planning import FindMargin, FindPlan, FindRivals, HoldFutures, rivals_of

PROBLEM = Problem(("A", "B"), [20, 30], (Resource("beds", stock=20),), population=[100, 300])


def done(task: Any, folder: Path) -> tuple[Any, list[float]]:
    told: list[float] = []
    task.perform(folder, lambda share, _stage: told.append(share))
    return task.answer(folder), told


def test_the_plan_and_its_margin_are_those_of_the_library(tmp_path: Path) -> None:
    plan, _ = done(FindPlan(PROBLEM, None), tmp_path)
    np.testing.assert_array_equal(plan.units, solve(PROBLEM).units)
    margin, _ = done(FindMargin(plan), tmp_path)
    assert margin.to_json(plan) == marginal(plan).to_json(plan)


def test_every_policy_that_is_not_followed_and_can_be_has_its_plan(tmp_path: Path) -> None:
    asked = rivals_of(PROBLEM, 2.0)
    possible = [policy_of(name, 2.0) for name, each in CATALOGUE.items() if not each.faults(PROBLEM.population)]
    assert [each.policy for each in asked] == [each for each in possible if each != PROBLEM.policy]
    plans, told = done(FindRivals(PROBLEM, 2.0, None), tmp_path)
    assert set(plans) == {each.policy for each in asked} and told[0] == 0
    assert told == pytest.approx([each / len(asked) for each in range(len(asked))])
    for policy, plan in plans.items():
        np.testing.assert_allclose(plan.units, solve(replace(PROBLEM, policy=policy)).units)


def test_futures_are_answered_as_the_library_answers(tmp_path: Path) -> None:
    futures = Futures(PROBLEM.regions, np.array([[20.0, 30], [0, 40], [40, 0]]))
    found, _ = done(HoldFutures(PROBLEM, futures.demand), tmp_path)
    assert found == futures_json(PROBLEM, futures)
