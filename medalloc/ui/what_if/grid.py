"""Two numbers change at once: a square for every pair of steps, coloured by what the plan reaches."""

from collections.abc import Callable, Sequence
from functools import partial

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.scenarios.grid import AIMS, COVERAGE, Grid
from medalloc.scenarios.sensitivity import Way
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

SIDE = 44
"""Height of a square. [pixels]"""

HALF = 0.5
"""Share of the scale beyond which letters on a square are those of the other shade. [fraction]"""


def section(numbers: Sequence[Way], now: tuple[Way, Way], found: Callable[[], Grid]) -> None:
    """Let the visitor choose two numbers, and show what comes of every pair of steps."""
    st.subheader(_("Two numbers at once"), anchor=False)
    controls(numbers, now)
    with layout.failures_as_sentences():
        show(found())


def controls(numbers: Sequence[Way], now: tuple[Way, Way]) -> None:
    """Let the visitor choose the two numbers, the step, and what is looked at."""
    named = {str(each): name(each) for each in numbers}
    aims = aim_names()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, choice, own in (
            (_("Down"), at.study.what_if.grid_down, str(now[0])),
            (_("Across"), at.study.what_if.grid_across, str(now[1])),
        ):
            shown = partial(_one_of, tuple(named), own)
            st.selectbox(label, tuple(named), format_func=named.__getitem__, **state.bound(choice, shown=shown))
        st.selectbox(_("Colour"), AIMS, format_func=aims.__getitem__, **state.bound(at.study.what_if.grid_aim))
        st.selectbox(_("Step [%]"), (5, 10, 20, 30), **state.bound(at.study.what_if.grid_step))


def _one_of(known: Sequence[str], own: str, chosen: str) -> str:
    return chosen if chosen in known else own


def aim_names() -> dict[str, str]:
    """Return what can be looked at, in words."""
    return {
        COVERAGE: _("Coverage [%]"),
        "fair": _("Lowest coverage [%]"),
        "efficient": _("Of the most people possible [%]"),
        "little_waste": _("Units in use [%]"),
        "short_waits": _("Mean wait [hours]"),
        "quality": _("Coverage by value [%]"),
    }


def name(number: Way) -> str:
    """Return what a number is called."""
    return words.plainly(number(1.0).about)


def show(found: Grid) -> None:
    """Draw the squares, say how far the numbers reach, and offer them."""
    shown = frame(found)
    if shown["value"].isna().all():
        st.info(_("This cannot be told of any of these plans; choose another colour."))
        return
    pictures.altair(drawn(shown, found), alt=_("Two numbers change: {aim}").format(aim=aim_names()[found.aim]))
    said = _("Each square is a plan of its own; the framed one is the base.")
    if shown["value"].isna().any():
        said += " " + _("A blank square: limits could then not be kept.")
    st.caption(said)
    downloads.offer(shown, "two_changes", key="two_changes")


def frame(found: Grid) -> pd.DataFrame:
    """Return one row a square: both changes in percent, and the value in percent or hours."""
    percent = np.round(100 * (found.factors - 1)).astype(int)
    down, across = (each.ravel() for each in np.meshgrid(percent, percent, indexing="ij"))
    scale = 1.0 if found.aim == "short_waits" else 100.0
    return pd.DataFrame({"down": down, "across": across, "value": scale * found.values.ravel()})


def drawn(shown: pd.DataFrame, found: Grid) -> Drawing:
    """Return the squares with their numbers."""
    shade, title = palette.shade(), aim_names()[found.aim]
    order = sorted(shown["down"].unique())
    sign = "datum.value > 0 ? '+' + datum.value + '%' : datum.value + '%'"
    base = alt.Chart(shown).encode(
        x=alt.X("across:O", title=name(found.across), axis=alt.Axis(labelExpr=sign, labelAngle=0, orient="bottom")),
        y=alt.Y("down:O", title=name(found.down), sort=order[::-1], axis=alt.Axis(labelExpr=sign)),
    )
    low, high = float(shown["value"].min()), float(shown["value"].max())
    ends = [low, high] if high > low else [low - 1, high + 1]
    squares = base.mark_rect(stroke=palette.OUTLINE[shade], strokeWidth=1).encode(
        color=alt.Color(
            "value:Q",
            title=title,
            scale=alt.Scale(domain=ends, range=list(palette.SEQUENTIAL[shade])),
            legend=alt.Legend(orient="top", gradientLength=220, format=".0f", titleLimit=260),
        ),
        tooltip=[
            alt.Tooltip("down:O", title=name(found.down)),
            alt.Tooltip("across:O", title=name(found.across)),
            alt.Tooltip("value:Q", title=title, format=".1f"),
        ],
    )
    middle = (ends[1] - ends[0]) * HALF + ends[0]
    letters = (
        base.transform_filter("isValid(datum.value)")
        .mark_text(fontSize=12)
        .encode(
            text=alt.Text("value:Q", format=".0f" if found.aim != "short_waits" else ".1f"),
            color=alt.condition(
                f"datum.value > {middle}", alt.value(palette.OUTLINE[shade]), alt.value(palette.TEXT[shade])
            ),
        )
    )
    own = alt.Chart(shown[(shown["down"] == 0) & (shown["across"] == 0)]).mark_rect(
        filled=False, stroke=palette.TEXT[shade], strokeWidth=2
    )
    framed = own.encode(x="across:O", y=alt.Y("down:O", sort=order[::-1]))
    return alt.layer(squares, letters, framed).properties(height=alt.Step(SIDE))
