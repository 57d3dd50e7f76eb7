"""Limits that cannot be kept together, and what would make them fit with one click."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from medalloc.allocation.fitting import conflicts as fitting
from medalloc.allocation.fitting.remedies import Remedies, remedied, remedies
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import with_numbers
from medalloc.errors import InfeasibleError
from medalloc.tables.checks.finding import Finding
from medalloc.tables.checks.rows import UNUSABLE
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, printed, words
from medalloc.ui.kit.words import _

SPELT_OUT = 6
"""Conflicts that are told one by one; when there are more, a table holds all."""


Take = Callable[[Remedies], None]
"""Changes what was chosen as remedies say."""


def conflicts(error: InfeasibleError, problem: Problem, take: Take, largest_floor: Callable[[], None]) -> None:
    """Show every limit that cannot be kept, and what would make the plan possible with one click.

    Parameters
    ----------
    error : InfeasibleError
        The limits that cannot be kept.
    problem : Problem
        What cannot be solved.
    take : callable
        Takes remedies over.
    largest_floor : callable
        Offers the largest floor that fits.
    """
    conflicts_table(error)
    every = [each for conflict in error.conflicts for each in conflict.remedies if label(each)]
    with st.container(horizontal=True):
        largest_floor()
        if len(every) > 1:
            st.button(
                words.counted(
                    "Change the {count} limit so that it fits", "Change all {count} limits so that it fits", len(every)
                ).format(count=len(every)),
                icon=":material/build:",
                on_click=take,
                args=(remedies(every),),
                disabled=state.locked(),
            )
    if not every:
        return
    if fitting.conflicts(remedied(problem, remedies(every))):
        st.caption(_("This will not be enough: once these limits are changed, others will be told here."))
    if len(every) > 1:
        st.caption(_("Or change one at a time:"))
    with st.container(horizontal=True):
        for place, change in enumerate(every[:SPELT_OUT]):
            st.button(
                label(change), key=f"remedy_{place}", on_click=take, args=(remedies([change]),), disabled=state.locked()
            )


def common_floor(problem: Problem) -> None:
    """Offer the largest common floor that fits, where that is lower than the one that was chosen."""
    try:
        fits = int(100 * fitting.largest_floor(problem))
    except InfeasibleError:
        # locks or floors of single regions break a limit, whatever the common floor is
        return
    if fits < 100 * problem.common_floor:
        st.button(
            _("Set the floor to {floor}%, the largest that fits").format(floor=fits),
            type=palette.main_button(),
            on_click=state.change,
            kwargs={"floor": fits / 100},
            disabled=state.locked(),
        )


def label(change: Mapping[str, object]) -> str:
    """Return what a button for a remedy says; nothing if this screen cannot apply it."""
    texts = {
        "stock": _("Raise the stock of {resource} to {value}"),
        "budget": _("Raise the budget to {value}"),
        "cap": _("Raise the cap on {resource} in {region} to {value}"),
        "space": _("Raise the space in {region} to {value}"),
        "locked": _("Lock {value} {resource} in {region}"),
    }
    if change["value"] == "unlimited":
        texts = {"locked": _("Unlock {resource} in {region}")}
    value = change["value"]
    return texts.get(str(change["what"]), "").format(
        resource=words.escape(change.get("resource", "")),
        region=words.escape(change.get("region", "")),
        value=words.number(float(value)) if isinstance(value, int | float) else "",
    )


def apply(placed: tuple[Resource, ...], every: Remedies) -> None:
    """Change the resources as they were placed, the budget and the regions as these remedies say."""
    chosen: dict[str, object] = {}
    if every.stock:
        raised = (replace(each, stock=every.stock.get(each.name, each.stock)) for each in placed)
        chosen["resources"] = tuple(vars(each) for each in raised)
    if every.budget is not None:
        chosen["budget"] = every.budget
    state.change(**chosen)
    if every.regions:
        state.revise(at.study.limits.region_changes, with_numbers, every.regions)


def without_rows(found: Sequence[Finding]) -> None:
    """Offer to go on without the regions whose demand is no amount, where there are some."""
    for each in (each for each in found if each.kind == UNUSABLE):
        label = words.counted("Continue without {count} row", "Continue without {count} rows", each.count)
        st.button(
            label.format(count=words.number(each.count)),
            icon=":material/build:",
            help=words.plainly(each.message),
            on_click=state.revise,
            args=(at.study.data.repairs, lambda now, each=each: (*now, (each.kind, each.column))),
            disabled=state.locked(),
        )


def conflicts_table(error: InfeasibleError) -> None:
    """Show every limit that cannot be kept, what it needs, what there is, and what would help."""
    first = error.conflicts[:SPELT_OUT]
    said = "\n".join(f"- {words.say(each.limit)} {words.say(each.repair)}" for each in first)
    st.error(_("No plan keeps all these limits:") + "\n\n" + said)
    if len(error.conflicts) <= SPELT_OUT:
        return
    printed.grid(
        pd.DataFrame(
            {
                "limit": [words.plainly(each.limit) for each in error.conflicts],
                "required": [each.required for each in error.conflicts],
                "available": [each.available for each in error.conflicts],
                "repair": [words.plainly(each.repair) for each in error.conflicts],
            }
        ),
        column_config={
            "limit": st.column_config.TextColumn(_("Limit"), width="large"),
            "required": st.column_config.NumberColumn(_("Required"), format="%,.0f"),
            "available": st.column_config.NumberColumn(_("Available"), format="%,.0f"),
            "repair": st.column_config.TextColumn(_("Repair"), width="large"),
        },
        alt=_("Limits that conflict"),
    )
