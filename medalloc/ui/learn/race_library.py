"""The race in a library that is used in earnest, as a job with progress and cancel."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from medalloc.jobs.tasks import Compete
from medalloc.lessons.descent import Run, Way
from medalloc.lessons.library_race import HIDDEN, LIBRARY_NAMES
from medalloc.lessons.standing import Axis, band
from medalloc.networks.backend import available
from medalloc.ui import state
from medalloc.ui.kit import layout, palette, pressed, runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts, race_curves, race_network

PASSES = 20
TASK = "race"


def panel(rates: Mapping[Way, float], axis: Axis, called: Mapping[str, str], along: Mapping[Axis, str]) -> None:
    """Show the race with Keras on JAX, or say why there is none."""
    st.markdown("##### " + _("The same with a library: Keras on JAX"))
    can = available()
    if can.reason is not None:
        st.info(words.say(can.reason))
        return
    asked = arguments(rates)
    if not asked["rates"]:
        st.info(_("Keras knows gradient descent, SGD and Adam; choose at least one of them."))
        return
    pressed.button(
        *(_("Run the race with Keras"), start, asked),
        key="learn_run",
        icon=":material/play_arrow:",
        type=palette.main_button(),
        disabled=runs.is_busy(TASK),
    )
    runs.show(
        TASK,
        cancelled=_("The last race was cancelled."),
        lost=_("The last race was lost when the server ended; run it again."),
    )
    if (done := runs.last_done(TASK)) is not None:
        if done.of != _noted(asked):
            st.warning(
                _(
                    "Rates, batch, seeds or who takes part have changed since, or the patients: this picture "
                    "is out of date."
                )
            )
        found = runs.result(done, Compete)
        result(found, axis, called, along)


def arguments(rates: Mapping[Way, float]) -> dict[str, Any]:
    """Return what the task would be given."""
    return {
        "rates": {way: rate for way, rate in rates.items() if way in LIBRARY_NAMES},
        "batch": state.learn().learn_batch,
        "passes": PASSES,
        "seeds": state.learn().learn_seeds,
    }


def start(asked: dict[str, Any]) -> None:
    """Put a race in line."""
    network = race_network.network()
    task = Compete(**asked, inputs=network.inputs, need=network.need.astype(np.int8))
    runs.hand_over(TASK, task, _noted(asked))


def _noted(asked: dict[str, Any]) -> dict[str, Any]:
    return {**asked, "patients": material.table().source.sha256}


def result(
    found: Mapping[str, tuple[Run, ...]], axis: Axis, called: Mapping[str, str], along: Mapping[Axis, str]
) -> None:
    """Show the loss of each optimiser, and its numbers."""
    bands = {way: band(runs, axis) for way, runs in found.items()}
    drawing.show(
        race_curves.curves(bands, called, along[axis], whole=True),
        key="learn_library_losses",
        alt=_("Loss of the network in Keras by each optimiser, with a band over seeds"),
    )
    layout.figures(
        [
            layout.Figure(called[way], words.number(float(each.middle[-1]), 3), help=_("Median loss of the last pass."))
            for way, each in bands.items()
        ]
    )
    st.caption(
        _(
            "{hidden} hidden units, the same patients, {passes} passes for everybody: so gradient descent takes only "
            "{passes} updates. Loss of each pass, measured while learning; seconds without the first pass, in which "
            "the library compiles."
        ).format(hidden=HIDDEN, passes=PASSES)
    )
    frame = race_curves.as_table(bands, called, axis)
    parts.numbers(
        frame,
        key="learn_library_table",
        alt=_("Loss in Keras by each optimiser after every pass"),
        **race_curves.headers(axis, along[axis]),
    )
