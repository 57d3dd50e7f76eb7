"""Step 4, boosting: round by round, each small tree learns what is still wrong."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from medalloc.lessons.rounds import MOST_ROUNDS, Boosted, Residuals, boost, residuals
from medalloc.lessons.sample import Sample
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts

RATES = (0.05, 0.1, 0.2, 0.5, 1.0)
FORMULAS = (
    r"F_m(x)=F_{m-1}(x)+\nu\,h_m(x)",
    r"h_m(x_i)\approx r_i=y_i-p_i",
    r"p_i=\frac{1}{1+e^{-F_{m-1}(x_i)}}",
)
MOST_LOSS = 1.0
"""Upper end of the loss axis, which stays while controls move; a worse loss leaves the picture. [nat]"""


def columns() -> tuple[Sample, Sample]:
    """Return the patients learnt from and those not seen, by every number."""
    return material.keep(material.parts, material.patients().columns)


def found() -> Boosted:
    """Return every round at the chosen rate and depth."""
    rate, depth = state.learn().learn_rate, state.learn().learn_boost_depth
    return material.keep(boost, *columns(), rate=rate, depth=depth)


def answer() -> str:
    """Say whether the chosen round is before, at or beyond the best."""
    now, chosen = found(), state.learn().learn_rounds
    said = {
        "rounds": words.number(chosen),
        "best": words.number(now.best_round),
        "loss": words.number(float(now.test_loss[chosen]), 3),
        "least": words.number(float(now.test_loss[now.best_round]), 3),
    }
    if chosen > now.best_round:
        return words.counted(
            "After {rounds} round the log-loss on held-out patients is {loss}; it was lowest after round {best}, at "
            "{least}. What came later was overfitting.",
            "After {rounds} rounds the log-loss on held-out patients is {loss}; it was lowest after round {best}, at "
            "{least}. What came later was overfitting.",
            chosen,
        ).format(**said)
    if chosen == now.best_round:
        return words.counted(
            "After {rounds} round the log-loss on held-out patients is at its lowest, {loss}.",
            "After {rounds} rounds the log-loss on held-out patients is at its lowest, {loss}.",
            chosen,
        ).format(**said)
    return words.counted(
        "After {rounds} round the log-loss on held-out patients is {loss}; it goes on falling until round {best}, to "
        "{least}.",
        "After {rounds} rounds the log-loss on held-out patients is {loss}; it goes on falling until round {best}, to "
        "{least}.",
        chosen,
    ).format(**said)


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("Boosting, round by round"),
        FORMULAS,
        _("It begins with the same probability for everybody: the share in need."),
        _(
            "Each round fits a small tree h to what is left, need minus probability, and takes the part ν of its "
            "answer; its leaves hold one Newton step of the log-loss."
        ),
    )
    now = found()
    inputs, losses = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with losses:
        drawing.show(curves(now), key="learn_losses", alt=_("Log-loss after each round, training and held-out"))
    figures(now)
    st.markdown("##### " + _("What is left to explain"))
    names = material.patients().columns
    st.selectbox(
        _("Along which column?"),
        names,
        help=_("Training patients, in groups of like size; above 0 more were in need than predicted."),
        **state.bound_to_one_of(at.learn.learn_column, names),
    )
    chosen = state.learn()
    train = columns()[0]
    start, left = (residuals(train, chosen.learn_column, now.train[place]) for place in (0, chosen.learn_rounds))
    drawing.show(
        rests(start, left),
        key="learn_residuals",
        alt=_("Need minus probability along one column, at the start and now"),
    )
    table(now)
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose rounds, rate and depth."""
    st.slider(
        _("Rounds m"),
        0,
        MOST_ROUNDS,
        help=_("Use the arrow keys to go round by round."),
        **state.bound(at.learn.learn_rounds),
    )
    st.select_slider(
        _("Learning rate ν"),
        RATES,
        format_func=lambda rate: f"{rate:g}",
        help=_("How much of each tree's answer is taken; small steps need more rounds."),
        **state.bound(at.learn.learn_rate),
    )
    st.slider(
        _("Depth of each tree"),
        1,
        5,
        help=_("With depth 1 each tree asks one question, and columns never act together."),
        **state.bound(at.learn.learn_boost_depth),
    )
    st.caption(
        _("Trained on {train} patients, tested on {test} others, by {columns} columns.").format(
            train=words.number(len(columns()[0].need)),
            test=words.number(len(columns()[1].need)),
            columns=words.number(len(columns()[0].columns)),
        )
    )


def curves(now: Boosted) -> go.Figure:
    """Return both losses against rounds, with a line at the round chosen and a mark at the best."""
    figure, shade = go.Figure(), palette.shade()
    for name, values, colour, dash in (
        (_("training patients"), now.train_loss, palette.QUIET[shade], "dash"),
        (_("held-out patients"), now.test_loss, palette.model("boosting"), "solid"),
    ):
        figure.add_scatter(
            x=np.arange(len(values)),
            y=values,
            name=name,
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2.5},
        )
    figure.add_scatter(
        x=[now.best_round],
        y=[now.test_loss[now.best_round]],
        name=_("lowest"),
        mode="markers",
        marker={"symbol": "star", "size": 13, "color": drawing.IN_NEED[shade]},
    )
    figure.add_vline(x=state.learn().learn_rounds, line={"color": palette.TEXT[shade], "width": 1, "dash": "dot"})
    axis = {"range": [0, MOST_LOSS], "tickformat": ".1f"}
    return drawing.framed(figure, _("Rounds"), _("Log-loss [nat]"), height=360, yaxis=axis)


def rests(start: Residuals, left: Residuals) -> go.Figure:
    """Return mean residuals of the groups, at the start and now, on an axis that stays."""
    figure, shade = go.Figure(), palette.shade()
    for name, each, colour, dash in (
        (_("at the start"), start, palette.QUIET[shade], "dot"),
        (_("now"), left, palette.model("boosting"), "solid"),
    ):
        figure.add_scatter(
            x=each.value,
            y=each.residual,
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2.5},
            marker={"size": 8},
        )
    figure.add_hline(y=0, line={"color": palette.TEXT[shade], "width": 1})
    axis = {"range": [-0.7, 0.7], "tickformat": "+.0%"}
    return drawing.framed(figure, state.learn().learn_column, _("Need minus probability"), height=320, yaxis=axis)


def figures(now: Boosted) -> None:
    """Show both losses at the chosen round against the start."""
    chosen = state.learn().learn_rounds
    against = _("{change} against the start")
    shown = []
    for name, losses in ((_("Log-loss, held-out"), now.test_loss), (_("Log-loss, training"), now.train_loss)):
        change = float(losses[chosen] - losses[0])
        shown.append(
            layout.Figure(
                name, words.number(float(losses[chosen]), 3), against.format(change=words.signed(change, 3)), good=False
            )
        )
    shown.append(
        layout.Figure(
            _("Best number of rounds"),
            words.number(now.best_round),
            help=_("Chosen by looking at the test; in earnest a third part of the patients must choose it."),
        )
    )
    layout.figures(shown)


def table(now: Boosted) -> None:
    """Show the losses round by round."""
    frame = pd.DataFrame({"rounds": np.arange(len(now.test_loss)), "test": now.test_loss, "train": now.train_loss})
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_boosting_table",
        alt=_("Log-loss after each round"),
        rounds=number(_("Rounds")),
        test=number(_("Log-loss, held-out"), format="%.4f"),
        train=number(_("Log-loss, training"), format="%.4f"),
    )


def _questions() -> dict[str, str]:
    return {
        _("Why does the held-out loss rise again?"): _(
            "When what can be told from the columns has been told, what is left is chance. Further trees learn the "
            "chance of the patients they see, and new patients have another."
        ),
        _("What is the difference between a forest's trees and boosting's?"): _(
            "A forest's trees know nothing of each other and are averaged; their order does not matter. In "
            "boosting each tree mends those before it; they are added up, and one can go too far."
        ),
        _("Halve the learning rate: what happens to the best number of rounds?"): _(
            "It grows, often to about twice as many, and the lowest loss hardly changes. Try it above."
        ),
    }
