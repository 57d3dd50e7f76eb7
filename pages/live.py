"""A plan in force is watched: what came in, what stands out, and which few units should move."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from medalloc.live.board import read_board
from medalloc.live.watch import Told, told, watch_of
from medalloc.study.steps import demands, plans, tables
from medalloc.ui import asking, state
from medalloc.ui.choices import at
from medalloc.ui.demand import source as counts_source
from medalloc.ui.kit import layout, palette, path, samples
from medalloc.ui.kit.words import _
from medalloc.ui.live import moves, shown, source

chosen = asking.study()
panel, plan = asking.known(demands.panel), asking.known(plans.plan)
allowed = source.folders()
demand, from_folder = chosen.demand, chosen.live.live_from == "folder"
folder = chosen.live.live_folder if chosen.live.live_folder in allowed else next(iter(allowed), None)
counted = asking.known(tables.is_from_counts)
periods = float(demand.forecast_horizon) if counted and not demand.forecast_period else 1.0


@st.fragment(run_every=source.SECONDS)
def poll(seen: int) -> None:
    """Look at one number; the page runs again only when it is another."""
    if now() != seen:
        st.rerun()


def now() -> int:
    """Return the number that changes when something new has come."""
    if from_folder and plan is not None:
        return source.of_folder(folder, plan.problem.regions).turn if folder else 0
    return source.position(panel, chosen.live.live_speed) if panel is not None else 0


def choose() -> None:
    """Offer what can be watched here."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    names = {"replay": _("Counts in use, played again"), "folder": _("A watched folder")}
    left.segmented_control(
        _("Where numbers come from"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        **state.bound(at.study.live.live_from),
    )
    if not from_folder:
        right.slider(_("Periods a second"), 1, 8, **state.bound(at.study.live.live_speed))
    elif allowed:
        right.selectbox(_("Folder"), allowed, **state.bound_to_one_of(at.study.live.live_folder, allowed))
    else:
        st.info(_("No folder may be watched here: the server's owner allows one by MEDALLOC_FEEDS."))


def found() -> Told | None:
    """Return what follows from what was heard; None while there is nothing to watch."""
    if from_folder:
        if plan is None or folder is None:
            return None
        watch = state.keep(watch_of, chosen.live, plan.problem, plan.units, panel if counted else None, periods)
        heard = source.of_folder(folder, plan.problem.regions)
        return state.keep(told, watch, heard, board) if heard.turn else None
    if panel is None:
        return None
    begun = state.keep(source.begun, panel, asking.known(plans.problem), chosen.limits, periods)
    if begun is None:
        return None
    played = source.position(panel, chosen.live.live_speed)
    watch = state.keep(source.watch_before, panel, chosen.live, begun, periods)
    watch = state.keep(source.watch_until, watch, panel, max(0, played - 1))
    return state.keep(
        told, watch, state.keep(source.of_replay, panel, demand.counts_name or chosen.data.file_name, played), board
    )


file = state.own_file(f"moves-{folder if from_folder else state.look().live_round}.jsonl")
with layout.failures_as_sentences():
    board = read_board(file)
    seen, answered = now(), found()
    layout.opening(_("Live"), shown.answer(answered) if answered and answered.state.at else None)
    if panel is None and plan is None:
        st.markdown(
            _("A plan is in force, numbers change week by week: which few units should move, and who is in alarm?")
        )
        st.button(
            _("Watch Boston's influenza, the last year again"),
            key="live_sample",
            type=palette.main_button(),
            icon=":material/play_arrow:",
            on_click=source.take_sample,
        )
        path.missing_step()
    else:
        choose()
        if not from_folder and panel is not None:
            source.controls(panel, chosen.live.live_speed)
            if samples.COUNTS in (chosen.data.file, demand.counts_file):
                st.caption(counts_source.caveat())
        if answered is None:
            if not from_folder and panel is None:
                st.info(_("There are no counts to play again: choose some on the Demand screen, or watch a folder."))
                layout.lead_to("demand", _("Go to Demand"))
            elif plan is None:
                path.missing_step()
        else:
            moves.trouble(answered)
            if answered.state.at:  # something was heard
                shown.figures(answered)
                layout.counted_in()
                shown.changed(answered)
                st.subheader(_("Proposed moves"), anchor=False)
                hold = partial(source.hold, panel, chosen.live.live_speed) if panel and not from_folder else None
                moves.section(answered, file, hold)
                source.settings(", ".join(answered.replan.problem.resource_names))
                st.subheader(_("Regions now"), anchor=False)
                shown.regions(answered, datetime.now(UTC).isoformat() if from_folder else answered.state.at)
                layout.in_detail(
                    _("How this is worked out"),
                    _(
                        "What was counted last is taken for each period that the plan is for. The moves are those "
                        "with which the most are served, as the plan's own policy counts, among all that move no more "
                        "than allowed; what serves too few more is left out. Units that stood there before the plan "
                        "stay. What was accepted, is under way or done counts as there."
                    ),
                    _("Units from stock are placed, not moved: only those that leave another region are limited."),
                )
    if from_folder or source.is_playing():
        poll(seen)
