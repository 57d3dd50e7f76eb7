"""A plan by region: what each one gets, why, and the locks that can be set on it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.plan_frame import plan_frame
from medalloc.allocation.problem.resource import Resource
from medalloc.demand.region_table import SET_BY_HAND
from medalloc.resource_names import LISTED
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.allocate import locks
from medalloc.ui.kit import downloads, picking, printed, words
from medalloc.ui.kit.words import _

MOST_GROUPS = 6
"""Groups of regions with the same reason that are told above the table. [count]"""

MOST_ROWS = 200
"""Rows on the screen; of more, the worst-off, and it is said. [count]"""

NAMED = 4
"""Regions of a group that are named. [count]"""


def show(plan: Plan, by_hand: Mapping[str, str]) -> None:
    """Show the plan with a sentence of reason for every region, offer locks, and the table for download.

    Parameters
    ----------
    plan : Plan
        What is shown.
    by_hand : mapping
        Why demand was set by hand, by region.
    """
    frame = _without_reasons(plan, by_hand).assign(reason=state.keep(_reasons, plan, state.look().language))
    # what rounding alone tells apart is alike, so that ticks stay where they are
    shown = frame.iloc[plan.worst_first]
    picked = picking.picked(plan.problem.regions)
    picking.said(plan.problem.regions)
    frame = picking.of_picked(frame)
    locks.cost(plan)
    settling = st.container()
    first = shown.head(MOST_ROWS)
    if set(picked) <= set(first["region"]):
        shown = first
    shown, ticking = picking.in_table(shown, "plan_table")
    if MOST_ROWS == len(shown) < len(plan.problem.regions):
        said = _("The first {count} of {all}, the worst-off first; the downloads have all.")
        st.caption(said.format(count=words.number(MOST_ROWS), all=words.number(len(plan.problem.regions))))
    event = printed.grid(_rounded(shown, plan), alt=_("The plan by region"), **_told(shown, plan), **ticking)
    ticked = shown["region"].iloc[[row for row in event["selection"]["rows"] if row < len(shown)]].tolist()
    with settling:
        locks.offer(plan, ticked or picked)
    downloads.offer(frame, "plan", key="plan")


def on_paper(plan: Plan, by_hand: Mapping[str, str]) -> None:
    """Have the same table printed where the screen shows a picture."""
    shown = picking.of_picked(_without_reasons(plan, by_hand).iloc[plan.worst_first])
    first, why = shown.head(printed.MOST), state.keep(plans.plan_reasons, plan)
    first = first.assign(reason=words.all_plainly(why[row] for row in first.index))
    printed.on_paper(_rounded(first, plan), of=len(shown), **_told(first, plan))


def _without_reasons(plan: Plan, by_hand: Mapping[str, str]) -> pd.DataFrame:
    frame = plan_frame(plan)
    if by_hand:
        frame[SET_BY_HAND] = [by_hand.get(each, "") for each in plan.problem.regions]
    if locks.is_locked(plan).any():
        frame.insert(1, "locked", _locked(plan))
    return frame


def _rounded(shown: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return shares in percent, and no digits that nobody sees: they would be most of what is sent."""
    shares = [
        name for name in ("coverage", *(f"coverage {each}" for each in plan.problem.resource_names)) if name in shown
    ]
    return shown.assign(**{name: 100 * shown[name] for name in shares}).round(1)


def _told(shown: pd.DataFrame, plan: Plan) -> dict[str, Any]:
    order = [name for name in _order(plan) if name in shown]
    return {"column_order": order, "column_config": columns(plan)}


def in_groups(plan: Plan) -> None:
    """Say why regions get no more, in groups of the same reason."""
    groups = state.keep(plans.grouped_reasons, plan, state.keep(plans.plan_reasons, plan))
    if len(plan.problem.regions) < 2:
        return
    st.subheader(_("Why it is not more"), anchor=False)
    lines = []
    for why, regions in groups[:MOST_GROUPS]:
        # an ellipsis for one more region would say less than its name
        named = regions if len(regions) <= NAMED + 1 else (*regions[:NAMED], "…")
        names = words.together([words.escape(each) for each in named])
        what = f"**{words.regions(len(regions))}**"
        counted = _("{what} ({names})").format(what=what, names=names) if len(regions) > 1 else f"**{names}**"
        lines.append(_("- {regions}: {why}").format(regions=counted, why=words.say(why)))
    if len(groups) > MOST_GROUPS:
        lines.append(_("- further reasons, in the table: {count}").format(count=len(groups) - MOST_GROUPS))
    st.markdown("\n".join(lines))


def _locked(plan: Plan) -> list[str]:
    names, settled = np.array(plan.problem.resource_names), ~np.isnan(plan.problem.locked)
    return [_("all") if row.all() else words.resource(LISTED.join(names[row])) for row in settled]


def _order(plan: Plan) -> list[str]:
    """Return the columns in the order of what a reader asks: who, how well, what, why, then the rest."""
    names = plan.problem.resource_names
    return [
        *("region", "locked", "coverage"),
        *(f"{kind} {name}" for name in names for kind in ("placed", "moved", "standing in")),
        *(*(f"coverage {name}" for name in names), "reason", "demand", SET_BY_HAND, "served", "unmet"),
        *(f"{kind} {name}" for name in names for kind in ("demand", "served")),
        *("population", *(f"existing {name}" for name in names)),
    ]


def columns(plan: Plan) -> dict[str, Any]:
    """Return how the columns of a plan are shown."""
    column = st.column_config
    found = {
        "region": column.TextColumn(_("Region"), pinned=True),
        "locked": column.TextColumn(_("Locked"), help=_("What is placed here in any case.")),
        "population": column.NumberColumn(_("Population"), format="localized"),
        "demand": column.NumberColumn(words.in_unit(_("Demand [{unit}]")), format="%,.0f"),
        SET_BY_HAND: column.TextColumn(
            _("Why it was set by hand"), help=_("The reason that was given on the Demand screen.")
        ),
        "served": column.NumberColumn(words.in_unit(_("Served [{unit}]")), format="%,.0f"),
        "unmet": column.NumberColumn(words.in_unit(_("Unmet [{unit}]")), format="%,.0f"),
        "coverage": column.ProgressColumn(_("Coverage [%]"), min_value=0.0, max_value=100.0, format="%.1f"),
        "reason": column.TextColumn(_("Why"), width="large"),
    }
    for resource in plan.problem.resources:
        found |= _of_resource(resource)
    return found


def _of_resource(resource: Resource) -> dict[str, Any]:
    """Return how the columns of one resource are shown."""
    column, name, digits = st.column_config, resource.name, 0 if resource.whole else 1
    called = words.resource(name)
    placed = _("Change in units: {resource}") if resource.is_moved else _("Placed {resource} [units]")
    titles = {
        "placed": (placed, f"%{'+' if resource.is_moved else ''},.{digits}f"),
        "moved": (_("Moved here: {resource} [units]"), f"%+,.{digits}f"),
        "standing in": (_("Standing in: {resource} [units]"), "%,.1f"),
        "existing": (_("Existing {resource} [units]"), "%,.0f"),
        "demand": (words.in_unit(_("Demand of {resource} [{unit}]")), "%,.0f"),
        "served": (words.in_unit(_("Served with {resource} [{unit}]")), "%,.0f"),
    }
    helps = {
        "moved": _("Existing units that come from other regions; below 0 where they go there."),
        "standing in": _("Units here that do the work of “{other}”.").format(
            other=words.resource(resource.stands_in_for)
        ),
    }
    found: dict[str, Any] = {
        f"{kind} {name}": column.NumberColumn(title.format(resource=called), format=form, help=helps.get(kind))
        for kind, (title, form) in titles.items()
    }
    found[f"coverage {name}"] = column.ProgressColumn(
        _("Coverage: {resource} [%]").format(resource=called), min_value=0.0, max_value=100.0, format="%.1f"
    )
    return found


def _reasons(plan: Plan, language: str) -> list[str]:  # noqa: ARG001
    """Return the reason of every region in the visitor's words; they differ by language."""
    return words.all_plainly(state.keep(plans.plan_reasons, plan))
