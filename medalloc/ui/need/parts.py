"""What is looked at of the chosen model, one question at a time: only that part is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from medalloc.need.comparison.tries import SearchResult
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
    descents,
    effects,
    groups,
    importances,
    losses,
    one_patient,
    searching,
    threshold,
    training,
)
from medalloc.ui.need.catalogue import Options
from medalloc.ui.need.explained import Trained
from medalloc.ui.need.group_cost import Planned


@dataclass(frozen=True)
class Searched:
    """What the last search for better options found."""

    found: SearchResult | None
    older: bool
    """Whether it was on another table, recipe or seed."""
    options: Options
    """Options of models that are in use."""


def show(trained: Trained, searched: Searched, planned: Planned) -> None:
    """Let the visitor choose a question about a model, and answer it.

    Parameters
    ----------
    trained : Trained
        The model.
    searched : Searched
        What the last search found.
    planned : callable
        Gives the plan.
    """
    of = trained.of
    titles = {
        "quality": _("How good it is"),
        "calibration": _("Calibration"),
        "action": _("Acting on it"),
        "reliance": _("What it relies on"),
        "patient": _("One patient"),
        "groups": _("Performance by subgroup"),
        "use": _("Keep and use it"),
    }
    if not state.allowed("see patients"):
        del titles["patient"]
    st.segmented_control(
        _("Question about the model"),
        tuple(titles),
        format_func=titles.__getitem__,
        required=True,
        help=_("Every question is about the model chosen above."),
        **state.bound_to_one_of(at.look.need_part, tuple(titles)),
    )
    answers: Mapping[str, Callable[[], None]] = {
        "quality": lambda: _quality(trained, searched),
        "calibration": lambda: certainty.calibration(of),
        "action": lambda: _action(of),
        "reliance": lambda: _reliance(trained),
        "patient": lambda: one_patient.one_patient(trained),
        "groups": lambda: groups.groups(trained, planned),
        "use": lambda: _use(trained),
    }
    answers[state.look().need_part]()


def _quality(trained: Trained, searched: Searched) -> None:
    curves.curves(trained.training.assessments)
    found = trained.training.losses
    assessed = trained.training.assessments
    beside = {kind: descents.descents(trained.every, assessed[kind]) for kind in found if kind in assessed}
    losses.learned(found, training.model_names(), beside)
    searching.section(searched.found, searched.options, older=searched.older)


def _action(of: Assessment) -> None:
    st.subheader(_("At a threshold"), anchor=False)
    threshold.at_threshold(of)
    st.subheader(_("By what errors cost"), anchor=False)
    deciding.by_cost(of)
    st.subheader(_("Whether acting on it is worth it"), anchor=False)
    deciding.decision(of)
    st.subheader(_("Prediction sets"), anchor=False)
    certainty.answers(of)


def _reliance(trained: Trained) -> None:
    importances.importances(trained)
    st.subheader(_("Partial dependence"), anchor=False)
    effects.effects(trained)


def _use(trained: Trained) -> None:
    card.card(trained.of, trained.model)
    apply.section(trained.model)
