"""Scores with their intervals, side by side."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from medalloc.need.measures.bootstrap import Interval
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


@dataclass(frozen=True)
class ScoreFigure:
    """A share and where it would lie if other patients had come."""

    label: str
    """What it is."""

    value: float
    """The share; NaN where it is not defined. [fraction]"""

    interval: Interval | None = None
    """Its interval."""

    help: str | None = None
    """What it means."""


def score_figures(shown: list[ScoreFigure]) -> None:
    """Show shares side by side, each above its 95 % interval; on a narrow screen below each other."""
    for place, figure in zip(st.columns(len(shown)), shown, strict=True):
        place.metric(
            figure.label,
            "–" if np.isnan(figure.value) else words.percent(figure.value, 1),
            chip(figure.interval),
            delta_color="off",
            delta_arrow="off",
            help=figure.help,
            border=True,
            height="stretch",
        )


def ends(interval: Interval | None, digits: int | None = None) -> str | None:
    """Put an interval into words, of a share in percent unless it is told how many digits; None where there is none."""
    if interval is None or np.isnan(interval.low):
        return None
    if digits is None:
        low, high = words.number(100 * interval.low, 1), words.percent(interval.high, 1)
    else:
        low, high = words.number(interval.low, digits), words.number(interval.high, digits)
    return _("{low} to {high}").format(low=low, high=high)


def chip(interval: Interval | None, digits: int | None = None) -> str | None:
    """Put an interval into the few words that stand below a figure, as `ends` does; None where there is none."""
    between = ends(interval, digits)
    return None if between is None else _("95 %: {interval}").format(interval=between)


def with_interval(value: float, interval: Interval | None, *, digits: int, scale: float = 1.0) -> str:
    """Put a score and its interval into one cell of a table; a dash where it is not defined."""
    if np.isnan(value):
        return "–"
    shown = words.number(scale * value, digits)
    if interval is None or np.isnan(interval.low):
        return shown
    return f"{shown} ({words.number(scale * interval.low, digits)}–{words.number(scale * interval.high, digits)})"
