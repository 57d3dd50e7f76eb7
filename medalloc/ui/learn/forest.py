"""Step 3, the forest: one tree against many."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from medalloc.lessons.forest import MOST_TREES, Grown, grow
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts

FORMULAS = (
    r"\hat p(x)=\frac1B\sum_{b=1}^{B}T_b(x)",
    r"\operatorname{Var}\hat p(x)=\rho\,\sigma^2+\frac{1-\rho}{B}\,\sigma^2",
)


def found() -> Grown:
    """Return the forest of the chosen depth, tree by tree."""
    columns, depth = parts.two_columns(), state.learn().learn_depth
    return material.keep(grow, *material.keep(material.parts, columns), depth=depth, seed=material.SEED)


def answer() -> str:
    """Say what many trees are worth against one."""
    now, trees = found(), state.learn().learn_trees
    return _(
        "On held-out patients, one tree has a ROC AUC of {one} on average, {trees} together have {many}. "
        "On the training patients it is {seen}: that number says nothing about new patients."
    ).format(
        one=words.number(float(now.single_auc.mean()), 3),
        trees=words.number(trees),
        many=words.number(float(now.test_auc[trees - 1]), 3),
        seen=words.number(float(now.train_auc[trees - 1]), 3),
    )


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("A forest against one tree"),
        FORMULAS,
        _(
            "Each tree learns from its own draw of patients and asks yes-or-no questions about the columns; the forest "
            "says the mean of B trees."
        ),
        _(
            "If trees vary with variance σ² and are correlated by ρ, more trees remove the second part of the variance "
            "and never the first."
        ),
    )
    now = found()
    inputs, curves = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with curves:
        drawing.show(growth(now), key="learn_growth", alt=_("ROC AUC by the number of trees, training and held-out"))
    figures(now)
    one, many = st.columns(2, gap="large")
    trees = state.learn().learn_trees
    with one:
        st.markdown("##### " + _("The first tree alone"))
        drawing.show(surface(now, 1), key="learn_one_tree", alt=_("Probability of need by the first tree"))
    with many:
        st.markdown("##### " + _("Trees together: {trees}").format(trees=words.number(trees)))
        drawing.show(surface(now, trees), key="learn_many_trees", alt=_("Probability of need by all trees asked"))
    table(now)
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose columns, trees and depth."""
    parts.column_controls()
    st.slider(
        _("Number of trees B"),
        1,
        MOST_TREES,
        help=_("The same trees in the same order: a larger number only adds some."),
        **state.bound(at.learn.learn_trees),
    )
    st.slider(
        _("Depth of each tree"),
        1,
        16,
        help=_("Questions that a tree may ask one after the other; a deep tree can overfit its patients."),
        **state.bound(at.learn.learn_depth),
    )


def growth(now: Grown) -> go.Figure:
    """Return ROC AUC against the number of trees, with a line at the number chosen."""
    figure, trees = go.Figure(), np.arange(1, MOST_TREES + 1)
    shade = palette.shade()
    for name, values, colour, dash in (
        (_("training patients"), now.train_auc, palette.QUIET[shade], "dash"),
        (_("held-out patients"), now.test_auc, palette.model("forest"), "solid"),
    ):
        figure.add_scatter(
            x=trees, y=values, name=name, mode="lines", line={"color": colour, "dash": dash, "width": 2.5}
        )
    figure.add_vline(x=state.learn().learn_trees, line={"color": palette.TEXT[shade], "width": 1, "dash": "dot"})
    axis = {"range": [0.45, 1.02], "tickformat": ".1f"}
    return drawing.framed(
        figure, _("Trees"), _("ROC AUC"), height=360, yaxis=axis, xaxis={"range": [0, MOST_TREES + 1]}
    )


def surface(now: Grown, trees: int) -> go.Figure:
    """Return what the first trees say at every place, with the patients not seen."""
    figure, columns = go.Figure(), parts.two_columns()
    drawing.add_surface(figure, now.horizontal, now.vertical, now.surfaces[trees - 1], ends=(0.0, 1.0))
    drawing.add_patients(figure, material.shown(columns), faint=True, size=6)
    ranges = [[float(side[0]), float(side[-1])] for side in (now.horizontal, now.vertical)]
    return drawing.framed(figure, *columns, height=380, xaxis={"range": ranges[0]}, yaxis={"range": ranges[1]})


def figures(now: Grown) -> None:
    """Show the chosen forest against its mean tree."""
    trees, single = state.learn().learn_trees, float(now.single_auc.mean())
    many = float(now.test_auc[trees - 1])
    gap = float(now.train_auc[trees - 1]) - many
    layout.figures(
        [
            layout.Figure(
                _("ROC AUC, held-out"),
                words.number(many, 3),
                _("{change} against one tree").format(change=words.signed(many - single, 3)),
                good=True,
            ),
            layout.Figure(
                _("Training minus held-out"),
                words.number(gap, 3),
                help=_("How much better the forest is on its training patients: how far it is overfitted."),
            ),
            layout.Figure(
                _("Correlation ρ of two trees"),
                words.number(now.agreement, 2),
                help=_("Mean correlation of two trees' answers on held-out patients."),
            ),
        ]
    )


def table(now: Grown) -> None:
    """Show the scores tree by tree."""
    frame = pd.DataFrame(
        {
            "trees": np.arange(1, MOST_TREES + 1),
            "test": now.test_auc,
            "train": now.train_auc,
            "single": now.single_auc,
        }
    )
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_forest_table",
        alt=_("ROC AUC by the number of trees"),
        trees=number(_("Trees")),
        test=number(_("ROC AUC, held-out"), format="%.3f"),
        train=number(_("ROC AUC, training"), format="%.3f"),
        single=number(_("ROC AUC of this tree alone, held-out"), format="%.3f"),
    )


def _questions() -> dict[str, str]:
    return {
        _("Can too many trees harm?"): _(
            "They cost time, but a mean of more trees does not fit worse: the second part of the variance only "
            "falls. Depth can harm, and so can too few patients a leaf."
        ),
        _("Why does a deep forest know its own patients nearly perfectly?"): _(
            "Each tree splits until a leaf holds patients of one answer. Asked about them again it "
            "repeats what it was told. Only held-out patients tell what was understood."
        ),
        _("How could one make two trees less alike, and what would that cost?"): _(
            "Give each tree fewer patients, or fewer columns to ask about at each question. ρ falls, but each tree "
            "by itself gets worse: σ² and its errors rise."
        ),
    }
