"""What follows from what came in: figures, moves, regions, and whether it is still like what was learned from."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from medalloc.live.watch import Told
from medalloc.resource_names import LISTED
from medalloc.saved import Lines
from medalloc.study.steps import demands
from medalloc.ui import asking
from medalloc.ui.kit import layout, telling, words
from medalloc.ui.kit.words import _
from medalloc.ui.live import drifting, moves, picture, shown, source, wall
from medalloc.ui.live.watching import Watching


def show(told: Told, here: Watching, file: Lines, seen: int) -> None:
    """Show what is known by now.

    Parameters
    ----------
    seen : int
        Periods that were played, or files that were heard. [count]
    """
    moves.trouble(told)
    replayed = None if here.from_folder else here.panel
    if told.state.at:  # something was heard
        shown.figures(told)
        wall.offer()
        layout.counted_in()
    elif replayed is not None:
        st.markdown(_("A plan is in force. Play the counts again, and see who stands out and which units should move."))
    if replayed is not None:
        picture.over_time(replayed, seen)
    if not told.state.at:
        return
    shown.changed(told)
    st.subheader(_("Proposed moves"), anchor=False)
    hold = None if replayed is None else partial(source.hold, replayed, here.chosen.live_speed)
    moves.section(told, file, hold)
    source.settings(words.resource(LISTED.join(told.replan.problem.resource_names)))
    st.subheader(_("Regions now"), anchor=False)
    shown.regions(told, datetime.now(UTC).isoformat() if here.from_folder else told.state.at)
    telling.price(lambda: here.plan)
    drifting.section(told)
    shown.method(told)


def patients(here: Watching) -> None:
    """Say whether the patients who came into a watched folder are still like those that were learned from."""
    if here.from_folder and here.folder:
        drifting.patients(source.patients_folder(here.folder), asking.known(demands.predicting))
