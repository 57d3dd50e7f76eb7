"""Changes of one resource, region, policy or model, beside the sliders that move all alike."""

from collections.abc import Callable, Sequence

import streamlit as st

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import policy_of
from medalloc.allocation.problem import Problem
from medalloc.allocation.scorecard.region_groups import Groups
from medalloc.scenarios import Change
from medalloc.scenarios.change import MODEL, SITE, TRIED, model_title
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, numbers, words
from medalloc.ui.kit.words import _

NUMBERS = ("demand", "stock", "existing", "requirement", "unit_cost", "cap")
"""What is changed by percent, or set, for one resource, region or group of regions."""

SET = ("floor", "locked")
"""What is only set there."""

CLOSED = "closed"
"""A region that gives up its units and gets none."""


def one_more(problem: Problem, groups: Groups, models: Sequence[str], sites: Sequence[str]) -> None:
    """Let the visitor change a number, open or close a region, or take another policy or model.

    Parameters
    ----------
    models : sequence of str
        Models or forecasters whose demand is at hand.
    sites : sequence of str
        Places that are known and no regions yet.
    """
    whats = (*NUMBERS, *SET, "policy", SITE, CLOSED, *((MODEL,) if len(models) > 1 else ()))
    with st.expander(
        _("Change one resource, region, policy or model"), key="one_more_change", on_change="rerun"
    ) as shown:
        if not shown.open:
            return
        names = {what: words.plainly(TRIED[what][0].title) for what in whats if what != CLOSED}
        names[CLOSED] = _("closed region")
        what = st.selectbox(_("What changes"), whats, format_func=names.__getitem__, key="further_what")
        with layout.failures_as_sentences():
            changes = _changes(what, problem, groups, models, sites)
            pressed = st.button(_("Add this change"), icon=":material/add:", disabled=state.locked(not changes))
            if pressed and changes:
                _add(changes)
                st.rerun()


def _changes(
    what: str, problem: Problem, groups: Groups, models: Sequence[str], sites: Sequence[str]
) -> Sequence[Change]:
    """Ask for what is to be changed; nothing while something is missing."""
    if what in (*NUMBERS, *SET):
        return _of_numbers(what, problem, groups)
    if what == CLOSED:
        return _closed(problem)
    change = _asked(what, problem, models, sites)
    return () if change is None else (change,)


def _closed(problem: Problem) -> Sequence[Change]:
    """Return what closes a region: its units are gone, and none come; whoever is in need there stays in need."""
    region = st.selectbox(_("Region"), problem.regions, key="further_closed")
    st.caption(
        _(
            "Its units are gone and none come; its people stay in need. What it had can be placed elsewhere if "
            "you raise the stock."
        )
    )
    row = problem.regions.index(region)
    gone = (Change("cap", value=0, region=region, resource=each) for each in problem.resource_names)
    there = zip(problem.resource_names, problem.existing[row], strict=True)
    return (*gone, *(Change("existing", value=0, region=region, resource=each) for each, now in there if now > 0))


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


def _of_numbers(what: str, problem: Problem, groups: Groups) -> Sequence[Change]:
    kinds = {each.of for each in TRIED[what]}
    resource, regions = None, tuple[str | None, ...]((None,))
    if kinds & {"resource", "cell"} and not (what == "demand" and problem.demand_of is None):
        resource = _one_or_all(_("Resource"), problem.resource_names, "further_resource", words.resource)
    if kinds & {"region", "cell"} and "resource" not in kinds:
        # what is the same in every region is set by its own slider, or makes no sense
        names = (*problem.regions, *groups)
        one = _one_or_all(_("Region"), names, "further_region") if what not in SET else _one(names)
        regions = groups.get(one or "", (one,))
    made = _number(what)
    return [Change(what, **made, resource=resource, region=each) for each in regions] if made else ()


def _number(what: str) -> dict[str, float]:
    """Ask by how much, or what the new number is; nothing while there is none."""
    if what not in SET:
        to = st.radio(_("How it changes"), [False, True], format_func=_how, horizontal=True, key="further_how")
        if not to:
            percent = st.slider(_("By [%]"), -100, 200, 10, step=5, key="further_percent")
            return {"factor": 1 + percent / 100} if percent else {}
    if what == "floor":
        share = numbers.free(_("Floor [%]"), "further_floor", None, low=0.0, high=100.0, step=5.0)
        return {} if share is None else {"value": share / 100}
    number = numbers.free(_("New number"), "further_number", None, low=0.0)
    return {} if number is None else {"value": number}


def _how(to: bool) -> str:
    return _("to a number") if to else _("by percent")


def _one(names: Sequence[str]) -> str:
    found: str = st.selectbox(_("Region"), names, key="further_only")
    return found


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
        layout.to_take_back(words.say(change.sentence), _take_back, place, key=f"take_back_{place}")


def _one_or_all(label: str, names: Sequence[str], key: str, called: Callable[[str], str] = str) -> str | None:
    found: str | None = st.selectbox(
        label, [None, *names], format_func=lambda one: _("all") if one is None else called(one), key=key
    )
    return found


def _add(changes: Sequence[Change]) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now, *(each.to_json() for each in changes)))


def _take_back(place: int) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now[:place], *now[place + 1 :]))
