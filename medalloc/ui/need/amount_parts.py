"""What is looked at of the chosen model of amounts, one question at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.explanation.amount_contributions import amount_contributions, amount_in_words
from medalloc.need.explanation.contributions import Contributions
from medalloc.need.explanation.subject import Subject
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import charts, downloads, layout, palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.need import apply, card, explained, explaining_charts, one_patient, patient_answers, patient_values

SENTENCES = 5
"""Contributions that are said in words."""


@dataclass(frozen=True)
class TrainedAmount:
    """The model of amounts that is looked at."""

    of: AmountAssessment
    """What was found about it."""

    model: KeptModel | None
    """The model itself, where it was kept."""

    table: Table
    """The table that it learned from."""

    unit: str
    """What is counted, in the plural."""


def show(trained: TrainedAmount) -> None:
    """Let the visitor choose a question about a model of amounts, and answer it."""
    titles = {
        "quality": _("How good it is"),
        "reliance": _("What it relies on"),
        "patient": _("One patient"),
        "use": _("Keep and use it"),
    }
    st.segmented_control(
        _("Question about the model"),
        tuple(titles),
        format_func=titles.__getitem__,
        required=True,
        help=_("Every question is about the model chosen above."),
        **state.bound(at.look.need_part, shown=lambda part: part if part in titles else "quality"),
    )
    answers: Mapping[str, Callable[[TrainedAmount], None]] = {
        "quality": _quality,
        "reliance": _reliance,
        "patient": _patient,
        "use": _use,
    }
    answers.get(state.look().need_part, _quality)(trained)


def _quality(trained: TrainedAmount) -> None:
    """Show what came true beside what was expected, in tenths of the patients."""
    st.subheader(_("Observed and expected, by tenth of the patients"), anchor=False)
    shown = pd.DataFrame([vars(each) for each in trained.of.deciles])
    pictures.altair(_deciles(shown, trained.unit), alt=_("Observed beside expected amounts, by tenth of the patients"))
    st.caption(
        _(
            "Each point is a tenth of the patients, from those of whom least is expected to those of whom "
            "most is; the line through it is the 95% interval of their mean. On the diagonal the model is "
            "right on average."
        )
    )
    downloads.offer(shown, "deciles", key="deciles")


def _deciles(shown: pd.DataFrame, unit: str) -> Drawing:
    expected = _("Expected [{unit}]").format(unit=unit)
    really = _("Observed mean [{unit}]").format(unit=unit)
    every = shown[["expected", "low", "high"]].to_numpy()
    ends = [float(np.nanmin(every)), float(np.nanmax(every))]
    line = alt.Chart(pd.DataFrame({"x": ends, "y": ends})).mark_line(
        strokeDash=[4, 4], color=palette.QUIET[palette.shade()]
    )
    base = alt.Chart(shown).encode(
        x=alt.X("expected:Q", title=expected, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6)),
        tooltip=[
            alt.Tooltip("rows:Q", title=_("Patients"), format=",.0f"),
            alt.Tooltip("expected:Q", title=expected, format=",.3g"),
            alt.Tooltip("observed:Q", title=really, format=",.3g"),
        ],
    )
    colour = palette.ACCENT[palette.shade()]
    bars = base.mark_rule(color=colour, strokeWidth=2).encode(
        y=alt.Y("low:Q", title=really, axis=alt.Axis(tickCount=6)), y2="high:Q"
    )
    points = base.mark_point(filled=True, size=90, color=colour, opacity=1).encode(y="observed:Q")
    return alt.layer(line.encode(x="x:Q", y="y:Q"), bars, points).properties(height=charts.HEIGHT)


def _reliance(trained: TrainedAmount) -> None:
    """Show which columns the model relies on."""
    shown = pd.DataFrame([vars(each) for each in trained.of.importances])
    top = shown.sort_values("permutation", ascending=False).head(15)
    title = _("Rise of the deviance when the column is shuffled")
    pictures.altair(
        charts.ranked_bars(
            top["feature"].tolist(), top["permutation"].tolist(), title=title, spread=top["permutation_sd"].tolist()
        ),
        alt=title,
    )
    st.caption(_("On test rows, five shuffles; the line is the spread."))
    downloads.offer(shown, "importances", key="importances")
    st.caption(_("An importance says what the model relies on, not what causes need."))


@st.fragment
def _patient(trained: TrainedAmount) -> None:
    """Let the visitor choose a held-out patient, and see why so much is expected."""
    with layout.failures_as_sentences():
        state.required("see patients")
        if trained.model is None:
            st.info(_("This model was not kept; train again to have it explained."))
            return
        subject = state.keep(explained.subject_of, trained.of, trained.model, trained.table)
        row = one_patient.choose(subject)
        if row is not None:
            ranges, cells = explained.ranges(subject), patient_values.own(subject, row)
            _why(trained, subject, row, state.keep(amount_contributions, subject, cells, trained.of.family, ranges))


def _why(trained: TrainedAmount, subject: Subject, row: int, found: Contributions) -> None:
    unit, need = trained.unit, subject.table.required("need")
    really = pd.to_numeric(subject.table.frame[need]).iloc[row]
    layout.figures(
        [
            layout.Figure(_("Expected [{unit}]").format(unit=unit), words.number(found.probability, 2)),
            layout.Figure(
                _("Observed"),
                "–" if pd.isna(really) else words.number(float(really)),
                help=_("What the table says of this patient."),
            ),
        ]
    )
    shown = list(found.parts[:12])
    left, right = st.columns([3, 2], gap="large")
    with left:
        pictures.altair(
            explaining_charts.signed_bars(
                [each.column for each in shown],
                [each.points for each in shown],
                title=_("Adds [{unit}]").format(unit=unit),
            ),
            alt=_("What each column adds to what is expected of this patient"),
        )
    with right:
        said = (amount_in_words(each, unit, patient_answers.cell) for each in shown[:SENTENCES])
        st.markdown("\n".join(f"- {words.say(each)}" for each in said))
    ways = {
        "shap": _("Exact TreeSHAP against the mean of all patients."),
        "coefficients": _("Coefficient times deviation from the training mean."),
    }
    added_in_logarithm = (
        ""
        if trained.of.family == "squared"
        else " " + _("Contributions add up in the logarithm; an amount says how much less it would be without the one.")
    )
    st.caption(ways.get(found.method, "") + added_in_logarithm)


def _use(trained: TrainedAmount) -> None:
    card.card(trained.of, trained.model)
    apply.section(trained.model)
