"""What is looked at of the chosen model, one question at a time: only that part is worked out."""

from collections.abc import Callable, Mapping

import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit.words import _
from medalloc.ui.need import (
    apply,
    card,
    certainty,
    curves,
    deciding,
    effects,
    groups,
    importances,
    losses,
    one_patient,
    searching,
    threshold,
    training,
)


def show(of: Assessment, every: Mapping[str, Assessment]) -> None:
    """Let the visitor choose a question about a model, and answer it."""
    titles = {
        "quality": _("How good it is"),
        "action": _("Acting on it"),
        "reliance": _("What it relies on"),
        "patient": _("One patient"),
        "groups": _("For whom it is wrong"),
        "use": _("Keep and use it"),
    }
    st.segmented_control(
        _("Question about the model"),
        tuple(titles),
        format_func=titles.__getitem__,
        required=True,
        help=_("Every question is about the model chosen above."),
        **state.bound(at.look.need_part),
    )
    answers: Mapping[str, Callable[[], None]] = {
        "quality": lambda: _quality(of, every),
        "action": lambda: _action(of),
        "reliance": lambda: _reliance(of),
        "patient": lambda: one_patient.one_patient(of),
        "groups": lambda: groups.groups(of),
        "use": lambda: _use(of),
    }
    answers[state.look().need_part]()


def _quality(of: Assessment, every: Mapping[str, Assessment]) -> None:
    curves.curves(every)
    st.subheader(_("What calibration changes"), anchor=False)
    certainty.calibration(of)
    losses.learned(training.model_names())
    searching.section()


def _action(of: Assessment) -> None:
    st.subheader(_("At a threshold"), anchor=False)
    threshold.at_threshold(of)
    st.subheader(_("By what errors cost"), anchor=False)
    deciding.by_cost(of)
    st.subheader(_("Whether acting on it is worth it"), anchor=False)
    deciding.decision(of)
    st.subheader(_("For whom the answer is clear"), anchor=False)
    certainty.answers(of)


def _reliance(of: Assessment) -> None:
    importances.importances(of)
    st.subheader(_("What one column does"), anchor=False)
    effects.effects(of)


def _use(of: Assessment) -> None:
    card.card(of)
    apply.section()
