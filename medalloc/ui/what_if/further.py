"""Changes of one resource, region, policy or model, beside the sliders that move all alike."""

from collections.abc import Callable, Sequence

import streamlit as st

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import policy_of
from medalloc.allocation.problem import Problem
from medalloc.scenarios import Change
from medalloc.scenarios.change import MODEL, SITE, TRIED, model_title
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, numbers, words
from medalloc.ui.kit.words import _

NUMBERS = ("demand", "stock", "existing", "requirement", "unit_cost", "cap")
"""What is changed by percent for one resource or region."""


def one_more(problem: Problem, models: Sequence[str], sites: Sequence[str]) -> None:
    """Let the visitor change a number of one resource or region, open a region, or take another policy or model.

    Parameters
    ----------
    problem : Problem
        What is changed.
    models : sequence of str
        Models or forecasters whose demand is at hand.
    sites : sequence of str
        Places that are known and no regions yet.
    """
    whats = (*NUMBERS, "policy", SITE, *((MODEL,) if len(models) > 1 else ()))
    with st.expander(
        _("Change one resource, region, policy or model"), key="one_more_change", on_change="rerun"
    ) as shown:
        if not shown.open:
            return
        names = {what: words.plainly(TRIED[what][0].title) for what in whats}
        what = st.selectbox(_("What changes"), whats, format_func=names.__getitem__, key="further_what")
        with layout.failures_as_sentences():
            change = _asked(what, problem, models, sites) if what not in NUMBERS else _by_percent(what, problem)
            pressed = st.button(_("Add this change"), icon=":material/add:", disabled=state.locked(change is None))
            if pressed and change is not None:
                _add(change)
                st.rerun()


def _asked(what: str, problem: Problem, models: Sequence[str], sites: Sequence[str]) -> Change | None:
    """Ask for a policy, a model or a region that is not there yet."""
    if what == MODEL:
        return Change(what, value=st.selectbox(_("Model"), models, format_func=_model, key="further_model"))
    if what == SITE:
        region = _new_region([each for each in sites if each not in problem.regions])
        demand = numbers.free(words.in_unit(_("Demand [{unit}]")), "further_demand", 0.0, low=0.0)
        st.caption(_("It has no units and no limits of its own until further changes give it some."))
        if demand is None or not region or region in problem.regions:
            return None
        return Change(what, value=demand, region=region)
    kind = st.selectbox(_("Policy"), list(CATALOGUE), format_func=_policy, key="further_policy")
    has_number = CATALOGUE[kind].number is not None
    alpha = numbers.free(_("Alpha"), "further_alpha", 1.0, low=0.0, high=10.0, step=0.5) if has_number else 0.0
    return None if alpha is None else Change(what, value=policy_of(kind, alpha))


def _model(model: str) -> str:
    return words.plainly(model_title(model))


def _policy(kind: str) -> str:
    return words.plainly(CATALOGUE[kind].name)


def _by_percent(what: str, problem: Problem) -> Change | None:
    kinds = {each.of for each in TRIED[what]}
    resource = region = None
    if kinds & {"resource", "cell"} and not (what == "demand" and problem.demand_of is None):
        resource = _one_or_all(_("Resource"), problem.resource_names, "further_resource", words.resource)
    if kinds & {"region", "cell"} and "resource" not in kinds:
        region = _one_or_all(_("Region"), problem.regions, "further_region")
    percent = st.slider(_("By [%]"), -100, 200, 10, step=5, key="further_percent")
    return Change(what, factor=1 + percent / 100, resource=resource, region=region) if percent else None


def _new_region(sites: Sequence[str]) -> str:
    """Ask what the new region is called: one of the places that are known, or any other name."""
    label = _("Name of the new region")
    if not sites:
        return st.text_input(label, key="further_site", max_chars=60).strip()
    named = st.selectbox(
        label,
        sites,
        index=None,
        placeholder=_("A known place, or a name of your own"),
        accept_new_options=True,
        key="further_site",
    )
    return (named or "").strip()[:60]


def listed(further: Sequence[Change]) -> None:
    """Show what is changed besides, each with a button that takes it back."""
    for place, change in enumerate(further):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words.say(change.sentence), width="stretch")
            st.button(
                _("Take back"),
                key=f"take_back_{place}",
                on_click=_take_back,
                args=(place,),
                type="tertiary",
                icon=":material/close:",
                disabled=state.locked(),
            )


def _one_or_all(label: str, names: Sequence[str], key: str, called: Callable[[str], str] = str) -> str | None:
    found: str | None = st.selectbox(
        label, [None, *names], format_func=lambda one: _("all") if one is None else called(one), key=key
    )
    return found


def _add(change: Change) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now, change.to_json()))


def _take_back(place: int) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now[:place], *now[place + 1 :]))
