"""Charts that more than one screen shows; each takes plain numbers."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from medalloc.ui.kit import palette
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]
HEIGHT = 400


def roc(curves: dict[str, tuple[str, Curve]]) -> go.Figure:
    """Return ROC curves: share of those in need found, against share of the others alarmed in error."""
    figure = _square(_("False positive rate"), _("Sensitivity"))
    for kind, (name, (wrong, found)) in curves.items():
        figure.add_scatter(x=wrong, y=found, name=name, mode="lines", line={"color": palette.model(kind), "width": 2.5})
    return figure


def calibration(curves: dict[str, tuple[str, Curve, NDArray[np.int64]]]) -> go.Figure:
    """Return calibration curves: share in need against the probability that was said, in groups of equal size.

    Parameters
    ----------
    curves : dict
        By model: its name, its (mean probability, share in need) and the number of patients in each group.
    """
    figure = _square(_("Predicted probability"), _("Share really in need"))
    for kind, (name, (said, really), count) in curves.items():
        figure.add_scatter(
            x=said,
            y=really,
            name=name,
            mode="lines+markers",
            customdata=count.astype(float),
            hovertemplate=_("said %{x:.0%}, in need %{y:.0%}, patients: %{customdata}") + "<extra></extra>",
            line={"color": palette.model(kind), "width": 2.5},
        )
    return figure


def _square(horizontal: str, vertical: str) -> go.Figure:
    figure = go.Figure()
    quiet = palette.QUIET[palette.shade()]
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": quiet, "dash": "dot", "width": 1},
        showlegend=False,
        hoverinfo="skip",
    )
    axis = {"range": [-0.01, 1.01], "tickformat": ".0%", "zeroline": False, "dtick": 0.2}
    figure.update_layout(
        xaxis={**axis, "title": horizontal},
        yaxis={**axis, "title": vertical},
        height=HEIGHT,
        margin={"l": 10, "r": 10, "t": 70, "b": 10},
        legend={"orientation": "h", "y": 1.03, "yanchor": "bottom", "x": 0},
    )
    return figure


def ranked_bars(
    names: Sequence[str], values: Sequence[float], *, title: str, spread: Sequence[float] | None = None
) -> Drawing:
    """Return horizontal bars, longest first, with a line for the spread where there is one."""
    shown = pd.DataFrame({"name": list(names), "value": list(values)})
    shown["low"] = shown["value"] - (list(spread) if spread is not None else 0.0)
    shown["high"] = shown["value"] + (list(spread) if spread is not None else 0.0)
    order = shown.sort_values("value", ascending=False)["name"].tolist()
    base = alt.Chart(shown).encode(y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)))
    bars = base.mark_bar(color=palette.ACCENT[palette.shade()]).encode(
        x=alt.X("value:Q", title=title, axis=alt.Axis(tickCount=6)),
        tooltip=[alt.Tooltip("name:N", title=_("Column")), alt.Tooltip("value:Q", title=title, format=".4f")],
    )
    lines = base.mark_rule(color=palette.TEXT[palette.shade()]).encode(x="low:Q", x2="high:Q")
    return alt.layer(bars, *([lines] if spread is not None else [])).properties(height=alt.Step(22))


def intervals(shown: pd.DataFrame, title: str, names: int = 220) -> Drawing:
    """Return a point with its interval for every region.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``mean``, ``low``, ``high``, in the order in which they are drawn.
    title : str
        What is shown, with its unit.
    names : int
        Width that names are cut at. [pixels]
    """
    base = alt.Chart(shown).encode(y=alt.Y("region:N", sort=None, title=None, axis=alt.Axis(labelLimit=names)))
    colour = palette.ACCENT[palette.shade()]
    tips = [alt.Tooltip("region:N", title=_("Region"))]
    tips += [
        alt.Tooltip(f"{name}:Q", title=label, format=",.0f")
        for name, label in (("mean", _("expected")), ("low", _("low end")), ("high", _("high end")))
    ]
    lines = base.mark_rule(strokeWidth=2.5, color=colour).encode(
        x=alt.X("low:Q", title=title, axis=alt.Axis(tickCount=6, format=",.0f")), x2="high:Q", tooltip=tips
    )
    points = base.mark_point(filled=True, size=90, color=colour, opacity=1).encode(x="mean:Q", tooltip=tips)
    return alt.layer(lines, points).properties(height=alt.Step(30))


def before_and_now(shown: pd.DataFrame, title: str) -> Drawing:
    """Return for every region where it was and where it is, joined by a line.

    Parameters
    ----------
    shown : DataFrame
        Columns ``region``, ``before``, ``now``, fractions, in the order in which they are drawn.
    """
    base = alt.Chart(shown).encode(y=alt.Y("region:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)))
    scale, axis = alt.Scale(domain=[0, 1]), alt.Axis(format=".0%", tickCount=5)
    tips = [
        alt.Tooltip("region:N", title=_("Region")),
        alt.Tooltip("before:Q", title=_("base"), format=".1%"),
        alt.Tooltip("now:Q", title=_("what if"), format=".1%"),
    ]
    joined = base.mark_rule(strokeWidth=2, color=palette.QUIET[palette.shade()]).encode(
        x=alt.X("before:Q", title=title, scale=scale, axis=axis), x2="now:Q"
    )
    was = base.mark_point(size=90, color=palette.QUIET[palette.shade()], opacity=1).encode(x="before:Q", tooltip=tips)
    now = base.mark_point(size=90, filled=True, color=palette.ACCENT[palette.shade()], opacity=1).encode(
        x="now:Q", tooltip=tips
    )
    return alt.layer(joined, was, now).properties(height=alt.Step(30))
