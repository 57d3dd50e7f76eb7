"""Step 7, few in need: accuracy that a model earns by saying no to everybody."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.lessons.rare import SHARES, Judged, rarer
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.learn import drawing, material, parts

SEEDS = (1, 2, 3)
WEIGHTS = ("plain", "balanced")
FORMULAS = (
    r"\text{always no:}\quad\text{accuracy}=1-s",
    r"\ell=\textstyle\sum_i w_{y_i}\,\ell_i",
    r"w_1=\tfrac{1}{2s},\quad w_0=\tfrac{1}{2(1-s)}",
)


def found() -> tuple[Judged, ...]:
    """Return how the model does at every share in need."""
    chosen = state.learn()
    return material.keep(
        rarer,
        material.patients(),
        threshold=chosen.learn_called / 100,
        weighted=chosen.learn_weighing == "balanced",
        seeds=SEEDS,
    )


def now() -> Judged:
    """Return how it does at the share that is looked at."""
    share = state.learn().learn_share
    return found()[SHARES.index(share) if share in SHARES else 0]


def answer() -> str:
    """Say what accuracy hides."""
    at_share = now()
    said = {
        "accuracy": words.percent(at_share.accuracy),
        "always": words.percent(at_share.always_no),
        "found": words.percent(at_share.found),
        "share": words.percent(at_share.share),
    }
    return _(
        "With {share} in need the model is right about {accuracy} of all, and finds {found} of those in need; always "
        "saying no is right about {always}, and finds nobody."
    ).format(**said)


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("When few are in need"),
        FORMULAS,
        _(
            "The article judges by accuracy. The rarer need is, the better that looks for a model that has "
            "learned nothing. Here patients in need are left out until a share s of them remains; {splits} "
            "splits each."
        ).format(splits=len(SEEDS)),
        _("ROC AUC does not depend on how many are in need; weights let the few count as much as the many."),
    )
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        controls()
    with result:
        pictures.altair(picture(), of="", alt=_("Accuracy, those found and ROC AUC by the share in need"))
        figures()
    table()
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose the share, who is called, and the weights."""
    st.select_slider(
        _("Share in need"),
        SHARES,
        format_func=words.percent,
        help=_("Others are left out at random; where more are wanted, patients who are not in need are left out."),
        **state.bound(at.learn.learn_share),
    )
    st.slider(
        _("Called from a probability of [%]"),
        5,
        95,
        step=5,
        help=_("The article calls from 50% on. Whom a bed can still help may be called from far less."),
        **state.bound(at.learn.learn_called),
    )
    ways = {"plain": _("Every patient weighs the same"), "balanced": _("Those in need weigh as much as all others")}
    st.radio(
        _("While learning"),
        WEIGHTS,
        format_func=ways.__getitem__,
        help=_("Weights move the probabilities up; they are then no chances any more until they are calibrated."),
        **state.bound(at.learn.learn_weighing),
    )


def names() -> dict[str, str]:
    """Return what is drawn, and what it is called."""
    return {
        "accuracy": _("Accuracy"),
        "always_no": _("Accuracy of always no"),
        "found": _("Found of those in need"),
        "roc_auc": _("ROC AUC"),
    }


def picture() -> Drawing:
    """Return each measure by the share in need, and where one looks."""
    called, shade = names(), palette.shade()
    rows = [
        {"share": share, "what": name, "value": getattr(each, what)}
        for share, each in zip(SHARES, found(), strict=True)
        for what, name in called.items()
    ]
    colours = [palette.ACCENT[shade], palette.QUIET[shade], drawing.IN_NEED[shade], palette.TEXT[shade]]
    lines = parts.lines(
        pd.DataFrame(rows),
        alt.X("share:Q", title=_("Share in need"), scale=alt.Scale(type="log", nice=False), axis=_axis()),
        alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%")),
        list(called.values()),
        colours,
        point=True,
    ).encode(
        tooltip=[
            alt.Tooltip("what:N", title=_("Measure")),
            alt.Tooltip("share:Q", title=_("Share in need"), format=".0%"),
            alt.Tooltip("value:Q", title=_("Score"), format=".1%"),
        ]
    )
    here = (
        alt.Chart(pd.DataFrame({"share": [state.learn().learn_share]})).mark_rule(strokeDash=[4, 4]).encode(x="share:Q")
    )
    return alt.layer(lines, here)


def _axis() -> alt.Axis:
    return alt.Axis(values=list(SHARES), format=".0%", grid=False)


def figures() -> None:
    """Show what the answer is made of."""
    at_share = now()
    nobody = _("nobody is called")
    against = _("{change} against always no").format(
        change=words.signed(100 * (at_share.accuracy - at_share.always_no), 1)
    )
    right = nobody if at_share.right != at_share.right else words.percent(at_share.right)
    layout.figures(
        [
            layout.Figure(_("Accuracy"), words.percent(at_share.accuracy), against),
            layout.Figure(_("ROC AUC"), words.number(at_share.roc_auc, 3)),
        ]
    )
    layout.figures(
        [
            layout.Figure(_("Found of those in need"), words.percent(at_share.found)),
            layout.Figure(_("In need among those called"), right),
        ]
    )


def table() -> None:
    """Show every measure at every share."""
    called = {**names(), "share": _("Share in need"), "right": _("In need among those called")}
    frame = pd.DataFrame([vars(each) for each in found()])
    number = st.column_config.NumberColumn
    columns: dict[str, Any] = {name: number(said, format="%.3f") for name, said in called.items()}
    parts.numbers(
        frame,
        key="learn_rare_table",
        alt=_("Accuracy, those found and ROC AUC by the share in need"),
        **columns,
    )


def _questions() -> dict[str, str]:
    return {
        _("At 1% in need the accuracy is 99%. What has the model learned?"): _(
            "Nothing that helps: it calls nobody, as always saying no does. Its ROC AUC shows that it ranks "
            "patients better than chance all the same; the threshold throws that away."
        ),
        _("Do weights make a better model?"): _(
            "They move the border, hardly the ranking: ROC AUC stays where it was. A lower threshold finds the "
            "same people without weights, and keeps probabilities that can be summed to a demand."
        ),
        _("Which threshold is right for a plan?"): _(
            "None: a plan needs the sum of probabilities by region, not calls. For calling single patients it is "
            "the one at which a missed patient costs as much as the visits in vain; the Need screen lets you set "
            "it."
        ),
    }
