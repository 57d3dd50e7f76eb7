"""Where the visitor stands: which step is ready, stale or missing, and what to do about it."""

from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from medalloc.errors import InfeasibleError, MedallocError
from medalloc.need.models.catalogue import CATALOGUE, NETWORKS
from medalloc.networks.backend import available
from medalloc.study.step import Long
from medalloc.study.steps import demands, needs, plans, tables
from medalloc.ui import asking, state
from medalloc.ui.kit import layout, runs, words
from medalloc.ui.kit.words import _

Standing = Literal["ready", "working", "stale", "missing", "not needed", "fault"]


@dataclass(frozen=True)
class Step:
    """One step of the path."""

    page: str
    """File of its screen, without ending."""

    standing: Standing
    """How it stands."""


def steps() -> list[Step]:
    """Return every step with its standing, in the order of the path."""
    try:
        table = asking.ask(tables.table)
    except MedallocError:
        return [Step("data", "fault"), *(Step(page, "missing") for page in ("prepare", "need", "demand", "allocate"))]
    if asking.ask(tables.is_from_counts):
        skipped: list[Step] = [Step(page, "not needed") for page in ("prepare", "need")]
        return [
            Step("data", "not needed" if table is None else "ready"),
            *skipped,
            Step("demand", _forecast()),
            Step("allocate", _allocation(demands.outlook)),
        ]
    if table is None:
        return [Step(page, "missing") for page in ("data", "prepare", "need", "demand", "allocate")]
    if table.kind == "regions":
        skipped = [Step(page, "not needed") for page in ("prepare", "need", "demand")]
        return [Step("data", "ready"), *skipped, Step("allocate", _allocation())]
    need, at_hand = _standing(needs.training), asking.ask(demands.patients_demand) is not None
    return [
        Step("data", "ready"),
        Step("prepare", "ready" if table.column("need") else "missing"),
        Step("need", need),
        Step("demand", _after(needs.training) if at_hand else _before(need)),
        Step("allocate", _allocation(needs.training) if at_hand else _before(need)),
    ]


def first_missing() -> str | None:
    """Return the screen of the first step that is missing or stale."""
    return next((step.page for step in steps() if step.standing not in ("ready", "not needed")), None)


def missing_step(page: str = "") -> None:
    """Say which step before a screen is missing or stale, and lead to it; or that the screen is not needed."""
    names = {
        "data": _("Data"),
        "prepare": _("Prepare"),
        "need": _("Need"),
        "demand": _("Demand"),
        "allocate": _("Allocate"),
    }
    messages = {
        "data": _("There is no table yet: choose a sample or your own file."),
        "prepare": _("No column says yet who was in need: give a column the role “need”."),
        "need": _("No model has been trained yet on the current table and recipe."),
        "demand": _("The demand of the regions is not known: the table needs a column with the role “region”."),
        "allocate": _("There is no plan yet."),
    }
    if page in ("prepare", "need") and _is_of_regions():
        st.info(_("This is a table of regions, which says itself how much care each one needs: nothing is learned."))
        layout.lead_to("allocate", _("Allocate: which region gets what"))
        return
    first = first_missing()
    if first is None:
        return
    said, page = messages[first], "data" if first in ("prepare", "demand") else first
    if first == "demand" and asking.ask(tables.is_from_counts):
        said, page = _("Your counts over time have no forecast yet, or another one than is asked for."), first
    st.info(said)
    layout.lead_to(page, _("Go to {screen}").format(screen=names[page]))


def _is_of_regions() -> bool:
    table = asking.known(tables.table)
    return table is not None and table.kind == "regions" and not asking.known(tables.is_from_counts)


def older() -> None:
    """Say where the numbers of a screen follow from an earlier training or forecast than is asked for now."""
    answers = asking.answers()
    if asking.ask(tables.is_from_counts):
        if answers.is_older(demands.outlook):
            st.info(_("These numbers follow from an earlier forecast, of other counts or settings: forecast again."))
    elif asking.ask(demands.patients_demand) is not None:
        other_model()
        if answers.is_older(needs.training):
            said = _(
                "These numbers follow from an earlier training, of another table, recipe or models: train again on "
                "Need."
            )
            st.info(said)


def other_model() -> None:
    """Say where another model is in use than was chosen, because that one was not trained, and let either be taken."""
    chosen, used = asking.study().need, asking.ask(needs.assessment)
    if chosen.model is None or used is None or used.choice.kind == chosen.model:
        return
    names = {each: words.say(CATALOGUE[each].name) for each in (chosen.model, used.choice.kind) if each in CATALOGUE}
    wanted, instead = (names.get(each, words.escape(each)) for each in (chosen.model, used.choice.kind))
    said = _("{wanted} was chosen but was not trained; {instead} is used, as the verdict says.")
    st.warning(said.format(wanted=wanted, instead=instead))
    with st.container(horizontal=True):
        label = _("Stay with {model}").format(model=instead)
        st.button(label, key="stay_with_model", on_click=state.change, kwargs={"model": None}, disabled=state.locked())
        if chosen.model in CATALOGUE and (chosen.model not in NETWORKS or available()):
            models = tuple(dict.fromkeys((*chosen.models, chosen.model)))
            label = _("Train {model}").format(model=wanted)
            st.button(
                label,
                key="train_model",
                on_click=_train,
                args=(models,),
                disabled=state.locked(runs.is_busy("training")),
            )


def _train(models: tuple[str, ...]) -> None:
    state.change(models=models)
    runs.submit(needs.training)


def _standing(step: Long[Any]) -> Standing:
    known: dict[str, Standing] = {"failed": "fault", "older": "stale", "ready": "ready", "working": "working"}
    return known.get(asking.answers().standing(step), "missing")


def _after(step: Long[Any]) -> Standing:
    """Return how an answer stands that follows from a long step."""
    return "stale" if asking.answers().is_older(step) else "ready"


def _before(need: Standing) -> Standing:
    return need if need in ("stale", "missing") else "missing"


def _forecast() -> Standing:
    try:
        asking.ask(demands.expected_counts)
    except MedallocError:
        return "fault"
    return _standing(demands.outlook)


def _allocation(after: Long[Any] | None = None) -> Standing:
    try:
        if asking.ask(plans.large_problem) is not None and (found := _standing(plans.searched_plan)) != "ready":
            return found
        if asking.ask(plans.plan) is None:
            return "missing"
        return "ready" if after is None else _after(after)
    except InfeasibleError:
        return "fault"
    except MedallocError:
        return "missing"


def standing_names() -> dict[Standing, tuple[str, str]]:
    """Return symbol and word of every standing; never colour alone."""
    return {
        "ready": (":material/check_circle:", _("ready")),
        "working": (":material/hourglass_top:", _("working")),
        "stale": (":material/update:", _("out of date")),
        "missing": (":material/radio_button_unchecked:", _("missing")),
        "not needed": (":material/do_not_disturb_on:", _("not needed")),
        "fault": (":material/error:", _("needs repair")),
    }
