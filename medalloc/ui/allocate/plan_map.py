"""A plan on the map."""

from typing import Any

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.geography.matching import Ground
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import maps, regional, words
from medalloc.ui.kit.words import _

FEW = 10
"""Units up to which parts of one can be told apart on a scale. [units]"""


def draw(plan: Plan, ground: Ground) -> None:
    """Show the plan on a map."""
    shown = pictures(plan)
    st.selectbox(
        _("Show on the map"),
        list(shown),
        format_func=lambda key: shown[key][0].title,
        label_visibility="collapsed",
        **state.bound_to_one_of(at.look.picture, tuple(shown)),
    )
    picture, values = shown[state.look().picture]
    extra = {words.in_unit(_("Demand [{unit}]")): plan.problem.demand, words.in_unit(_("Served [{unit}]")): plan.served}
    regional.draw(plan.problem.regions, values, picture, extra=extra, ground=ground, key="plan_map")


def pictures(plan: Plan) -> dict[str, tuple[maps.Picture, Any]]:
    """Return what the map can show: title, scale and values, by key."""
    problem = plan.problem
    found: dict[str, tuple[maps.Picture, Any]] = {
        "coverage": (maps.Picture(_("Coverage"), ".0%", (0.0, 1.0)), plan.coverage),
        "demand": (
            maps.Picture(words.in_unit(_("Demand [{unit}]")), ",.0f", regional.domain(problem.demand)),
            problem.demand,
        ),
        "unmet": (
            maps.Picture(words.in_unit(_("Unmet [{unit}]")), ",.0f", regional.domain(problem.demand)),
            plan.unmet,
        ),
    }
    if plan.coverage_of is not None:
        for place, name in enumerate(problem.resource_names):
            title = _("Coverage: {resource}").format(resource=words.resource(name))
            found[f"coverage:{name}"] = (maps.Picture(title, ".0%", (0.0, 1.0)), plan.coverage_of[:, place])
    for place, resource in enumerate(problem.resources):
        units = plan.units[:, place]
        ends = regional.both_sides(units) if resource.is_moved else regional.domain(units)
        form = ("+" if resource.is_moved else "") + (",.0f" if resource.whole or ends[1] >= FEW else ",.1f")
        picture = maps.Picture(units_title(plan, place), form, ends, change=resource.is_moved)
        found[f"units:{resource.name}"] = (picture, units)
    return found


def units_title(plan: Plan, place: int) -> str:
    """Return what the units of a resource are called: placed, or changed where existing ones may be moved."""
    resource = plan.problem.resources[place]
    title = _("Change in units: {resource}") if resource.is_moved else _("Placed: {resource} [units]")
    return title.format(resource=words.resource(resource.name))
