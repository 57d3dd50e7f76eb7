"""Changes of one resource or one region, beside the sliders that move all alike."""

from collections.abc import Sequence

import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.scenarios import Change
from medalloc.scenarios.change import TRIED
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _

WHATS = ("demand", "stock", "existing", "requirement", "unit_cost", "cap")
"""What is changed by percent for one resource or region."""


def one_more(problem: Problem) -> None:
    """Let the visitor change a number of one resource, one region, or one resource in one region.

    Parameters
    ----------
    problem : Problem
        What is changed.
    """
    with st.expander(_("Change one resource or region"), key="one_more_change", on_change="rerun") as shown:
        if not shown.open:
            return
        names = {what: words.plainly(TRIED[what][0].title) for what in WHATS}
        what = st.selectbox(_("What changes"), WHATS, format_func=names.__getitem__, key="further_what")
        kinds = {each.of for each in TRIED[what]}
        own_people = what == "demand" and problem.demand_of is None
        resource = region = None
        if kinds & {"resource", "cell"} and not own_people:
            resource = _one_or_all(_("Resource"), problem.resource_names, "further_resource")
        if kinds & {"region", "cell"} and "resource" not in kinds:
            region = _one_or_all(_("Region"), problem.regions, "further_region")
        percent = st.slider(_("By [%]"), -100, 200, 10, step=5, key="further_percent")
        if st.button(_("Add this change"), icon=":material/add:", disabled=state.locked(percent == 0)):
            with layout.failures_as_sentences():
                _add(Change(what, factor=1 + percent / 100, resource=resource, region=region))
                st.rerun()


def listed(further: Sequence[Change]) -> None:
    """Show what is changed besides, each with a button that takes it back."""
    for place, change in enumerate(further):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words.say(change.sentence), width="stretch")
            st.button(
                _("Take back"),
                key=f"take_back_{place}",
                on_click=_take_back,
                args=(place,),
                type="tertiary",
                icon=":material/close:",
                disabled=state.locked(),
            )


def _one_or_all(label: str, names: Sequence[str], key: str) -> str | None:
    found: str | None = st.selectbox(
        label, [None, *names], format_func=lambda one: _("all") if one is None else one, key=key
    )
    return found


def _add(change: Change) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now, change.to_json()))


def _take_back(place: int) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now[:place], *now[place + 1 :]))
