"""A plan in a few sentences: how good it is, what it places where, what keeps it from being more."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.explaining.marginal import binding
from medalloc.allocation.plan import Plan, counted_in
from medalloc.quantities.units_named import all_of, so_many
from medalloc.resource_names import named
from medalloc.sentences import Sentence, counted, nearly, sentence, together

ALIKE = 0.005
"""Coverage that differs by less than this reads as the same. [fraction]"""

SAID = 3
"""Limits that are named at the top; all of them follow further down."""

FEW = 10.0
"""Units up to which parts of one are told. [units]"""

SOME = 1e-6
"""Units that are more than rounding. [units]"""


def share(fraction: float, digits: int | None = None) -> Sentence:
    """Return a fraction as a percentage; without digits behind the decimal sign where none are asked for."""
    return sentence("{percent}%", percent=round(100 * nearly(fraction, digits or 0), digits))


def answer(plan: Plan) -> Sentence:
    """Return in one sentence how much of the need is met.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), floor=[0, 0.9]))
    >>> print(answer(plan))
    50% of expected need is met; the worst-off region, North, gets 37%.
    """
    if plan.coverage.max() - plan.lowest_coverage < ALIKE:
        return sentence(
            "{coverage} of expected need is met, in every region alike.", coverage=share(plan.total_coverage)
        )
    return sentence(
        "{coverage} of expected need is met; the worst-off region, {region}, gets {lowest}.",
        coverage=share(plan.total_coverage),
        region=plan.worst_region,
        lowest=share(plan.lowest_coverage),
    )


def in_short(plan: Plan, unit: str | None = None) -> list[Sentence]:
    """Return what goes where, what keeps it from being more, and how far from the best possible a plan may be.

    Parameters
    ----------
    plan : Plan
        What is told.
    unit : str, optional
        What demand is counted in, in the plural; people when left out.
    """
    return [*_placed(plan), *_by_resource(plan, unit), *binding(plan)[:SAID], *_how_good(plan)]


def _placed(plan: Plan) -> list[Sentence]:
    """Return what is placed, what is moved, what stands in, and where most of it goes."""
    names = plan.problem.resource_names
    moved = np.zeros_like(plan.units) if plan.moved is None else plan.moved
    new, taken, given = plan.units - moved, np.maximum(0.0, moved), np.maximum(0.0, -moved)
    said = []
    if _some(new):
        said.append(_going(plan, new))
    if _some(taken):
        said.append(
            counted(
                "{units} is moved, most from {origin} and most to {region}.",
                "{units} are moved, most from {origin} and most to {region}.",
                by="number",
                number=float(taken.sum()),
                units=_counted(names, taken.sum(axis=0)),
                origin=_most(plan, given),
                region=_most(plan, taken),
            )
        )
    return said + _standing_in(plan) + _whole(plan)


def _going(plan: Plan, new: NDArray[np.float64]) -> Sentence:
    """Return where new units go."""
    regions, get = plan.problem.regions, int((new > SOME).any(axis=1).sum())
    values = {"units": _counted(plan.problem.resource_names, new.sum(axis=0)), "number": float(new.sum())}
    if len(regions) == 1:
        return counted("{units} goes to {region}.", "{units} go to {region}.", by="number", region=regions[0], **values)
    values["regions"] = counted("{count} region", "{count} regions", count=len(regions))
    if get == len(regions):
        return sentence("{units} go to all {regions}, most to {region}.", region=_most(plan, new), **values)
    return counted(
        "{units} goes to {count} of {regions}, most to {region}.",
        "{units} go to {count} of {regions}, most to {region}.",
        by="number",
        count=get,
        region=_most(plan, new),
        **values,
    )


def _some(units: NDArray[np.float64]) -> bool:
    return bool((units > SOME).any())


def _most(plan: Plan, units: NDArray[np.float64]) -> str:
    """Return the region with the largest share of units."""
    every = units.sum(axis=0)
    part = np.divide(units, every, out=np.zeros_like(units), where=every > 0).sum(axis=1)
    return plan.problem.regions[int(part.argmax())]


def _standing_in(plan: Plan) -> list[Sentence]:
    if plan.standing_in is None:
        return []
    standing = zip(plan.problem.resources, plan.standing_in.sum(axis=0).tolist(), strict=True)
    return [
        counted(
            "{units} stands in for {other}.",
            "{units} stand in for {other}.",
            by="number",
            units=_counted([one.name], np.array([units])),
            number=units,
            other=named(one.stands_in_for),
        )
        for one, units in standing
        if units > SOME
    ]


def _whole(plan: Plan) -> list[Sentence]:
    whole = [one.name for one in plan.problem.resources if one.whole]
    return [sentence("Only whole units: {resources}.", resources=all_of(whole))] if whole else []


def _by_resource(plan: Plan, unit: str | None) -> list[Sentence]:
    """Return how many are served of those who need each resource, where each has persons of its own."""
    if plan.served_of is None or plan.problem.demand_of is None:
        return []
    served, demand = plan.served_of.sum(axis=0).tolist(), plan.problem.demand_of.sum(axis=0).tolist()
    parts = [
        sentence(
            "{resource}: {served} of {demand} {unit}",
            resource=name,
            served=round(some),
            demand=round(every),
            unit=counted_in(unit),
        )
        for name, some, every in zip(plan.problem.resource_names, served, demand, strict=True)
    ]
    return [sentence("Each resource has a demand of its own; served are {parts}.", parts=_joined(parts, "; "))]


def _counted(names: Sequence[str], units: NDArray[np.float64]) -> Sentence | str:
    named = ((name, one) for name, one in zip(names, units.tolist(), strict=True) if one > SOME)
    every = [so_many(name, round(one) if one >= FEW else one) for name, one in named]
    return all_of(every) if every else ""


def _joined(parts: Sequence[Sentence], by: str) -> Sentence:
    """Return one sentence of several parts."""
    joined = together(parts)
    return Sentence(by.join(joined.template.split(" ")), joined.values)


def _how_good(plan: Plan) -> list[Sentence]:
    """Return how far from the best possible a plan may be, if that is not proved to be nothing."""
    if plan.status != "best found":
        return []
    return [
        sentence(
            "It is the best plan found; it falls short of the best possible one by at most {gap}.",
            # upwards: what is written holds, and none is written as nothing
            gap=share(max(1, ceil(1e4 * plan.gap)) / 1e4, 2),
        )
    ]
