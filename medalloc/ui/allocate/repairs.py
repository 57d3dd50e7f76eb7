"""Limits that cannot be kept together, and what would make them fit with one click."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from medalloc.allocation.fitting import conflicts as fitting
from medalloc.allocation.fitting.remedies import Remedies, remedied, remedies
from medalloc.allocation.problem.overriding import with_numbers
from medalloc.errors import InfeasibleError
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.allocate import resources
from medalloc.ui.kit import palette, words
from medalloc.ui.kit.words import _

SPELT_OUT = 6
"""Conflicts that are told one by one; when there are more, a table holds all."""


def conflicts(error: InfeasibleError) -> None:
    """Show every limit that cannot be kept, and what would make the plan possible with one click."""
    conflicts_table(error)
    every = [each for conflict in error.conflicts for each in conflict.remedies if label(each)]
    with st.container(horizontal=True):
        _largest_floor()
        if len(every) > 1:
            st.button(
                _("Change all {count} limits so that it fits").format(count=len(every)),
                icon=":material/build:",
                on_click=apply,
                args=(remedies(every),),
            )
    if not every:
        return
    asked = state.ask(plans.problem)
    if asked is not None and fitting.conflicts(remedied(asked, remedies(every))):
        st.caption(_("This will not be enough: once these limits are changed, others will be told here."))
    if len(every) > 1:
        st.caption(_("Or change one at a time:"))
    with st.container(horizontal=True):
        for place, change in enumerate(every[:SPELT_OUT]):
            st.button(label(change), key=f"remedy_{place}", on_click=apply, args=(remedies([change]),))


def _largest_floor() -> None:
    try:
        asked = state.ask(plans.problem)
        fits = 100 if asked is None else int(100 * fitting.largest_floor(asked))
    except InfeasibleError:
        # locks or floors of single regions break a limit, whatever the common floor is
        return
    if fits < 100 * state.study().limits.floor:
        st.button(
            _("Set the floor to {floor} %, the largest that fits").format(floor=fits),
            type=palette.main_button(),
            on_click=state.change,
            kwargs={"floor": fits / 100},
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


def apply(every: Remedies) -> None:
    """Change the choices as these remedies say."""
    chosen: dict[str, object] = {}
    if every.stock:
        now = resources.listed()
        raised = (replace(each, stock=every.stock.get(each.name, each.stock)) for each in now)
        chosen["resources"] = tuple(vars(each) for each in raised)
    if every.budget is not None:
        chosen["budget"] = every.budget
    if every.regions:
        chosen["region_changes"] = with_numbers(state.study().limits.region_changes, every.regions)
    state.change(**chosen)


def conflicts_table(error: InfeasibleError) -> None:
    """Show every limit that cannot be kept, what it needs, what there is, and what would help."""
    first = error.conflicts[:SPELT_OUT]
    said = "\n".join(f"- {words.say(each.limit)} {words.say(each.repair)}" for each in first)
    st.error(_("No plan keeps all these limits:") + "\n\n" + said)
    if len(error.conflicts) <= SPELT_OUT:
        return
    st.dataframe(
        pd.DataFrame(
            {
                "limit": [words.plainly(each.limit) for each in error.conflicts],
                "required": [each.required for each in error.conflicts],
                "available": [each.available for each in error.conflicts],
                "repair": [words.plainly(each.repair) for each in error.conflicts],
            }
        ),
        hide_index=True,
        column_config={
            "limit": st.column_config.TextColumn(_("Limit"), width="large"),
            "required": st.column_config.NumberColumn(_("Required"), format="%,.0f"),
            "available": st.column_config.NumberColumn(_("Available"), format="%,.0f"),
            "repair": st.column_config.TextColumn(_("Repair"), width="large"),
        },
        alt=_("Limits that conflict"),
    )
