"""Pictures that several steps share, and the colours that stay the same in all of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from medalloc.lessons.sample import Floats, Sample
from medalloc.ui.kit import palette, pictures
from medalloc.ui.kit.words import _

IN_NEED = {"light": "#b85c0a", "dark": "#f0a35e"}
NOT_IN_NEED = {"light": "#2f6fb3", "dark": "#8fc3ee"}
WAYS = {
    "light": {"descent": "#6c7a7c", "sgd": "#8a5a9e", "adam": "#0b6b6b", "adam-printed": "#c96a12"},
    "dark": {"descent": "#9aa7aa", "sgd": "#c79bdc", "adam": "#5cbcb6", "adam-printed": "#f0a35e"},
}
DASHES = {"descent": "solid", "sgd": "dot", "adam": "solid", "adam-printed": "dash"}
"""Told apart without colour, too."""

HEIGHT = 420


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Show a picture with what it shows above it."""
    # the lessons have tables of their own, not that of the study
    pictures.plotly(figure, key=key, alt=alt, of="")


def framed(figure: go.Figure, across: str, up: str, *, height: int = HEIGHT, **more: Any) -> go.Figure:
    """Give a picture its axes and a legend above it."""
    figure.update_layout(
        xaxis={"title": across, "zeroline": False, **more.pop("xaxis", {})},
        yaxis={"title": up, "zeroline": False, **more.pop("yaxis", {})},
        height=height,
        margin={"l": 10, "r": 10, "t": 60, "b": 10},
        legend={"orientation": "h", "y": 1.03, "yanchor": "bottom", "x": 0, "title": {"text": ""}},
        **more,
    )
    return figure


def add_patients(figure: go.Figure, sample: Sample, *, faint: bool = False, size: float = 8) -> None:
    """Add every patient as a point; need is told by colour and by shape."""
    looks = (
        (1, _("in need"), IN_NEED, "circle"),
        (0, _("not in need"), NOT_IN_NEED, "diamond"),
    )
    for answer, name, colour, symbol in looks:
        rows = sample.need == answer
        figure.add_scatter(
            x=sample.values[rows, 0],
            y=sample.values[rows, 1],
            name=name,
            mode="markers",
            marker={
                "symbol": symbol,
                "size": size,
                "color": colour[palette.shade()],
                "opacity": 0.55 if faint else 0.95,
                "line": {"width": 1, "color": palette.OUTLINE[palette.shade()]},
            },
            hovertemplate=f"{sample.columns[0]}: %{{x:.3g}}<br>{sample.columns[1]}: %{{y:.3g}}<extra>{name}</extra>",
        )


def beyond(sample: Sample, across: Floats, up: Floats) -> int:
    """Return how many patients stand outside a picture. [count]."""
    low, high = np.array([across[0], up[0]]), np.array([across[-1], up[-1]])
    return int(((sample.values < low) | (sample.values > high)).any(axis=1).sum())


def add_surface(
    figure: go.Figure, across: Floats, up: Floats, surface: Floats, *, ends: tuple[float, float], bar: bool = False
) -> None:
    """Add a surface from blue (not in need) to orange (in need), the page half-way, so faint that points stand out."""
    shade = palette.shade()
    colours: Sequence[str] = (NOT_IN_NEED[shade], palette.OUTLINE[shade], IN_NEED[shade])
    figure.add_heatmap(
        x=across,
        y=up,
        z=np.clip(surface, *ends),
        zmin=ends[0],
        zmax=ends[1],
        colorscale=[(place / (len(colours) - 1), colour) for place, colour in enumerate(colours)],
        opacity=0.45,
        showscale=bar,
        hoverinfo="skip",
    )


def add_lines(
    figure: go.Figure, across: Floats, up: Floats, surface: Floats, *, at: float, dash: str, name: str
) -> None:
    """Add the line where a surface has one value."""
    colour = palette.TEXT[palette.shade()]
    figure.add_contour(
        x=across,
        y=up,
        z=surface,
        contours={"start": at, "end": at, "size": 1, "coloring": "none"},
        line={"color": colour, "width": 2.5 if dash == "solid" else 1.5, "dash": dash},
        showscale=False,
        hoverinfo="skip",
        showlegend=False,
    )
    # a contour's own entry in the legend shows no line
    figure.add_scatter(x=[np.nan], y=[np.nan], mode="lines", name=name, line={"color": colour, "dash": dash})


def translucent(colour: str, opacity: float) -> str:
    """Return a colour of the palette that lets through what lies under it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
