"""Plans with a coverage as wished for, and their scores by key."""

from dataclasses import replace

import numpy as np
import pytest

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.scorecard import scorecard
from medalloc.allocation.solving import solve


def serving(coverage, demand=(40.0, 10.0, 50.0), **changes) -> Plan:
    """Return a plan that serves these shares of the demand, however it came about."""
    problem = Problem(("A", "B", "C"), list(demand), (Resource("beds", 1000),), **changes)
    served = problem.demand * np.array(coverage)
    return replace(solve(problem), units=served[:, None], served=served)


@pytest.fixture(scope="session")
def plan_with():
    return serving


@pytest.fixture(scope="session")
def scores():
    return lambda plan, **known: {score.key: score for score in scorecard(plan, **known)}
