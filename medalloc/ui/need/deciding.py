"""The threshold by what errors cost, and whether acting on the model is worth it."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.costs import CheapestThreshold, cheapest_threshold, mean_cost, threshold_by_cost
from medalloc.need.evaluation.decision import DecisionCurve, decision_curve, worth
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import charts, layout, numbers, palette, pictures, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.figures import chip

MOST_ODDS = 0.99
"""Threshold up to which a decision can be weighed; at 1 a false alarm would weigh infinitely more."""


def by_cost(of: Assessment) -> None:
    """Let the visitor say what errors cost, and show which threshold costs least."""
    left, right = st.columns(2)
    numbers.asked(
        _("Cost of a false negative"),
        at.look.cost_missed,
        place=left,
        low=0.0,
        step=1.0,
        help=_("In any unit, such as money or harm; only the ratio of the two costs decides."),
    )
    numbers.asked(
        _("Cost of a false positive"),
        at.look.cost_false,
        place=right,
        low=0.0,
        step=1.0,
        help=_("What it costs to plan care for somebody who does not need it, in the same unit."),
    )
    with layout.failures_as_sentences():
        missed, false = state.look().cost_missed, state.look().cost_false
        _least(of, threshold_by_cost(missed, false), _cheapest(of, missed, false))


def decision(of: Assessment) -> None:
    """Show what acting on the model is worth at every threshold, and say it."""
    curve = state.keep(decision_curve, of.test_need, of.test_probability, weight=of.test_weight)
    pictures.plotly(
        _drawn(curve, of.choice.kind),
        key="decision",
        alt=_("Net benefit of acting on the model, for everybody and for nobody, by threshold"),
    )
    st.markdown(words.say(curve.in_words()))
    threshold = min(state.look().threshold, MOST_ODDS)
    now = state.keep(
        worth,
        of.test_need,
        of.test_probability,
        threshold,
        patients=of.test_patients,
        seed=of.choice.seed,
        weight=of.test_weight,
    )
    st.markdown(words.say(now.in_words(threshold)))
    st.caption(
        _(
            "Net benefit counts true positives and subtracts false positives, weighed as the threshold "
            "implies: acting from 20% on says that one false negative is as bad as four false positives. "
            "It is measured on the test rows and takes the probabilities to be calibrated."
        )
    )


def _cheapest(of: Assessment, missed: float, false: float) -> CheapestThreshold:
    return state.keep(
        cheapest_threshold,
        of.test_need,
        of.test_probability,
        missed=missed,
        false=false,
        patients=of.test_patients,
        seed=of.choice.seed,
        weight=of.test_weight,
    )


def _least(of: Assessment, by_ratio: float, found: CheapestThreshold) -> None:
    costs = {"missed": state.look().cost_missed, "false": state.look().cost_false}
    now, then = (
        1000 * mean_cost(of.test_need, of.test_probability, each, **costs, weight=of.test_weight)
        for each in (state.look().threshold, by_ratio)
    )
    first, second, third = st.columns(3)
    first.metric(
        _("Cheapest by the costs"),
        words.percent(by_ratio, 1),
        help=_(
            "Threshold: cost of a false positive over the sum of both; right when the probabilities are calibrated."
        ),
        border=True,
        height="stretch",
    )
    second.metric(
        _("Cheapest on the test rows"),
        words.percent(found.threshold, 1),
        chip(found.interval),
        delta_color="off",
        delta_arrow="off",
        help=_("It follows the chance of these rows more than the ratio does; the range is its bootstrap interval."),
        border=True,
        height="stretch",
    )
    third.metric(
        _("Cost of 1,000 patients"),
        words.number(then),
        _("{cost} at the threshold above").format(cost=words.number(now)),
        delta_color="off",
        delta_arrow="off",
        help=_("On the test rows, at the threshold that is cheapest by the costs."),
        border=True,
        height="stretch",
    )
    st.button(
        _("Set the threshold to {threshold}").format(threshold=words.percent(by_ratio)),
        icon=":material/tune:",
        on_click=state.change,
        kwargs={"threshold": round(by_ratio, 2)},
        disabled=round(by_ratio, 2) == state.look().threshold,
    )


def _drawn(curve: DecisionCurve, kind: str) -> go.Figure:
    figure = go.Figure()
    quiet, dark = palette.QUIET[palette.shade()], palette.TEXT[palette.shade()]
    lines = (
        (_("Act on the model"), curve.model, {"color": palette.model(kind), "width": 2.5}),
        (
            _("Act for everybody"),
            curve.everybody,
            {"color": dark, "width": 1.5, "dash": "dash"},
        ),
        (_("Act for nobody"), np.zeros(len(curve.threshold)), {"color": quiet, "width": 1.5, "dash": "dot"}),
    )
    for name, height, line in lines:
        figure.add_scatter(x=curve.threshold, y=100 * height, name=name, mode="lines", line=line)
    top = 100 * float(curve.model[0])
    figure.add_vline(x=state.look().threshold, line={"color": quiet, "width": 1})
    figure.update_layout(
        xaxis={"range": [0, 1], "tickformat": ".0%", "title": _("Threshold"), "zeroline": False, "dtick": 0.2},
        yaxis={"range": [-0.25 * top, 1.1 * top], "title": _("Net benefit [patients found of 100]"), "zeroline": False},
        height=charts.HEIGHT,
        margin={"l": 10, "r": 10, "t": 70, "b": 10},
        legend={"orientation": "h", "y": 1.03, "yanchor": "bottom", "x": 0},
    )
    return figure
