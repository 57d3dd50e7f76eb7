"""Step 8, memory: what a recurrent network keeps, and for how long."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.lessons.recurrent import Memory, gated, plain, sequences
from medalloc.lessons.sample import Floats
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts

KEEPS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
FORMULAS = (
    r"\text{RNN:}\quad h_t=\tanh(w\,h_{t-1}+x_t)",
    r"\frac{\partial h_T}{\partial h_0}=\prod_t w\,(1-h_t^2)",
    r"\text{LSTM:}\quad c_t=f\,c_{t-1}+i_t\tanh(x_t)",
    r"\frac{\partial c_T}{\partial c_0}=f^{\,T}",
)
FAINTEST = 1e-6
"""Lower end of the axis of derivatives."""


def found() -> tuple[Floats, dict[str, Memory]]:
    """Return the sequences and how both units go along them."""
    chosen = state.learn()
    inputs = material.keep(sequences, chosen.learn_steps + 1, seed=material.SEED)
    return inputs, {
        "plain": material.keep(plain, inputs, weight=chosen.learn_recurrent),
        "gated": material.keep(gated, inputs, keep=chosen.learn_keep, let_in=chosen.learn_let_in / 100),
    }


def knows() -> dict[str, Floats]:
    """Return the share of the first number that each unit still knows."""
    inputs, units = found()
    return {name: unit.known(inputs[:, 0]) for name, unit in units.items()}


def answer() -> str:
    """Say what is left of the first number at the end."""
    known = knows()
    return words.counted(
        "After {steps} more number the state of the RNN still tells {plain} of the first one, the cell of the LSTM "
        "{gated}.",
        "After {steps} more numbers the state of the RNN still tells {plain} of the first one, the cell of the LSTM "
        "{gated}.",
        state.learn().learn_steps,
    ).format(
        steps=words.number(state.learn().learn_steps),
        plain=words.percent(float(known["plain"][-1])),
        gated=words.percent(float(known["gated"][-1])),
    )


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("What a recurrent network keeps"),
        FORMULAS,
        _(
            "A recurrent network reads a series number by number and carries a state along. What it learns of the past "
            "comes back through the product of all steps in between: where each is below 1, it fades."
        ),
        _(
            "The gates of an LSTM say what is kept (f) and what is let in (i). Here one unit of each reads numbers "
            "drawn at random, is to remember the first one, and you are the one who sets what training would set."
        ),
    )
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with result:
        pictures.altair(fading(), of="", alt=_("Derivative of each state by the first one, number by number"))
        figures()
    st.markdown("##### " + _("One of the sequences"))
    pictures.altair(
        one(), of="", alt=_("The numbers of one sequence, with the state of the RNN and the cell of the LSTM")
    )
    table()
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor set both units and how far they look."""
    st.slider(
        _("RNN: weight w of the last state"),
        0.0,
        1.5,
        step=0.1,
        help=_("Above 1 the state saturates: 1 - h² becomes small instead, and the product fades all the same."),
        **state.bound(at.learn.learn_recurrent),
    )
    st.select_slider(
        _("LSTM: forget gate f"),
        KEEPS,
        format_func=lambda keep: words.number(keep, 2),
        help=_("What is kept of the cell at each number; at 1 nothing is forgotten."),
        **state.bound(at.learn.learn_keep),
    )
    st.slider(
        _("LSTM: input gate i after the first number [%]"),
        0,
        100,
        step=5,
        help=_("At 100% everything that follows is written over the first number."),
        **state.bound(at.learn.learn_let_in),
    )
    st.slider(
        _("Numbers after the first"),
        5,
        60,
        step=5,
        help=_("How long it is to be remembered."),
        **state.bound(at.learn.learn_steps),
    )


def names() -> dict[str, str]:
    """Return what both units are called."""
    return {"plain": _("RNN, state h"), "gated": _("LSTM, cell c")}


def _lines(rows: list[dict[str, object]], called: dict[str, str], y: alt.Y) -> alt.Chart:
    shade = palette.shade()
    colours = [drawing.IN_NEED[shade], palette.ACCENT[shade], palette.QUIET[shade]]
    return parts.lines(
        pd.DataFrame(rows), alt.X("place:Q", title=_("Numbers after the first")), y, list(called.values()), colours
    )


def fading() -> Drawing:
    """Return both derivatives on a logarithmic axis that stays while controls move."""
    called, (_inputs, units) = names(), found()
    rows: list[dict[str, object]] = [
        {"place": place, "what": called[name], "value": max(float(slope), FAINTEST)}
        for name, unit in units.items()
        for place, slope in enumerate(unit.slope)
    ]
    scale = alt.Scale(type="log", domain=[FAINTEST, 2], clamp=True)
    axis = alt.Axis(values=[1e-6, 1e-4, 1e-2, 1], format="~g")
    return _lines(rows, called, alt.Y("value:Q", title=_("Derivative by the first state"), scale=scale, axis=axis))


def one() -> Drawing:
    """Return one sequence, with what both units make of it."""
    inputs, units = found()
    called = {**names(), "input": _("number that is read")}
    # one whose first number is far enough from 0 that keeping it can be seen
    row = int(np.abs(inputs[:, 0] - 1.5).argmin())
    shown = {"input": inputs[row], **{name: unit.states[row] for name, unit in units.items()}}
    rows: list[dict[str, object]] = [
        {"place": place, "what": called[name], "value": float(value)}
        for name, values in shown.items()
        for place, value in enumerate(values)
    ]
    return _lines(rows, called, alt.Y("value:Q", title=None))


def figures() -> None:
    """Show what is known at the end, and for how long half is kept."""
    known, (_inputs, units) = knows(), found()
    for name, said in names().items():
        half = units[name].half_life
        layout.figures(
            [
                layout.Figure(
                    _("{unit}: tells of the first").format(unit=said),
                    words.percent(float(known[name][-1])),
                    help=_("Share of the first number's variance that can be read off the last state."),
                ),
                layout.Figure(
                    _("Half-life [numbers]"),
                    words.number(half, 1) if np.isfinite(half) else _("endless"),
                    help=_("Numbers after which half of the derivative is left."),
                ),
            ]
        )


def table() -> None:
    """Show derivative and knowledge number by number."""
    known, (_inputs, units) = knows(), found()
    frame = pd.DataFrame({"place": range(len(known["plain"]))})
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {"place": number(_("Numbers after the first"))}
    for name, said in names().items():
        frame[f"{name}_slope"], frame[f"{name}_known"] = units[name].slope, known[name]
        columns[f"{name}_slope"] = number(_("{unit}: derivative").format(unit=said), format="%.3g")
        columns[f"{name}_known"] = number(_("{unit}: tells of the first").format(unit=said), format="%.3f")
    parts.numbers(
        frame,
        key="learn_recurrent_table",
        alt=_("Derivative by the first state and what is still known of it, number by number"),
        **columns,
    )


def _questions() -> dict[str, str]:
    return {
        _("Why does a larger weight w not cure an RNN that forgets?"): _(
            "Every step multiplies by w (1 - h²). A large w drives the state to the ends of tanh, where 1 - h² is "
            "near 0. And whatever is read is added to the state: what is kept is kept mixed with all that followed."
        ),
        _("Which gate matters more for remembering one number?"): _(
            "Both: a forget gate below 1 lets it fade by f at each number, and an open input gate writes the next "
            "numbers over it. Open the input gate at f = 1 and see: the derivative stays 1, but the cell tells "
            "little."
        ),
        _("Must a forecast of weekly counts have an LSTM?"): _(
            "No. Next week depends on the last few weeks and on the same season, which a table of lags shows to a "
            "much simpler model; a gate pays where something long ago still matters and it is not known when. The "
            "Demand screen compares both on your counts."
        ),
    }
