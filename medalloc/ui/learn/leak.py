"""Step 1, cleaning: what a test is worth whose rows were seen before."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.lessons.leak import LEAKS, Leakage, extremes, leakage, with_repeats
from medalloc.need.models.choice import ModelChoice
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts
from medalloc.ui.need.training import model_names

SEEDS = 5
MODELS = {
    "forest": ModelChoice("forest", options={"trees": 15, "smallest_leaf": 1}),
    "logistic": ModelChoice("logistic"),
    "svm": ModelChoice("svm"),
}
"""The forest has the article's full depth, and fewer trees so that the answer comes at once."""

FORMULAS = (
    r"x'_i=\frac{x_i-\min_{j\in S}x_j}{\max_{j\in S}x_j-\min_{j\in S}x_j}",
    r"""\begin{aligned}S_{\text{article}}&=\mathrm{train}\cup\mathrm{test}\\
S_{\text{honest}}&=\mathrm{train}\end{aligned}""",
)


def found() -> Leakage:
    """Return what the chosen leak is worth."""
    table = _repeated()
    leak = next(each for each in LEAKS if each == state.learn().learn_leak)
    return material.keep(leakage, table, leak, MODELS[state.learn().learn_model], seeds=SEEDS)


def answer() -> str:
    """Say what the leak does to the score."""
    now = found()
    with_leak, without = (float(np.mean([each.roc_auc for each in side])) for side in (now.leaky, now.honest))
    said = {"leaky": words.number(with_leak, 3), "honest": words.number(without, 3), "gain": words.signed(now.gain, 3)}
    if now.gain > now.chance:
        return _(
            "With the leak the model seems to have a ROC AUC of {leaky}; without it {honest}. The difference, {gain}, "
            "is nothing that a new patient would ever give."
        ).format(**said)
    return _(
        "With the leak the ROC AUC is {leaky}, without it {honest}: a difference of {gain}, no gain that stands out "
        "from chance. A leak is a fault of the test even where it does not show."
    ).format(**said)


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("Cleaning, and the leak it contains"),
        FORMULAS,
        _(
            "The article takes smallest, largest and mean values from the whole table, and splits by row, "
            "so that a patient who came twice can be learned from and tested on."
        ),
        _("Here the same model is judged twice, {seeds} splits each: with the leak and without.").format(seeds=SEEDS),
    )
    now = found()
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
        st.caption(
            _(
                "Rows: {rows}, of {patients} patients. Of the leaky test's rows, {seen} belong to a "
                "patient the model has learned from. Second rows are invented: nearly the same numbers, "
                "the same need."
            ).format(rows=words.number(now.rows), patients=words.number(now.patients), seen=words.percent(now.seen))
        )
    with result:
        pictures.altair(Sketch(picture, scored(now)), of="", alt=_("Scores of each split, with the leak and without"))
        st.caption(_("A point is one split, a stroke their mean."))
        figures(now)
    table(now)
    learnt_from()
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose the leak, the model and the table."""
    leaks = {
        "scaling": _("Scaling on the whole table"),
        "patients": _("One patient on both sides"),
        "both": _("Both"),
    }
    st.radio(
        _("Which leak?"),
        LEAKS,
        format_func=leaks.__getitem__,
        help=_("The other side of the comparison never has the leak."),
        **state.bound(at.learn.learn_leak),
    )
    names = model_names()
    st.radio(
        _("Judged by"),
        list(MODELS),
        format_func=names.__getitem__,
        help=_("Full-grown trees remember single patients best."),
        **state.bound(at.learn.learn_model),
    )
    st.slider(
        _("Patients with a second row [%]"),
        0,
        100,
        step=10,
        help=_("Without any, splitting by row leaks nothing."),
        **state.bound(at.learn.learn_repeats),
    )
    st.slider(
        _("Patients in the table"),
        100,
        2000,
        step=100,
        help=_("With few patients a single extreme value weighs more, and so does chance."),
        **state.bound(at.learn.learn_patients),
    )


def scored(now: Leakage) -> pd.DataFrame:
    """Return columns ``row``, ``how``, ``value``: one row for each split and score, as they are drawn."""
    return pd.DataFrame(
        [
            {"row": f"{name}, {how}", "how": how, "value": getattr(each, score)}
            for score, name in (("roc_auc", _("ROC AUC")), ("accuracy", _("Accuracy")))
            for how, side in zip(_ways(), (now.leaky, now.honest), strict=True)
            for each in side
        ]
    )


def _ways() -> list[str]:
    return [_("with the leak"), _("without")]


def picture(shown: pd.DataFrame) -> Drawing:
    """Return one point a split and a stroke at the mean, on an axis that stays while controls move."""
    colours = alt.Scale(domain=_ways(), range=[drawing.IN_NEED[palette.shade()], palette.ACCENT[palette.shade()]])
    base = alt.Chart(shown).encode(
        y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        color=alt.Color("how:N", scale=colours, legend=None),
    )
    scale = alt.Scale(domain=[0.4, 1.0])
    points = base.mark_point(filled=True, size=80, opacity=0.45).encode(
        x=alt.X("value:Q", title=_("Score"), scale=scale, axis=alt.Axis(tickCount=7, format=".1f")),
        tooltip=[alt.Tooltip("row:N", title=_("Judged")), alt.Tooltip("value:Q", title=_("Score"), format=".3f")],
    )
    means = base.mark_tick(thickness=4, size=30).encode(x=alt.X("mean(value):Q", scale=scale))
    return alt.layer(points, means).properties(height=alt.Step(48))


def figures(now: Leakage) -> None:
    """Show the means with the leak against those without."""
    shown = []
    for score, name in (("roc_auc", _("ROC AUC with the leak")), ("accuracy", _("Accuracy with the leak"))):
        leaky, honest = (float(np.mean([getattr(each, score) for each in side])) for side in (now.leaky, now.honest))
        change = _("{change} against without").format(change=words.signed(leaky - honest, 3))
        shown.append(layout.Figure(name, words.number(leaky, 3), change))
    layout.figures(shown)


def table(now: Leakage) -> None:
    """Show the scores split by split."""
    frame = pd.DataFrame(
        {
            "split": range(1, len(now.leaky) + 1),
            "auc_leak": [each.roc_auc for each in now.leaky],
            "auc": [each.roc_auc for each in now.honest],
            "accuracy_leak": [each.accuracy for each in now.leaky],
            "accuracy": [each.accuracy for each in now.honest],
        }
    )
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_leak_table",
        alt=_("Scores of each split, with the leak and without"),
        split=number(_("Split")),
        auc_leak=number(_("ROC AUC, with the leak"), format="%.3f"),
        auc=number(_("ROC AUC, without"), format="%.3f"),
        accuracy_leak=number(_("Accuracy, with the leak"), format="%.3f"),
        accuracy=number(_("Accuracy, without"), format="%.3f"),
    )


def _repeated() -> Table:
    """Return the table in which some patients have a second row."""
    chosen = state.learn()
    return material.keep(
        with_repeats,
        material.table(),
        patients=chosen.learn_patients,
        share=chosen.learn_repeats / 100,
        seed=material.SEED,
    )


def learnt_from() -> None:
    """Show what the recipe learns from all rows beside what it may know."""
    each_column = material.keep(extremes, _repeated(), seed=42)
    frame = pd.DataFrame(
        [(each.column, *each.whole, *each.training) for each in each_column],
        columns=["column", "low", "mean", "high", "low_train", "mean_train", "high_train"],
    )
    number = st.column_config.NumberColumn
    parts.numbers(
        frame,
        key="learn_extremes",
        label=_("What the recipe learns of each column"),
        alt=_("Extremes and means of every column, from all rows and from the training part"),
        column=st.column_config.TextColumn(_("Column"), pinned=True),
        low=number(_("Smallest, all rows"), format="%.4g"),
        mean=number(_("Mean, all rows"), format="%.4g"),
        high=number(_("Largest, all rows"), format="%.4g"),
        low_train=number(_("Smallest, training part"), format="%.4g"),
        mean_train=number(_("Mean, training part"), format="%.4g"),
        high_train=number(_("Largest, training part"), format="%.4g"),
    )


def _questions() -> dict[str, str]:
    return {
        _("Why does scaling on the whole table hardly move a forest's score?"): _(
            "A tree asks only whether a value is above or below a threshold, and stretching a column moves values "
            "and thresholds alike. The rule was broken all the same: with another model, or with a step that looks "
            "at the answers, the same mistake can cost dearly."
        ),
        _("Why do patients on both sides help a forest more than a logistic regression?"): _(
            "A full-grown tree can keep a single patient in a leaf of their own, and recognises them when they "
            "come again. A logistic regression has one weight a column and cannot remember anybody. Switch the "
            "model and see."
        ),
        _("A hospital reports an accuracy of 97%. What do you ask first?"): _(
            "How many are right by always giving the majority answer; whether patients, or rows of the "
            "same patient, were split; and what was computed before the split."
        ),
    }
