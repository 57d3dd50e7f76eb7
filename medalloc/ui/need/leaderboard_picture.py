"""Models beside each other as dots with their intervals; the answer that needs no model is always there."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.need.comparison.comparison import Comparison
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.models.amount_boosting import AMOUNT_BOOSTING
from medalloc.need.models.amount_linear import AMOUNT_LINEAR
from medalloc.need.models.amount_mean import AMOUNT_MEAN
from medalloc.ui.kit import palette, pictures
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

MAJORITY = "majority"
"""The row of the answer that needs no model."""
COLUMNS = ["model", "kind", "score", "value", "low", "high"]
OF_NEED = {AMOUNT_LINEAR.kind: "logistic", AMOUNT_BOOSTING.kind: "boosting"}
"""The model of need whose colour one of amounts has."""


def draw(compared: Comparison, names: Mapping[str, str]) -> None:
    """Show ROC AUC and accuracy of every model on the test rows."""
    shown = frame(compared, names)
    _side_by_side(
        (
            shown[shown["score"] == "roc_auc"],
            _("ROC AUC, test"),
            ".2f",
            _("ROC AUC of every model with its 95% interval"),
        ),
        (
            shown[shown["score"] == "accuracy"],
            _("Accuracy, test"),
            ".0%",
            _("Accuracy of every model with its 95% interval"),
        ),
    )


def draw_amounts(models: Sequence[AmountAssessment], names: Mapping[str, str], error: str) -> None:
    """Show deviance and error of every model of amounts on the test rows.

    Parameters
    ----------
    error : str
        What the mean absolute error is called, with its unit.
    """
    _side_by_side(
        (
            amounts_frame(models, names, "deviance"),
            _("Deviance, test"),
            ".3~g",
            _("Deviance of every model with its 95% interval"),
        ),
        (
            amounts_frame(models, names, "mae"),
            error,
            ".3~g",
            _("Mean absolute error of every model with its 95% interval"),
        ),
    )


def _side_by_side(*scores: tuple[pd.DataFrame, str, str, str]) -> None:
    """Show dots of several scores: their rows, title, form of numbers, and what is seen."""
    for place, (shown, title, form, seen) in zip(st.columns(len(scores), gap="large"), scores, strict=True):
        pictures.altair(_dots(shown, title, form=form), where=place, alt=seen)


def amounts_frame(models: Sequence[AmountAssessment], names: Mapping[str, str], score: str) -> pd.DataFrame:
    """Return a row a model: ``model``, ``kind``, ``score``, ``value``, ``low`` and ``high``."""
    rows = [_row(names, each.choice.kind, score, each.scores, each.intervals) for each in models]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    names: Mapping[str, str], kind: str, score: str, scores: object, intervals: Mapping[str, Interval]
) -> tuple[object, ...]:
    value, ends = getattr(scores, score), intervals.get(score)
    low, high = (value, value) if ends is None else (ends.low, ends.high)
    return names[kind], kind, score, value, low, high


def frame(compared: Comparison, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a row a model and score: ``model``, ``kind``, ``score``, ``value``, ``low`` and ``high``."""
    rows: list[tuple[object, ...]] = []
    for score in ("roc_auc", "accuracy"):
        rows += [_row(names, each.kind, score, each.test, each.intervals) for each in compared.models]
        value = getattr(compared.majority, score)
        rows.append((_("Always the majority answer"), MAJORITY, score, value, value, value))
    return pd.DataFrame(rows, columns=COLUMNS)


def _dots(shown: pd.DataFrame, title: str, *, form: str) -> Drawing:
    kinds = shown["kind"].tolist()
    colours = [_colour(each) for each in kinds]
    base = alt.Chart(shown).encode(
        y=alt.Y("model:N", sort=shown["model"].tolist(), title=None, axis=alt.Axis(labelLimit=200)),
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None),
        tooltip=[
            alt.Tooltip("model:N", title=_("Model")),
            alt.Tooltip("value:Q", title=title, format=".3f"),
            alt.Tooltip("low:Q", title=_("low end"), format=".3f"),
            alt.Tooltip("high:Q", title=_("high end"), format=".3f"),
        ],
    )
    axis = alt.Axis(format=form, tickCount=5)
    lines = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", title=title, axis=axis, scale=alt.Scale(zero=False, nice=True)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x="value:Q")
    return alt.layer(lines, points).properties(height=alt.Step(30))


def _colour(kind: str) -> str:
    if kind in (MAJORITY, AMOUNT_MEAN.kind):
        return palette.QUIET[palette.shade()]
    return palette.model(OF_NEED.get(kind, kind))
