"""Pictures of the convolution: the series, the feature map, and what is said of one week."""

import numpy as np
import plotly.graph_objects as go

from medalloc.lessons.convolution import WEEKS, Read, Series, relu
from medalloc.ui import state
from medalloc.ui.kit import palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing


def class_names() -> list[str]:
    """Return what the three answers are called."""
    return [_("lower"), _("about the same"), _("higher")]


def looked_at(now: Read) -> int:
    """Return which window is looked at; a later one than there is becomes the last."""
    tested = np.flatnonzero(~now.is_train)
    return int(tested[min(state.learn().learn_week, len(tested)) - 1])


def series_picture(series: Series, now: Read) -> go.Figure:
    """Return the series, where learning ends, and the window looked at."""
    figure, shade = go.Figure(), palette.shade()
    figure.add_scatter(
        x=series.weeks,
        y=series.values,
        name=_("visits"),
        mode="lines",
        line={"color": palette.TEXT[shade], "width": 1.5},
        showlegend=False,
    )
    end = now.ends[looked_at(now)]
    ending = str(series.weeks[now.ends[~now.is_train][0]])
    upright = {"y0": 0, "y1": 1, "yref": "paper"}
    window = {"x0": str(series.weeks[end - WEEKS + 1]), "x1": str(series.weeks[end]), **upright}
    look = {"fillcolor": palette.ACCENT[shade], "opacity": 0.3, "line": {"width": 0}}
    line = {"color": palette.QUIET[shade], "width": 1, "dash": "dash"}
    figure.update_layout(
        shapes=[
            {"type": "rect", **window, **look},
            {"type": "line", "x0": ending, "x1": ending, **upright, "line": line},
        ]
    )
    figure.add_annotation(
        x=ending, y=1, yref="paper", text=_("test begins"), showarrow=False, xanchor="right", xshift=-4
    )
    made = drawing.framed(figure, "", _("X: visits a week"), height=230, xaxis=_whole(series))
    return made.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10})


def map_picture(series: Series, now: Read) -> go.Figure:
    """Return what the kernel gives at every week, and what relu keeps of it."""
    figure, shade = go.Figure(), palette.shade()
    figure.add_scatter(
        x=series.weeks,
        y=now.mapped,
        name="Conv(X, K) + b",
        mode="lines",
        line={"color": palette.QUIET[shade], "width": 1, "dash": "dot"},
    )
    figure.add_scatter(
        x=series.weeks,
        y=np.where(np.isnan(now.mapped), np.nan, relu(now.mapped)),
        name="relu",
        mode="lines",
        line={"color": palette.ACCENT[shade], "width": 1.5},
        fill="tozeroy",
        fillcolor=drawing.translucent(palette.ACCENT[shade], 0.25),
    )
    made = drawing.framed(figure, "", _("feature map [SD]"), height=250, xaxis=_whole(series))
    return made.update_layout(margin={"l": 10, "r": 10, "t": 40, "b": 10})


def classes_picture(now: Read) -> go.Figure:
    """Return the probability of each answer in the week looked at, with a mark at what came."""
    place, names = looked_at(now), class_names()
    came = int(now.answers[place])
    figure, shade = go.Figure(), palette.shade()
    mark = _("this came")
    said = [words.percent(float(each)) for each in now.said[place]]
    colours = (palette.QUIET[shade], palette.ACCENT[shade])
    bars = {
        "type": "bar",
        "x": now.said[place],
        "y": names,
        "orientation": "h",
        "marker": {"color": [colours[each == came] for each in range(len(names))]},
        "text": [f"{text} ← {mark}" if each == came else text for each, text in enumerate(said)],
        "textposition": "outside",
        "hoverinfo": "skip",
    }
    figure.add_trace(bars)
    drawing.framed(figure, _("y: probability"), "", height=220, xaxis={"range": [0, 1.25], "tickformat": ".0%"})
    return figure.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10})


def _whole(series: Series) -> dict[str, list[str]]:
    """Return the axis that both pictures share, so that weeks stand below each other."""
    return {"range": [str(series.weeks[0]), str(series.weeks[-1])]}
