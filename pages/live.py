"""A plan in force is watched: what came in, what stands out, and which few units should move."""

import streamlit as st

from medalloc.live.board import read_board
from medalloc.live.forecasting import ahead_of
from medalloc.study.steps import demands, plans, tables, worlds
from medalloc.ui import asking, brought, state
from medalloc.ui.demand import source as counts_source
from medalloc.ui.kit import layout, path, promises, samples
from medalloc.ui.kit.words import _
from medalloc.ui.live import first_look, following, shown, source, wall
from medalloc.ui.live.watching import Watching

chosen, panel, plan = asking.study(), asking.known(demands.panel), asking.known(plans.plan)
demand, is_counted = chosen.demand, bool(asking.known(tables.is_from_counts))
here = Watching(
    chosen.live,
    chosen.limits,
    panel,
    plan,
    asking.known(plans.problem),
    is_counted=is_counted,
    ahead=ahead_of(demand.forecast_horizon, demand.forecast_period) if is_counted else None,
    outlook=asking.known(demands.outlook) if is_counted else None,
    called=demand.counts_name or chosen.data.file_name,
)


@st.fragment(run_every=source.SECONDS)
def poll(seen: int) -> None:
    """Look at one number; the page runs again only when it is another."""
    if here.now() != seen:
        st.rerun()


file = brought.own_lines(here.board)
with layout.failures_as_sentences():
    board = read_board(file)
    seen, answered = here.now(), here.found(board)
    on_wall = state.look().live_wall and answered is not None and bool(answered.state.at)
    if not on_wall:
        layout.opening(_("Live"), shown.answer(answered) if answered and answered.state.at else None)
        promises.show(asking.known(worlds.kept_promises) or ())
    if on_wall and answered is not None:
        wall.show(answered)
        wall.leave()
    elif panel is None and plan is None:
        sample = {"counts_file": samples.COUNTS, "counts_name": samples.COUNTS, "demand_from": "counts"}
        first_look.show(asking.would(demands.panel, **sample), here, demand.forecast_horizon)
    else:
        here.choose()
        if not here.from_folder and panel is not None:
            source.controls(panel, chosen.live.live_speed)
            if samples.COUNTS in (chosen.data.file, demand.counts_file):
                st.caption(counts_source.caveat())
        if answered is None and not here.from_folder and panel is None:
            st.info(_("There are no counts to play again: choose some on the Demand screen, or watch a folder."))
            layout.lead_to("demand", _("Go to Demand"))
        elif answered is None and plan is None:
            path.missing_step()
        elif answered is not None:
            following.show(answered, here, file, seen)
        following.patients(here)
    if here.from_folder or source.is_playing():
        poll(seen)
