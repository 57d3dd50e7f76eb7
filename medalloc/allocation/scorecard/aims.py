"""What a plan is to achieve: fair, efficient, little waste, short waits, quality; one figure each, with its meaning."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.allocation.plan import Plan, counted_in
from medalloc.allocation.problem import Array
from medalloc.allocation.scorecard.score import percent
from medalloc.allocation.waiting.of_plan import in_one_sentence, in_time, waits_of
from medalloc.allocation.waiting.waits import Waits, longest_but
from medalloc.errors import InputError
from medalloc.sentences import Sentence, counted, sentence, together

LATE = 0.05
"""Share of those who arrive that waits longer than the wait which is named. [fraction]"""

DUST = 1e-6
"""Units below which nothing is left or idle. [units]"""


@dataclass(frozen=True)
class Aim:
    """One aim of a plan, and how far it is reached."""

    key: str
    """What a program calls it, such as ``little_waste``."""

    name: Sentence
    """What a reader calls it."""

    measure: Sentence
    """What is measured."""

    value: float | None
    """How far it is reached, in its unit; infinite where a queue grows without end, None where it cannot be told."""

    unit: Literal["fraction", "hours"]
    """``fraction`` reads as a percentage, of which more is better; of ``hours`` fewer are."""

    meaning: Sentence
    """What this value means, in plain words; where there is none, what it takes to have one."""


def aims(plan: Plan, unit: str | None = None) -> tuple[Aim, ...]:
    """Return how far a plan reaches each of five aims: fair, efficient, little waste, short waits, quality.

    Parameters
    ----------
    plan : Plan
        What is judged.
    unit : str, optional
        What demand is counted in, in the plural; people when left out.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), floor=[0, 0.9]))
    >>> for each in aims(plan):
    ...     print(f"{each.name}: {each.measure} {each.value}. {each.meaning}")
    Fair: Lowest coverage 0.36666666666666664. The worst-off region, North, gets 36.7%, the best-off 90%.
    Efficient: Of the most people possible 1.0. No plan within these limits serves more people.
    Little waste: Units in use 1.0. Every unit of beds, there or placed, serves somebody; none is left in stock.
    Short waits: Mean wait None. Waits are told once a resource has a length of stay.
    Quality: Coverage by value 0.5. Everybody counts alike: no region has a value of its own.
    """
    return (_fair(plan), _efficient(plan, unit), _little_waste(plan), _short_waits(plan), _quality(plan))


def aims_json(plan: Plan) -> dict[str, float | None]:
    """Return the aims as plain numbers by their keys; None for what cannot be told or is infinite."""
    return {one.key: one.value if one.value is not None and math.isfinite(one.value) else None for one in aims(plan)}


def idle(plan: Plan) -> Array:
    """Return units that are there or placed and serve nobody, by region and resource [units].

    A unit that does the work of another resource is in use. What stands in for a resource is not counted as that one.
    """
    there = plan.problem.existing + plan.units
    served = plan.served[:, None] if plan.served_of is None else plan.served_of
    busy = np.minimum(served * plan.problem.requirement, there)
    if plan.standing_in is not None:
        busy = np.minimum(busy + plan.standing_in, there)
    return np.maximum(0.0, there - busy)


def _fair(plan: Plan) -> Aim:
    reached = plan.coverage[plan.problem.demand > 0]
    lowest, highest = plan.lowest_coverage, float(reached.max()) if len(reached) else 1.0
    meaning = sentence("Every region gets {lowest}%.", lowest=percent(lowest))
    if percent(lowest) != percent(highest):
        meaning = sentence(
            "The worst-off region, {region}, gets {lowest}%, the best-off {highest}%.",
            region=plan.worst_region,
            lowest=percent(lowest),
            highest=percent(highest),
        )
    return Aim("fair", sentence("Fair"), sentence("Lowest coverage"), lowest, "fraction", meaning)


def _efficient(plan: Plan, unit: str | None) -> Aim:
    most, served = plan.most_served, float(plan.served.sum())
    counted = counted_in(unit)
    said = [sentence("No plan within these limits serves more {unit}.", unit=counted)]
    if round(most - served, 2) > 0:
        said = [
            sentence(
                "{served} {unit} are served, of {most} at most within these limits.",
                unit=counted,
                served=round(served, 1),
                most=round(most, 1),
            )
        ]
    if plan.spent > 0:
        said.append(_cost(plan.spent / served, unit) if served > 1e-9 else sentence("The placed units serve nobody."))
    name, measure = sentence("Efficient"), sentence("Of the most {unit} possible", unit=counted)
    return Aim("efficient", name, measure, 1.0 - plan.price_of_fairness, "fraction", together(said))


def _cost(each: float, unit: str | None) -> Sentence:
    if unit is None:
        return sentence("The placed units cost {each} for each person served.", each=each)
    return sentence("The placed units cost {each} for each unit of demand served ({unit}).", each=each, unit=unit)


def _little_waste(plan: Plan) -> Aim:
    problem, standing = plan.problem, idle(plan).sum(axis=0)
    every = problem.existing.sum(axis=0) + plan.used + plan.left
    waste = np.divide(standing + plan.left, every, out=np.zeros_like(every), where=every > 0)
    most = int(waste.argmax())
    named: dict[str, object] = {"resource": problem.resource_names[most]}
    if standing[most] + plan.left[most] <= DUST:
        meaning = sentence(
            "Every unit of {resource}, there or placed, serves somebody; none is left in stock.", **named
        )
        if len(problem.resources) > 1:
            meaning = sentence("Every unit, there or placed, serves somebody; none is left in stock.")
    else:
        named |= {"left": round(float(plan.left[most]), 1), "idle": round(float(standing[most]), 1)}
        meaning = counted(
            "Of {resource}, {left} unit stays in stock and {idle} stand idle in their regions; of every other "
            "resource a smaller share.",
            "Of {resource}, {left} units stay in stock and {idle} stand idle in their regions; of every other "
            "resource a smaller share.",
            "left",
            **named,
        )
        if len(problem.resources) == 1:
            meaning = counted(
                "{left} unit of {resource} stays in stock and {idle} stand idle in their regions.",
                "{left} units of {resource} stay in stock and {idle} stand idle in their regions.",
                "left",
                **named,
            )
    name, measure = sentence("Little waste"), sentence("Units in use")
    return Aim("little_waste", name, measure, float(1.0 - waste[most]), "fraction", meaning)


def _short_waits(plan: Plan) -> Aim:
    name, measure = sentence("Short waits"), sentence("Mean wait")
    try:
        found = waits_of(plan)
    except InputError as error:
        return Aim("short_waits", name, measure, None, "hours", together(error.faults))
    if not found:
        missing = sentence("Waits are told once a resource has a length of stay.")
        return Aim("short_waits", name, measure, None, "hours", missing)
    resource = max(found, key=lambda each: found[each].overall_wait)
    stay = next(each.length_of_stay for each in plan.problem.resources if each.name == resource)
    meaning = _waits_in_words(plan, resource, found[resource], float(stay or 0.0))
    return Aim("short_waits", name, measure, found[resource].overall_wait, "hours", meaning)


def _waits_in_words(plan: Plan, resource: str, found: Waits, stay: float) -> Sentence:
    said = in_one_sentence(resource, plan.problem.regions, found)
    late = longest_but(found, stay, LATE)
    if not math.isfinite(late) or late == 0:
        return said
    return together([said, sentence("Nineteen in twenty wait no longer than {wait}.", wait=in_time(late))])


def _quality(plan: Plan) -> Aim:
    value, demand = plan.problem.value, plan.problem.demand
    worth = float(value @ demand)
    reached = float(value @ plan.served) / worth if worth > 0 else 1.0
    name, measure = sentence("Quality"), sentence("Coverage by value")
    meaning = sentence("Everybody counts alike: no region has a value of its own.")
    if np.ptp(value) > 0:
        meaning = sentence(
            "With everybody counted by the value of their region {percent}% of need is met; counted alike, {alike}%.",
            percent=percent(reached),
            alike=percent(plan.total_coverage),
        )
    return Aim("quality", name, measure, reached, "fraction", meaning)
