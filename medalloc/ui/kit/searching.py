"""A plan that a job searches for: how far it is, and the earlier plan that stays in reach meanwhile."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from medalloc.allocation.explaining.marginal import Marginal
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.study.step import Long
from medalloc.study.steps import plans
from medalloc.ui import asking, state
from medalloc.ui.kit import runs
from medalloc.ui.kit.words import _


def in_reach(found: Plan | None, step: Long[Any], asked: Problem | None) -> Plan | None:
    """Have a plan searched for where that takes long, and return it, or the last one that was shown meanwhile.

    Parameters
    ----------
    asked : Problem, optional
        What is searched for; None where plans are found at once, or there can be none.
    """
    shown = state.last(step.__name__, found)
    if asked is None:
        return found
    asking.search(step)
    return shown if shown is not None and plans.is_about(shown, asked) else found


def rivals(asked: Problem | None) -> Mapping[str, Plan] | None:
    """Return the plan under every policy; where that takes long jobs find them, and how far they are is shown."""
    if asked is not None:
        asking.search(plans.searched_rivals)
        progress(plans.searched_rivals, asked, None)
    return asking.ask(plans.every_policy)


def margin(asked: Problem | None) -> Marginal | None:
    """Return what a unit more or less of each limit changes; of a large plan, once it is found, a job finds it."""
    step, answers = plans.searched_margin, asking.answers()
    if asked is not None:
        if answers.standing(plans.searched_plan) == "ready":
            asking.search(step)
        progress(step, asked, None)
        if asking.answers().standing(step) != "ready":
            return None
    return asking.ask(plans.plan_margin)


def progress(step: Long[Any], asked: Problem | None, shown: Plan | None) -> None:
    """Show how far a search is or how it ended, and say where the plan that is shown is an earlier one."""
    if asked is None:
        return
    name, standing = step.__name__, asking.answers().standing(step)
    runs.show(
        name,
        cancelled=_("The search for the plan was cancelled."),
        lost=_("The search for the plan was lost when the server ended."),
    )
    if standing == "ready":
        return
    if shown is not None:
        st.info(_("The plan that is shown is an earlier one, of other demand or limits than are chosen now."))
    if not runs.is_busy(name):
        again = _("Search for the plan again")
        st.button(
            again,
            key=f"{name}_again",
            icon=":material/play_arrow:",
            on_click=runs.submit,
            args=(step,),
            disabled=state.locked(),
        )
