"""Step 2, the margin: a support vector machine in two dimensions."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from medalloc.lessons.margin import KERNELS, Margin, margin
from medalloc.lessons.sample import Sample
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts

COSTS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
FORMULAS = (
    r"\min_{w,\,b}\ \tfrac12\lVert w\rVert^2+C\sum_i\max\bigl(0,\ 1-y_i f(x_i)\bigr)",
    r"f(x)=w^\top\varphi(x)+b,\quad y_i\in\{-1,+1\}",
)


def found() -> tuple[Sample, Margin]:
    """Return the patients shown and the machine fitted to them."""
    columns = parts.two_columns()
    kernel = next(each for each in KERNELS if each == state.learn().learn_kernel)
    sample = material.keep(material.shown, columns)
    return sample, material.keep(margin, sample, cost=state.learn().learn_cost, kernel=kernel)


def answer() -> str:
    """Say who holds the margin."""
    sample, now = found()
    return _(
        "The border is held by {supports} of {patients} patients, those on or inside the margin; {correct} of all "
        "stand on their own side of it. The others could leave without moving it."
    ).format(
        supports=words.number(int(now.supports.sum())),
        patients=words.number(len(sample.need)),
        correct=words.percent(now.correct),
    )


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("The margin of a support vector machine"),
        FORMULAS,
        _(
            "The first part wants a wide margin, the second wants every patient beyond it on their own side; the cost "
            "C says which matters more."
        ),
        _("With the linear kernel φ(x) is x itself; with the RBF kernel the border may bend."),
    )
    sample, now = found()
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
        st.caption(
            _(
                "{patients} patients, as many in need as not, so that the picture can be read; beyond "
                "its edges: {beyond}. Both "
                "columns are brought to the same scale before distances are measured."
            ).format(
                patients=words.number(len(sample.need)),
                beyond=words.number(drawing.beyond(sample, now.horizontal, now.vertical)),
            )
        )
    with result:
        drawing.show(
            picture(sample, now),
            key="learn_margin",
            alt=_("Patients by two columns with the border, the margin's edges and the support vectors"),
        )
        figures(now)
    table(sample, now)
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose columns, cost and kernel."""
    parts.column_controls()
    st.select_slider(
        _("Cost C"),
        COSTS,
        format_func=lambda cost: f"{cost:g}",
        help=_("What one unit on the wrong side of the margin costs; a small cost gives a wide margin."),
        **state.bound(at.learn.learn_cost),
    )
    kernels = {"linear": _("Linear: a straight border"), "rbf": _("RBF: a border that bends")}
    st.radio(
        _("Kernel"),
        KERNELS,
        format_func=kernels.__getitem__,
        help=_("How alike two patients are taken to be."),
        **state.bound(at.learn.learn_kernel),
    )


def picture(sample: Sample, now: Margin) -> go.Figure:
    """Return the surface f, its lines at -1, 0 and 1, and rings around those who hold them."""
    figure = go.Figure()
    drawing.add_surface(figure, now.horizontal, now.vertical, now.surface, ends=(-2.0, 2.0))
    drawing.add_patients(figure, sample)
    figure.add_scatter(
        x=sample.values[now.supports, 0],
        y=sample.values[now.supports, 1],
        name=_("support vector"),
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": 14,
            "color": palette.TEXT[palette.shade()],
            "line": {"width": 1.2},
            "opacity": 0.8,
        },
        hoverinfo="skip",
    )
    lines = ((0.0, "solid", _("border, f = 0")), (-1.0, "dash", _("margin's edges, f = ±1")))
    for level, dash, name in lines:
        drawing.add_lines(figure, now.horizontal, now.vertical, now.surface, at=level, dash=dash, name=name)
    drawing.add_lines(figure, now.horizontal, now.vertical, now.surface, at=1.0, dash="dash", name="")
    figure.data[-1].showlegend = False
    ranges = [[float(side[0]), float(side[-1])] for side in (now.horizontal, now.vertical)]
    return drawing.framed(figure, *sample.columns, height=480, xaxis={"range": ranges[0]}, yaxis={"range": ranges[1]})


def figures(now: Margin) -> None:
    """Show both parts of the objective and the margin's width."""
    cost = state.learn().learn_cost
    shown = [
        layout.Figure(
            _("½‖w‖²"), words.number(now.flatness, 2), help=_("The first part: small where the margin is wide.")
        ),
        layout.Figure(
            _("C × hinge"),
            words.number(cost * now.hinge, 1),
            help=_("The second part: what patients inside the margin or beyond it on the wrong side cost."),
        ),
    ]
    if state.learn().learn_kernel == "linear":
        shown.append(
            layout.Figure(
                _("Width [SD]"),
                words.number(now.width, 2),
                help=_("2 / ‖w‖, in standard deviations of the columns."),
            )
        )
    layout.figures(shown)


def table(sample: Sample, now: Margin) -> None:
    """Show every patient of the picture."""
    sides = 2.0 * sample.need - 1
    frame = pd.DataFrame(
        {
            "across": sample.values[:, 0],
            "up": sample.values[:, 1],
            "need": sample.need,
            "f": now.decision,
            "hinge": np.maximum(0, 1 - sides * now.decision),
            "support": now.supports,
        }
    )
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_margin_table",
        alt=_("Every patient of the picture with f and hinge loss"),
        across=number(sample.columns[0]),
        up=number(sample.columns[1]),
        need=number(_("Need")),
        f=number(_("f"), format="%.3f"),
        hinge=number(_("Hinge loss"), format="%.3f"),
        support=st.column_config.CheckboxColumn(_("Support vector")),
    )


def _questions() -> dict[str, str]:
    return {
        _("Which patients could leave the table without moving the border?"): _(
            "All who stand beyond the margin on their own side: their hinge loss is 0, and so is their weight. "
            "Only support vectors, ringed in the picture, hold the border."
        ),
        _("What happens to the margin as C grows, and why may that be bad for new patients?"): _(
            "It narrows, because every patient on the wrong side costs more. With the RBF kernel the border then "
            "winds around single patients; a new one need not stand where they stood."
        ),
        _("Why must the columns be brought to the same scale first?"): _(
            "The machine goes by distance. A column in dollars would outweigh one in years only because its unit "
            "is smaller."
        ),
    }
