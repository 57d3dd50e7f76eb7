"""What the screen looks like once it is fed: Boston's influenza just before its peak, and one click to play it."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from medalloc.demand.forecasting.panel import Panel
from medalloc.live.forecasting import Ahead
from medalloc.ui.home.stories import STORIES, choices_of
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.live import moves, picture, shown, source, wall
from medalloc.ui.live.watching import Watching

MOST = 5
"""Regions and moves that are shown. [count]"""


def show(panel: Panel | None, here: Watching, horizon: int) -> None:
    """Say what this screen is for, offer counts to play again, and show on them what it will hold.

    Parameters
    ----------
    horizon : int
        Periods that a plan is for. [periods]
    """
    st.markdown(
        "#### "
        + _("A plan is in force, numbers change week by week: which few units should move, and who is in alarm?")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Watch Boston's influenza, the last year again"),
            key="live_sample",
            type=palette.main_button(),
            icon=":material/play_arrow:",
            on_click=source.take_sample,
        )
        layout.lead_to("data", _("Or watch your own counts"))
    if panel is None:
        return
    limits = replace(here.limits, resources=choices_of(STORIES["counts"])["resources"])
    played = before_the_peak(panel)
    found = replace(here, limits=limits, ahead=Ahead(horizon)).replayed(panel, played)
    if found is None:
        return
    st.caption(_("This is how it looked on {day}, a week before the peak.").format(day=shown.day_of(found)))
    numbers, alarms, units = st.columns(3, gap="large")
    with numbers:
        st.markdown("**" + _("1. Numbers come in") + "**")
        picture.over_time(panel, played, download=False)
    with alarms:
        st.markdown("**" + _("2. Who stands out") + "**")
        standing = wall.standing(found)[:MOST]
        st.html(_table([(each.name, each.number, each.said) for each in standing], [each.level for each in standing]))
        st.caption(_("Each region against its own past, and how often such an alarm would be false."))
    with units:
        st.markdown("**" + _("3. Which few units move") + "**")
        best = found.replan.moves[:MOST]
        st.html(_table([(each.to, f"+{words.number(each.serves, 0)}", moves.what(each)) for each in best]))
        st.caption(_("A short list with what each move is worth: accept it, or refuse it with a reason."))


def before_the_peak(panel: Panel) -> int:
    """Return how many periods have been played when the highest sum of all regions is about to come."""
    start = source.start_of(panel)
    return max(1, int(panel.filled[:, start:].sum(axis=0).argmax()))


def _table(rows: Sequence[tuple[str, ...]], levels: Sequence[str] = ()) -> str:
    marks = levels or [""] * len(rows)
    lines = (
        f'<tr class="{mark}">{"".join(f"<td>{escape(cell)}</td>" for cell in row)}</tr>'
        for row, mark in zip(rows, marks, strict=True)
    )
    return f'<table class="glance">{"".join(lines)}</table>'
