"""One patient on the Need screen: why the model says so, what would change it, who was alike."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.contributions import Contribution, Contributions, contributions, in_words
from medalloc.need.explanation.ranges import ColumnRange
from medalloc.need.explanation.subject import Subject
from medalloc.need.measures.calibration import Calibrator, fit_calibrator, log_odds
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, pictures, printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import explained, explaining_charts, patient_answers, patient_values
from medalloc.ui.need.effects import written
from medalloc.ui.need.explained import Trained

LISTED = 2000
"""Patients among whom one chooses from a list; of more, one searches first."""

SENTENCES = 5
"""Contributions that are said in words."""


@st.fragment
def one_patient(trained: Trained) -> None:
    """Let the visitor choose a held-out patient and see why, what if, and who was alike."""
    with layout.failures_as_sentences():
        subject = explained.subject(trained)
        if subject is None:
            st.info(_("This model was not kept; train again to have it explained."))
            return
        row = choose(subject)
        if row is None:
            return
        whom, ranges = f"{trained.run}:{row}", explained.ranges(subject)
        cells = patient_values.changed(subject, row, whom)
        found = state.keep(contributions, subject, cells, ranges)
        _figures(trained.of, subject, row, found, moved=bool(patient_values.tried(whom)))
        for warning in patient_values.outside(subject, cells, ranges):
            st.warning(warning)
        _why(found)
        _what_if(subject, row, whom, ranges)
        patient_answers.smallest(subject, cells)
        patient_answers.alike(subject, cells)


def choose(subject: Subject) -> int | None:
    """Let the visitor choose a patient out of those that were held out; None where none is called so."""
    rows = subject.test
    names = state.keep(_names, subject, state.look().language)
    if len(rows) > LISTED:
        asked = st.text_input(_("Search a held-out patient by id or row"), key="patient_search").strip().lower()
        rows = np.array([row for row in rows if asked in names[row].lower()][:LISTED], dtype=np.int64)
        if not len(rows):
            st.info(_("No held-out patient is called so."))
            return None
    options = tuple(str(row) for row in rows)
    st.selectbox(
        _("Patient, out of those that were held out"),
        options,
        format_func=lambda row: names[int(row)],
        help=_("Type an id or a row to search. The model has not learned from these patients."),
        **state.bound_to_one_of(at.look.patient, options),
    )
    return int(state.look().patient)


def _names(subject: Subject, language: str) -> dict[int, str]:  # noqa: ARG001
    """Return what every held-out row is called; that differs by language."""
    column, rows = subject.table.column("patient id"), subject.test.tolist()
    said = {row: _("row {row}").format(row=row + 1) for row in rows}
    if column is None:
        return said
    ids = subject.table.frame[column]
    return {row: f"{written(ids.iloc[row])} ({said[row]})" for row in rows}


def _calibrator(of: Assessment) -> Calibrator:
    return fit_calibrator(log_odds(of.test_probability), of.test_need)


def _figures(of: Assessment, subject: Subject, row: int, found: Contributions, *, moved: bool) -> None:
    own = float(subject.probability(patient_values.own(subject, row))[0])
    curve = state.keep(_calibrator, of)
    before, now = (float(curve(log_odds(np.array([each])))[0]) for each in (own, found.probability))
    called = found.probability > state.look().threshold
    layout.figures(
        [
            layout.Figure(
                _("Probability of need"),
                words.percent(found.probability, 1),
                _points(found.probability - own) if moved else None,
                help=_("What the model says; the change is against the patient's own values."),
            ),
            layout.Figure(
                _("Calibrated"),
                words.percent(now, 1),
                _points(now - before) if moved else None,
                help=_("After a curve that makes the probabilities of all held-out patients add up to their need."),
            ),
            layout.Figure(
                _("At threshold {threshold}").format(threshold=words.percent(state.look().threshold)),
                _("in need") if called else _("not in need"),
                help=_("What the patient counts as."),
            ),
            layout.Figure(_("Observed"), _really(subject, row), help=_("What the table says of this patient.")),
        ]
    )


def _points(change: float) -> str:
    return words.counted("{change} point", "{change} points", words.signed(100 * change, 1)).format(
        change=words.signed(100 * change, 1)
    )


def _really(subject: Subject, row: int) -> str:
    return patient_answers.in_need(patient_answers.need_of(subject)[row])


def _why(found: Contributions) -> None:
    shown = list(found.parts[:12])
    left, right = st.columns([3, 2], gap="large")
    with left:
        pictures.altair(
            explaining_charts.signed_bars(
                [each.column for each in shown],
                [100 * each.points for each in shown],
                title=_("Points of probability"),
            ),
            alt=_("What each column adds to this patient's probability"),
        )
    with right:
        st.markdown(
            "\n".join(f"- {words.say(in_words(each, patient_answers.cell, _tenths))}" for each in shown[:SENTENCES])
        )
    st.caption(_way(found))
    frame = _frame(found.parts)
    with st.expander(_("Every contribution")):
        printed.grid(
            frame if found.base is not None else frame.drop(columns="log_odds"),
            column_config={
                "column": st.column_config.TextColumn(_("Column"), pinned=True),
                "value": st.column_config.TextColumn(_("This patient")),
                "typical": st.column_config.TextColumn(_("Typical")),
                "points": st.column_config.NumberColumn(_("Points of probability"), format="%+.1f"),
                "log_odds": st.column_config.NumberColumn(_("Log-odds"), format="%+.3f"),
            },
            alt=_("What each column adds to this patient's probability"),
        )
        downloads.offer(frame, "patient", key="patient", action="export patients")


def _way(found: Contributions) -> str:
    """Name how the contributions were found, and what they add up to."""
    ways = {
        "shap": _(
            "Exact TreeSHAP: contributions to the log-odds, which add up. Points say how much lower the probability "
            "would be without the one contribution; they do not quite add up, because a probability is not linear."
        ),
        "coefficients": _(
            "Coefficient times deviation from the training mean: contributions to the log-odds, which add up. Points "
            "say how much lower the probability would be without the one contribution; they do not quite add up."
        ),
        "typical": _(
            "This model cannot be taken apart. Points say how much lower the probability is with the one column at its "
            "typical value, all else as it is; they do not add up."
        ),
    }
    return ways[found.method]


def _tenths(points: float) -> str:
    return words.number(points, 1)


def _frame(parts: tuple[Contribution, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "column": [each.column for each in parts],
            "value": [written(each.value) for each in parts],
            "typical": [written(each.typical) for each in parts],
            "points": [100 * each.points for each in parts],
            "log_odds": [each.log_odds for each in parts],
        }
    )


def _what_if(subject: Subject, row: int, whom: str, ranges: Mapping[str, ColumnRange]) -> None:
    with st.expander(_("Change a value and see the probability move"), expanded=bool(patient_values.tried(whom))):
        # the order stays while values change, so that no control moves under the visitor's hand
        unchanged = state.keep(contributions, subject, state.keep(patient_values.own, subject, row), ranges)
        order = [each.column for each in unchanged.parts]
        patient_values.controls(subject, row, whom, ranges, order)
        st.button(
            _("Back to the patient's own values"),
            icon=":material/undo:",
            disabled=not patient_values.tried(whom),
            on_click=patient_values.take_back,
            args=(whom,),
        )
