"""Parts of the Allocate screen that a visitor sets: resources, policy, floor, budget; and what conflicts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.allocation.inert_alpha import inert_alpha
from medalloc.errors import InfeasibleError
from medalloc.ui import chain, palette, state, words
from medalloc.ui.plan import policy_meanings, policy_names
from medalloc.ui.words import _

SPELT_OUT = 6
"""Conflicts that are told one by one; when there are more, a table holds all."""

ASKED = ("name", "stock", "requirement", "unit_cost")
"""What the visitor is asked of a resource; whatever else its row holds stays as it is."""


def resources_editor() -> None:
    """Let the visitor say what there is to place and what one served person uses."""
    start = chain.resources()
    if start is None:
        return
    if not state.has_widget("resources_editor"):
        # the table a visitor types into must not change under their hands; it starts anew with each visit of the page
        state.visit().computed["resources start"] = (None, pd.DataFrame(list(start)))
    edited = st.data_editor(
        state.visit().computed["resources start"][1],
        num_rows="dynamic",
        hide_index=True,
        column_order=ASKED,
        column_config={
            "name": st.column_config.TextColumn(_("Resource"), required=True),
            "stock": st.column_config.NumberColumn(
                _("Stock [units]"),
                help=_("Units there are to place."),
                min_value=0.0,
                format="localized",
                required=True,
            ),
            "requirement": st.column_config.NumberColumn(
                _("Per person [units]"),
                help=_("Units one served person uses."),
                min_value=0.0,
                required=True,
                format="%g",
            ),
            "unit_cost": st.column_config.NumberColumn(
                _("Cost [money]"),
                help=_("Money for one placed unit."),
                min_value=0.0,
                format="localized",
                required=True,
            ),
        },
        key="resources_editor",
        alt=_("Resources to place"),
    )
    complete = edited.dropna(subset=list(ASKED))
    if len(complete) < len(edited):
        st.warning(
            _("Rows that do not count yet because a number is missing: {count}.").format(
                count=len(edited) - len(complete)
            )
        )
    rows = tuple(_given(row) for row in complete.to_dict("records"))
    if rows != tuple(_given(row) for row in start):
        state.change(resources=rows)
    if state.get().resources is None:
        st.caption(_("These stocks and requirements are examples; put in your own."))


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says; an empty cell says nothing, so that the default holds."""
    return {key: cell for key, cell in row.items() if not pd.isna(cell)}


def limits() -> None:
    """Let the visitor set policy, floor and budget."""
    names, meanings = policy_names(), policy_meanings()
    st.radio(
        _("What is best?"),
        list(names),
        format_func=names.__getitem__,
        captions=[meanings[each] for each in names],
        **state.bound("policy"),
    )
    if state.get().policy == "alpha":
        st.slider(
            _("Alpha: how much more the worst-off count"),
            0.0,
            10.0,
            step=0.5,
            help=_("0 serves the most; the larger it is, the closer the plan comes to raising the worst-off first."),
            **state.bound("alpha"),
        )
        asked = chain.problem()
        if asked is not None and (inert := inert_alpha(asked)) is not None:
            st.info(words.say(inert))
    st.slider(
        _("Floor: smallest coverage of every region [%]"),
        0,
        100,
        help=_("Every region gets at least this share of its demand served, whatever the policy."),
        **state.bound("floor"),
    )
    st.number_input(
        _("Budget for placed units [money]"),
        min_value=0.0,
        value=None,
        placeholder=_("no limit"),
        step=100000.0,
        format="%.0f",
        help=_("In the same money as the costs per unit; leave blank when only stocks limit."),
        **state.bound("budget"),
    )


def conflicts(error: InfeasibleError) -> None:
    """Show every limit that cannot be kept, and the largest floor that fits with one click."""
    conflicts_table(error)
    fits = int(100 * chain.largest_floor())
    if fits < state.get().floor:
        st.button(
            _("Set the floor to {floor} %, the largest that fits").format(floor=fits),
            type=palette.main_button(),
            on_click=state.change,
            kwargs={"floor": fits},
        )


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
