"""What a plan places where, what keeps it from being more, and how good it is, in a few sentences."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from medalloc.allocation.explaining.marginal import binding
from medalloc.allocation.plan import Plan
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

SAID = 3
"""Limits that are named at the top; all of them follow further down."""

FEW = 10.0
"""Units up to which parts of one are told. [units]"""

SOME = 1e-6
"""Units that are more than rounding. [units]"""


def in_short(plan: Plan) -> None:
    """Say under the answer what goes where, what keeps it from being more, and how good the plan is."""
    st.markdown(" ".join([*_placed(plan), *(words.say(each) for each in binding(plan)[:SAID]), *_how_good(plan)]))


def _placed(plan: Plan) -> list[str]:
    """Return what is placed, what is moved, what stands in, and where most of it goes."""
    names, regions = plan.problem.resource_names, plan.problem.regions
    moved = np.zeros_like(plan.units) if plan.moved is None else plan.moved
    new, taken, given = plan.units - moved, np.maximum(0.0, moved), np.maximum(0.0, -moved)
    said = []
    if _some(new):
        text = _("{units} go to {count} of {regions}, most to {region}.")
        text = _("{units} go to {region}.") if len(regions) == 1 else text
        said.append(
            text.format(
                units=_counted(names, new.sum(axis=0)),
                count=words.number(int((new > SOME).any(axis=1).sum())),
                regions=words.regions(len(regions)),
                region=_most(plan, new),
            )
        )
    if _some(taken):
        text = _("{units} are moved, most from {origin} and most to {region}.")
        said.append(
            text.format(units=_counted(names, taken.sum(axis=0)), origin=_most(plan, given), region=_most(plan, taken))
        )
    return said + _standing_in(plan) + _whole(plan) + _by_resource(plan)


def _some(units: NDArray[np.float64]) -> bool:
    return bool((units > SOME).any())


def _most(plan: Plan, units: NDArray[np.float64]) -> str:
    """Return the region with the largest share of units."""
    every = units.sum(axis=0)
    share = np.divide(units, every, out=np.zeros_like(units), where=every > 0).sum(axis=1)
    return words.escape(plan.problem.regions[int(share.argmax())])


def _standing_in(plan: Plan) -> list[str]:
    if plan.standing_in is None:
        return []
    text = _("{units} stand in for {other}.")
    named = zip(plan.problem.resources, plan.standing_in.sum(axis=0).tolist(), strict=True)
    return [
        text.format(units=_counted([one.name], np.array([units])), other=words.escape(one.stands_in_for))
        for one, units in named
        if units > SOME
    ]


def _whole(plan: Plan) -> list[str]:
    whole = [words.escape(one.name) for one in plan.problem.resources if one.whole]
    return [_("Only whole units: {resources}.").format(resources=", ".join(whole))] if whole else []


def _by_resource(plan: Plan) -> list[str]:
    """Return how many are served of those who need each resource, where each has persons of its own."""
    if plan.served_of is None or plan.problem.demand_of is None:
        return []
    text = words.in_unit(_("{resource}: {served} of {demand} {unit}"))
    served, demand = plan.served_of.sum(axis=0).tolist(), plan.problem.demand_of.sum(axis=0).tolist()
    named = zip(plan.problem.resource_names, served, demand, strict=True)
    parts = [
        text.format(resource=words.escape(name), served=words.number(some, 0), demand=words.number(every, 0))
        for name, some, every in named
    ]
    return [_("Each resource has people of its own; served are {parts}.").format(parts="; ".join(parts))]


def _counted(names: Sequence[str], units: NDArray[np.float64]) -> str:
    named = ((words.escape(name), one) for name, one in zip(names, units.tolist(), strict=True) if one > SOME)
    return ", ".join(f"{words.number(one, 0 if one >= FEW else None)} {name}" for name, one in named)


def _how_good(plan: Plan) -> list[str]:
    """Return how far from the best possible a plan may be, if that is not proved to be nothing."""
    if plan.status != "best found":
        return []
    text = _("It is the best plan found; it falls short of the best possible one by at most {gap}.")
    return [text.format(gap=words.percent(plan.gap, 2))]
