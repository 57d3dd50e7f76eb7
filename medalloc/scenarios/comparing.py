"""What in a scenario does nothing to the plan."""

from dataclasses import replace

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.needed import takes_long
from medalloc.allocation.solving import solve
from medalloc.errors import Conflict, InfeasibleError
from medalloc.scenarios.applying import NO_OTHERS, Demands, apply
from medalloc.scenarios.change import SITE, TRIED, Change, Scenario
from medalloc.sentences import Sentence, sentence

SAME = 1e-9
"""Share by which two plans may differ and still be the same plan."""


def without_effect(base: Plan, changed: Plan, scenario: Scenario, demands: Demands = NO_OTHERS) -> tuple[Sentence, ...]:
    """Return, for every change that makes no difference to the plan, a sentence that says so and why.

    A change counts only if it moves nothing when it is made alone *and* nothing when it alone is left out: two changes
    that work only together are not reported, and neither is one of two that each do the same. Nothing is reported where
    a plan takes long: of several changes, this takes two for each.

    Parameters
    ----------
    changed : Plan
        With all of them.
    demands : mapping, optional
        Of the models or forecasters that may be taken instead.
    """
    if takes_long(base.problem):
        return ()
    # what is changed in a new region goes with it
    opened = {change.region for change in scenario.changes if change.what == SITE}
    found = []
    for place, change in enumerate(scenario.changes):
        if change.region in opened:
            continue
        alone = apply(base.problem, replace(scenario, changes=(change,)), demands)
        others = scenario.changes[:place] + scenario.changes[place + 1 :]
        # a change that is the only one has been planned with, and without it there is the base
        if _same(_outcome(alone) if others else changed, base) and (
            not others or _same(_outcome(apply(base.problem, replace(scenario, changes=others), demands)), changed)
        ):
            found.append(_why_not(base, change, unchanged=alone == base.problem))
    return tuple(found)


def _why_not(base: Plan, change: Change, *, unchanged: bool) -> Sentence:
    if unchanged:
        return sentence("No effect: {change}. That is what it was already.", change=change.sentence)
    if change.what == "floor" and isinstance(change.value, int | float) and change.value <= base.lowest_coverage:
        return sentence(
            "No effect: {change}. Every region is already covered to {percent}% or more.",
            change=change.sentence,
            percent=100 * base.lowest_coverage,
        )
    kinds = {each.of: each for each in TRIED[change.what]}
    if {"resource", "cell"} <= set(kinds) and change.resource is not None and change.factor is None:
        place = base.problem.resource_names.index(change.resource)
        if not np.isnan(getattr(base.problem, kinds["cell"].field)[:, place]).any():
            return sentence("No effect: {change}. Every region has its own.", change=change.sentence)
    if change.what == "stock":
        names = [change.resource] if change.resource else base.problem.resource_names
        left = dict(zip(base.problem.resource_names, base.left.tolist(), strict=True))
        if all(left[name] > SAME for name in names):
            return sentence("No effect: {change}. The plan leaves some of it in stock.", change=change.sentence)
    if change.what == "budget" and (base.problem.budget is None or base.spent < base.problem.budget):
        return sentence("No effect: {change}. The plan spends {spent}.", change=change.sentence, spent=base.spent)
    return sentence("No effect: {change}. The plan stays the same.", change=change.sentence)


def _outcome(problem: Problem) -> Plan | tuple[Conflict, ...]:
    try:
        return solve(problem)
    except InfeasibleError as error:
        return error.conflicts


def _same(one: Plan | tuple[Conflict, ...], other: Plan | tuple[Conflict, ...]) -> bool:
    if not isinstance(one, Plan) or not isinstance(other, Plan):
        return one == other
    names = [(each.problem.resource_names, each.problem.regions) for each in (one, other)]
    if names[0] != names[1]:
        return False
    return all(
        np.allclose(left, right, rtol=SAME, atol=SAME * max(1.0, float(np.abs(left).max(initial=0.0))))
        for left, right in ((one.units, other.units), (one.served, other.served), (one.coverage, other.coverage))
    )
