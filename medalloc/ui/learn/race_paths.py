"""The race on two parameters, where the whole loss can be drawn as a landscape."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from medalloc.lessons.descent import Logistic, Run, Setting, Way, run
from medalloc.lessons.sample import Floats, Sample, few, standardised
from medalloc.lessons.standing import Axis, Band, band
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts, race_curves

COLUMNS = ("age", "visits_last_year")
ROWS = 600
AWAY = np.array([-1.6, 1.6])
"""From the lowest point to the start."""

REACH = 2.0
"""How far the picture reaches from the lowest point along both weights."""

UPDATES = 300
STEPS = 60


def objective() -> Logistic:
    """Return the loss of a logistic regression with two weights; the constant is the share in need."""
    return material.keep(_objective, material.patients(), state.learn().learn_stretch)


def _objective(patients: Sample, stretch: float) -> Logistic:
    sample = few(patients, ROWS, seed=material.SEED).of(parts.two_of(patients.columns, COLUMNS))
    share = float(sample.need.mean())
    scaled = standardised(sample.values, by=sample.values) * np.array([1.0, 1 / stretch])
    return Logistic(scaled, sample.need, float(np.log(share / (1 - share))))


def races(rates: Mapping[Way, float], start: Floats) -> dict[Way, tuple[Run, ...]]:
    """Return everybody's runs; only who was changed runs again."""
    asked, seeds = objective(), state.learn().learn_seeds
    setting = Setting(UPDATES, state.learn().learn_batch, looks=UPDATES // 2)
    begun = tuple(start.tolist())
    return {way: material.keep(_down, asked, begun, way, rate, setting, seeds) for way, rate in rates.items()}


def _down(
    asked: Logistic, start: tuple[float, ...], way: Way, rate: float, setting: Setting, seeds: int
) -> tuple[Run, ...]:
    begun = np.array(start)
    return tuple(run(asked, begun, way, rate=rate, setting=setting, seed=seed) for seed in range(seeds))


def panel(rates: Mapping[Way, float], axis: Axis, called: Mapping[str, str], along: Mapping[Axis, str]) -> None:
    """Show the paths on the landscape and the loss they reach."""
    st.markdown("##### " + _("Two weights: the paths"))
    st.slider(
        _("How much flatter the second direction is"),
        1.0,
        8.0,
        step=0.5,
        help=_("The second column in a larger unit: the valley gets long, and one rate must serve both directions."),
        **state.bound(at.learn.learn_stretch),
    )
    asked = objective()
    lowest = asked.lowest()
    every = races(rates, lowest + AWAY)
    bands: dict[str, Band] = {way: band(runs, axis) for way, runs in every.items()}
    left, right = st.columns(2, gap="large")
    with left:
        drawing.show(
            landscape(asked, lowest, every, called),
            key="learn_paths",
            alt=_("Paths of the optimisers over the contours of the loss"),
        )
    with right:
        drawing.show(
            race_curves.curves(bands, called, along[axis], bottom=asked.loss(lowest), log=True),
            key="learn_path_losses",
            alt=_("Loss above the lowest of each optimiser"),
        )
    st.caption(
        words.counted(
            "A logistic regression on {rows} patient by {first} and {second}. The cross is the lowest point, the "
            "square the start; drawn is the first seed.",
            "A logistic regression on {rows} patients by {first} and {second}. The cross is the lowest point, the "
            "square the start; drawn is the first seed.",
            asked.rows,
        ).format(rows=asked.rows, first=_("age"), second=_("visits last year"))
    )
    tell_lost(bands, called)
    frame = race_curves.as_table(bands, called, axis)
    parts.numbers(
        frame,
        key="learn_paths_table",
        alt=_("Loss of each optimiser at every look"),
        **race_curves.headers(axis, along[axis]),
    )


def tell_lost(bands: Mapping[str, Band], called: Mapping[str, str]) -> None:
    """Say who left the landscape."""
    lost = [called[way] for way, each in bands.items() if each.lost]
    if lost:
        st.warning(
            _("Left for good, and stopped there: {names}. The learning rate is too large for that rule.").format(
                names=", ".join(lost)
            )
        )


def landscape(
    asked: Logistic, lowest: Floats, every: dict[Way, tuple[Run, ...]], called: Mapping[str, str]
) -> go.Figure:
    """Return the contours of the loss with every path."""
    figure, shade = go.Figure(), palette.shade()
    ticks, losses = heights(asked, lowest)
    figure.add_contour(
        x=ticks[0],
        y=ticks[1],
        z=np.log10(losses - asked.loss(lowest) + 1e-3),
        ncontours=18,
        colorscale=[(0.0, palette.ACCENT[shade]), (1.0, palette.OUTLINE[shade])],
        opacity=0.5,
        line={"width": 0.7},
        showscale=False,
        hoverinfo="skip",
    )
    for way, runs in reversed(every.items()):
        figure.add_scatter(
            x=runs[0].path[:, 0] - lowest[0],
            y=runs[0].path[:, 1] - lowest[1],
            name=called[way],
            mode="lines",
            line={
                "color": drawing.WAYS[shade][way],
                "dash": drawing.DASHES[way],
                "width": 3,
            },
            hoverinfo="skip",
        )
    add_marks(figure)
    side = {"range": [-REACH, REACH]}
    across, up = _("first weight, from the lowest point"), _("second weight, from there")
    drawing.framed(figure, across, up, xaxis=side, yaxis=side)
    return figure.update_layout(legend={"traceorder": "reversed"})


def add_marks(figure: go.Figure) -> None:
    """Mark the start and the lowest point."""
    for place, symbol in ((AWAY, "square"), (np.zeros(2), "x")):
        figure.add_scatter(
            x=[place[0]],
            y=[place[1]],
            mode="markers",
            showlegend=False,
            marker={"symbol": symbol, "size": 12, "color": palette.TEXT[palette.shade()]},
            hoverinfo="skip",
        )


def heights(asked: Logistic, lowest: Floats) -> tuple[tuple[Floats, Floats], Floats]:
    """Return places along both weights, from the lowest point, and the loss at every pair, second weight first."""
    ticks = np.linspace(-REACH, REACH, STEPS)
    return (ticks, ticks), material.keep(_heights, asked, tuple(lowest.tolist()))


def _heights(asked: Logistic, lowest: tuple[float, ...]) -> Floats:
    ticks, middle = np.linspace(-REACH, REACH, STEPS), np.array(lowest)
    return np.array([[asked.loss(middle + [one, two]) for one in ticks] for two in ticks])
