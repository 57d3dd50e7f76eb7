"""Parts of the Allocate screen that settle numbers: lock what a region gets with one click, and what that costs."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.overriding import Overrides, with_numbers
from medalloc.allocation.program.needed import takes_long
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import pressed, words
from medalloc.ui.kit.words import _

ONE_BY_ONE = 3
"""Regions that are named on the buttons; more are locked together."""


def offer(plan: Plan, picked: Sequence[str]) -> None:
    """Say of the regions that are picked why they get what they get, and offer to lock it, or to let them go."""
    problem = plan.problem
    rows = [row for row, region in enumerate(problem.regions) if region in set(picked)]
    locked = is_locked(plan)
    # today's units are not placed by a plan, so there is nothing to settle
    free = [row for row in rows if not locked[row] and problem.aim.places]
    settled = [row for row in rows if locked[row]]
    if not rows:
        st.caption(_("Tick regions in the table, or pick them on the map, to read why and to lock what they get."))
        return
    why = state.keep(plans.plan_reasons, plan)
    if len(rows) <= ONE_BY_ONE:
        said = (f"**{words.escape(problem.regions[row])}:** {words.say(why[row])}" for row in rows)
        st.markdown("  \n".join(said))
    with st.container(horizontal=True):
        for row in free if len(free) <= ONE_BY_ONE else ():
            label = _("Lock {region} at {units}").format(
                region=words.escape(problem.regions[row]), units=units_of(plan, row)
            )
            _button(label, plan, [row], "lock")
        if len(free) > 1:
            _button(
                words.counted(
                    "Lock the {count} region as it is", "Lock these {count} regions as they are", len(free)
                ).format(count=len(free)),
                plan,
                free,
                "lock",
            )
        for row in settled if len(settled) <= ONE_BY_ONE else ():
            _button(_("Unlock {region}").format(region=words.escape(problem.regions[row])), plan, [row], "unlock")
        if len(settled) > 1:
            _button(
                words.counted("Unlock the {count} region", "Unlock these {count} regions", len(settled)).format(
                    count=len(settled)
                ),
                plan,
                settled,
                "unlock",
            )


def cost(plan: Plan) -> None:
    """Say how many regions are locked and what that costs, and offer to unlock all."""
    rows = np.flatnonzero(is_locked(plan)).tolist()
    if not rows:
        return
    large = takes_long(plan.problem)
    fewer = 0.0 if large else state.keep(plans.locks_cost, plan)
    if large:
        said = _("Locked regions: {count}. What they cost would take another search: unlock all to see it.")
    elif fewer > 0.5:
        said = words.in_unit(_("Locked regions: {count}. The locks cost {served} served {unit}."))
    elif fewer < -0.5:
        said = words.in_unit(
            _("Locked regions: {count}. With the locks, {served} more {unit} are served than the policy would.")
        )
    else:
        said = _("Locked regions: {count}. The locks cost nobody's care.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said.format(count=len(rows), served=words.number(abs(fewer), 0)))
        _button(_("Unlock all"), plan, rows, "unlock", key="unlock_all")


def is_locked(plan: Plan) -> np.ndarray:
    """Return whether anything is locked in a region, shape (n_regions,)."""
    return np.asarray(~np.isnan(plan.problem.locked).all(axis=1))


def units_of(plan: Plan, row: int) -> str:
    """Return the units that a region gets in words, as far as they can be locked."""
    named = zip(plan.problem.resource_names, plan.units[row].tolist(), strict=True)
    return ", ".join(
        f"{words.number(units)} {words.escape(words.resource(name))}" for name, units in named if units >= 0
    )


def numbers(plan: Plan, rows: Sequence[int], what: str) -> Overrides:
    """Return what to change so that regions are locked at what they get, or let go.

    Units that are taken away cannot be locked.
    """
    problem = plan.problem
    units = np.where(problem.whole, np.round(plan.units), plan.units)
    return {
        problem.regions[row]: {
            f"locked:{name}": float(units[row, place]) if what == "lock" else None
            for place, name in enumerate(problem.resource_names)
            if what == "unlock" or units[row, place] >= 0
        }
        for row in rows
    }


def _button(label: str, plan: Plan, rows: Sequence[int], what: str, *, key: str | None = None) -> None:
    pressed.button(
        *(label, _settle, plan, tuple(rows), what),
        key=key or f"{what}_{len(rows)}_{rows[0]}",
        icon=":material/lock:" if what == "lock" else ":material/lock_open:",
        disabled=state.locked(),
    )


def _settle(plan: Plan, rows: Sequence[int], what: str) -> None:
    state.revise(at.study.limits.region_changes, with_numbers, numbers(plan, rows, what))
