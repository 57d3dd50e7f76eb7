"""Other plans beside this one: under other policies, other floors, another world."""

import json
from dataclasses import replace

from medalloc.allocation.explaining import conflicts
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED, POLICIES
from medalloc.allocation.solving import solve
from medalloc.scenarios import Scenario, apply
from medalloc.scenarios.frontier import FrontierPoint
from medalloc.scenarios.frontier import frontier as trace_frontier
from medalloc.ui import state
from medalloc.ui.chain.planning import alpha_fair, plan, problem
from medalloc.ui.kit.growing import Growing


def frontier(points: int) -> Growing[FrontierPoint]:
    """Return the plans between serving the most and the largest common floor, most served first, as far as found."""
    asked = problem()
    if asked is None:
        return Growing(iter(()))
    base = replace(asked, policy=MOST_SERVED)
    key = (state.Same(asked), points)
    return state.remember("frontier", key, lambda: Growing(trace_frontier(base, points)))


def rivals_take(of: Plan) -> float:
    """Return about how long the plans of all other policies take, judged by this one; 0 when they are made [s]."""
    kept = state.visit().computed.get("every policy")
    return 0.0 if kept is not None and kept[0] == state.Same(of.problem) else of.seconds * len(POLICIES)


def every_policy() -> dict[str, Plan]:
    """Return the plan under each policy within the same limits; per head only when the population is known."""
    asked, own = problem(), plan()
    if asked is None or own is None:
        return {}
    every = (MOST_SERVED, alpha_fair(), *(each for each in POLICIES if each != MOST_SERVED))
    possible = [each for each in every if each != "per-head" or asked.population is not None]
    return state.remember(
        "every policy",
        state.Same(asked),
        lambda: {each: own if each == asked.policy else solve(replace(asked, policy=each)) for each in possible},
    )


def largest_floor(scenario: Scenario | None = None) -> float:
    """Return the largest common floor that fits stocks, caps and budget, also after a scenario's changes [fraction]."""
    asked = problem()
    if asked is None:
        return 1.0
    return conflicts.largest_floor(asked if scenario is None else apply(asked, scenario))


def plan_if(scenario: Scenario) -> Plan | None:
    """Return the plan of the current problem with a scenario's changes."""
    asked = problem()
    if asked is None:
        return None
    key = (state.Same(asked), json.dumps(scenario.to_json(), sort_keys=True))
    return state.remember("plan if", key, lambda: solve(apply(asked, scenario)))
