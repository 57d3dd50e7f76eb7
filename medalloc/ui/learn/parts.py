"""What every step shows in the same way: its formula and sentences, its controls, its numbers, its questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, printed
from medalloc.ui.kit.words import _
from medalloc.ui.learn import material


def opened(title: str, formulas: Sequence[str], *sentences: str) -> None:
    """Show what a step is about: its name, its formulas, and what they mean."""
    st.subheader(title, anchor=False)
    # side by side where there is room, below each other on a phone
    abreast = 2 if len(formulas) == 4 else min(len(formulas), 3)
    for begin in range(0, len(formulas), abreast):
        for place, formula in zip(st.columns(abreast), formulas[begin : begin + abreast], strict=False):
            # an overhanging last letter would make a box that only a mouse can scroll
            place.latex(rf"\,{formula}\;")
    st.markdown(" ".join(sentences))


def two_columns() -> tuple[str, str]:
    """Return the two columns that margin and forest look at, which differ whatever was chosen."""
    names = material.patients().columns
    return two_of(names, (state.learn().learn_across, state.learn().learn_up))


def two_of(names: Sequence[str], wanted: tuple[str, str]) -> tuple[str, str]:
    """Return two different names, the ones that are wanted where there are these."""
    across = wanted[0] if wanted[0] in names else names[0]
    up = wanted[1] if wanted[1] in names else names[1]
    return across, up if up != across else next(name for name in names if name != across)


def column_controls() -> None:
    """Let the visitor choose the two columns; a column cannot be both."""
    names = material.patients().columns
    left, right = st.columns(2)
    across = state.bound_to_one_of(at.learn.learn_across, names)
    left.selectbox(_("Column across"), names, help=_("Numbers of the patients; the other axis has the rest."), **across)
    others = tuple(name for name in names if name != state.learn().learn_across)
    up = state.bound_to_one_of(at.learn.learn_up, others)
    right.selectbox(_("Column upwards"), others, help=_("Numbers of the patients; the other axis has the rest."), **up)


def numbers(frame: pd.DataFrame, *, key: str, alt: str, label: str | None = None, **config: Any) -> None:
    """Show the numbers behind a picture in an expander, to be taken away."""
    with st.expander(label or _("The numbers behind the picture")):
        printed.grid(frame, column_config=config, alt=alt)
        downloads.offer(frame, key, key=key)


def lines(
    frame: pd.DataFrame, across: alt.X, up: alt.Y, names: Sequence[str], colours: Sequence[str], **marks: Any
) -> alt.Chart:
    """Return a line for each of some names, from a table with `what` and `value`, told apart in a legend below."""
    colour = alt.Color(
        "what:N",
        title=None,
        scale=alt.Scale(domain=list(names), range=list(colours[: len(names)])),
        legend=alt.Legend(orient="bottom", columns=2, labelLimit=220),
    )
    drawn: alt.Chart = alt.Chart(frame).mark_line(**marks).encode(x=across, y=up, color=colour).properties(height=320)
    return drawn


def questions(answers: Mapping[str, str]) -> None:
    """Show questions for a class, by question; an answer stays hidden until its question is opened."""
    st.markdown("##### " + _("Questions"))
    for question, answer in answers.items():
        with st.expander(question, icon=":material/help:"):
            st.markdown(answer)
