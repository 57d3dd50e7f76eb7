"""Loss curves of a race: a line for the median and a band for all seeds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from medalloc.lessons.standing import Axis, Band, common_end
from medalloc.ui.kit import palette
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing

LEAST = 1e-6
"""A loss this near the lowest is as good as there; a logarithm needs something above 0. [nat]"""


def curves(
    bands: Mapping[str, Band],
    called: Mapping[str, str],
    along: str,
    *,
    bottom: float = 0.0,
    log: bool = False,
    whole: bool = False,
) -> go.Figure:
    """Return every optimiser's loss against the effort it took.

    Parameters
    ----------
    bottom : float
        What is taken away from the loss. [nat]
    whole : bool
        Whether lines go on to their own ends, instead of to the effort that all have made.
    """
    figure, shade = go.Figure(), palette.shade()
    for way, each in bands.items():
        colour = drawing.WAYS[shade][way]
        figure.add_scatter(
            x=[*each.effort, *each.effort[::-1]],
            y=np.maximum([*(each.low - bottom), *(each.high - bottom)[::-1]], LEAST if log else 0.0),
            fill="toself",
            fillcolor=drawing.translucent(colour, 0.16),
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=each.effort,
            y=np.maximum(each.middle - bottom, LEAST if log else 0.0),
            name=called[way],
            mode="lines",
            line={"color": colour, "dash": drawing.DASHES[way], "width": 2.5},
        )
    end = max(float(each.effort[-1]) for each in bands.values()) if whole else common_end(bands)
    xaxis = {"range": [0, end * 1.01]} if end > 0 else {}
    top = {"type": "log", "dtick": 1, "exponentformat": "power"} if log else {"range": [0, 1]}
    title = _("Loss above the lowest [nat]") if bottom else _("Loss [nat]")
    return drawing.framed(figure, along, title, height=400, xaxis=xaxis, yaxis=top)


def as_table(bands: Mapping[str, Band], called: Mapping[str, str], axis: Axis) -> pd.DataFrame:
    """Return the bands as a table."""
    return pd.concat(
        [
            pd.DataFrame(
                {"optimiser": called[way], axis: each.effort, "low": each.low, "median": each.middle, "high": each.high}
            )
            for way, each in bands.items()
        ],
        ignore_index=True,
    )


def headers(axis: Axis, along: str) -> dict[str, Any]:
    """Return what the columns of the table are called."""
    number = st.column_config.NumberColumn
    return {
        "optimiser": st.column_config.TextColumn(_("Optimiser")),
        axis: number(along, format="%.4g"),
        "low": number(_("Smallest loss of the seeds [nat]"), format="%.4f"),
        "median": number(_("Median loss [nat]"), format="%.4f"),
        "high": number(_("Largest loss of the seeds [nat]"), format="%.4f"),
    }
