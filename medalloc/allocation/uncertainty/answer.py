"""The whole answer as plain values: rival plans held against the same futures, and whose number is fragile."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import policy_of
from medalloc.allocation.problem import Problem
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty.cautious import cautious
from medalloc.allocation.uncertainty.fragility import fragile_regions
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.plan import FuturesPlan
from medalloc.allocation.uncertainty.robustness import Robustness, robustness
from medalloc.allocation.uncertainty.sample_average import sample_average
from medalloc.allocation.uncertainty.served import require_understood, tail_mean
from medalloc.sentences import Sentence, sentence

SAMPLE_AVERAGE, CAUTIOUS = "sample-average", "cautious"
"""Names of the plans that are made for all futures at once."""

LEVEL = 0.9
"""The worst tenth."""

NEAR = 0.05
"""How much less than a future's best still counts as near it. [fraction]"""

LARGEST = 200_000
"""Regions times futures beyond which the cautious plan is left out: its program would run into its time limit."""

IN_PARTS = sentence(
    "The plans for all futures at once place parts of units too, where the others place whole ones: in whole units "
    "they would serve a little less."
)
"""What to know of them where units come whole."""

Progress = Callable[[float, Sentence], None]


def futures_json(problem: Problem, futures: Futures, *, progress: Progress | None = None) -> dict[str, object]:
    """Return how the problem's own plan and its rivals fare in every future, as plain values.

    Parameters
    ----------
    problem : Problem
        What is asked. Its own policy makes a plan for its own demand, the expected one, and so do the rules of thumb.
    futures : Futures
        What demand may be; the same regions in any order.
    progress : callable, optional
        Told the fraction done and what is being done.

    Returns
    -------
    dict
        ``own``: name of the problem's own plan, its policy. ``weighted``: whether persons count with different values.
        ``plans``: of each its name, ``expected_served``, ``unmet_in_worst_tenth`` (mean over the tenth of futures in
        which the plan leaves most unserved), ``served_in_worst_tenth`` (mean over the tenth in which it serves fewest),
        all three in persons; ``expected_worth`` and ``worth_unmet_in_worst_tenth``, the same with each counted with the
        value of the region, and likewise ``share_near_best`` (of futures in which it serves within 5 % of the best that
        foresight could), ``mean_regret``, ``largest_regret``; how it was found, how good that provably is for what it
        aims at, and its units by region. ``by_future``: what is served, at best and by plan, and the regret, counted
        with the values. ``fragile``: as `fragile_regions`. ``in_parts``: whether `IN_PARTS` is to be said.
        ``left_out``: plans that were not made, with the reason.
        [persons/period, fraction, units]

    Raises
    ------
    InputError
        If regions differ, or the problem holds a setting that is not taken into account.
    InfeasibleError
        With every limit that the floors or the locks break.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> futures = Futures(("Steady", "Erratic"), [[10, 0], [10, 0], [10, 40]])
    >>> found = futures_json(Problem(futures.regions, futures.mean, (Resource("beds", stock=15),)), futures)
    >>> [(each["plan"], round(each["expected_served"], 2)) for each in found["plans"]][:2]
    [('most-served', 9.29), ('sample-average', 11.67)]
    """
    tell = progress or _silent
    tell(0.0, sentence("Plans for the expected demand"))
    require_understood(problem)
    plans: dict[str, Plan | FuturesPlan] = {problem.policy: solve(problem)}
    tell(0.1, sentence("The best plan on average"))
    plans[SAMPLE_AVERAGE] = sample_average(problem, futures)
    if problem.demand.size * futures.count <= LARGEST:
        tell(0.2, sentence("The risk-averse plan (CVaR), which takes longest"))
        plans[CAUTIOUS] = cautious(problem, futures, level=LEVEL)
    for each in CATALOGUE.values():
        rule = policy_of(each.kind, 0.0)
        if each.aim(0.0).rule and rule not in plans and not each.faults(problem.population):
            plans[rule] = solve(replace(problem, policy=rule))
    tell(0.7, sentence("The best of every future"))
    found = robustness(problem, plans, futures, near=NEAR)
    tell(0.85, sentence("Whose numbers are fragile"))
    fragile = fragile_regions(problem, futures)
    return {
        "futures": futures.count,
        "demand": float(problem.demand.sum()),
        "expected_demand": float(futures.mean.sum()),
        "near": NEAR,
        "own": problem.policy,
        "weighted": problem.weighs_persons,
        "in_parts": bool(problem.whole.any()),
        "plans": _plans_json(problem, plans, futures, found),
        "by_future": {
            "best": found.best.tolist(),
            "served": found.served.to_dict("list"),
            "regret": found.regret.to_dict("list"),
        },
        "fragile": fragile.rename(columns=lambda name: name.replace(" ", "_")).to_dict("records"),
        "left_out": [] if CAUTIOUS in plans else [{"plan": CAUTIOUS, "reason": str(_too_large())}],
    }


def _silent(fraction: float, stage: Sentence) -> None:
    """Tell nobody."""


def _too_large() -> Sentence:
    return sentence(
        "The risk-averse plan is left out: regions times scenarios exceed {largest}; give fewer scenarios.",
        largest=LARGEST,
    )


def _plans_json(
    problem: Problem, plans: Mapping[str, Plan | FuturesPlan], futures: Futures, found: Robustness
) -> list[dict[str, object]]:
    ordered = futures.ordered_as(problem.regions)
    needed, persons_needed = ordered @ problem.value, ordered.sum(axis=1)
    near, regret = found.share_near_best, found.regret
    rows: list[dict[str, object]] = []
    for name, plan in plans.items():
        worth, served = found.served[name].to_numpy(), found.persons[name].to_numpy()
        rows.append(
            {
                "plan": name,
                "expected_served": float(served.mean()),
                "unmet_in_worst_tenth": tail_mean(np.maximum(0.0, persons_needed - served), LEVEL),
                "expected_worth": float(worth.mean()),
                "worth_unmet_in_worst_tenth": tail_mean(np.maximum(0.0, needed - worth), LEVEL),
                "served_in_worst_tenth": -tail_mean(-served, LEVEL),
                "share_near_best": float(near[name]),
                "mean_regret": float(regret[name].mean()),
                "largest_regret": float(regret[name].max()),
                "status": plan.status,
                "method": plan.method,
                "value": float(plan.value),
                "bound": float(plan.bound),
                "gap": plan.gap,
                "regions": [
                    {"region": region, "units": dict(zip(problem.resource_names, units, strict=True))}
                    for region, units in zip(problem.regions, plan.units.tolist(), strict=True)
                ],
            }
        )
    return rows
