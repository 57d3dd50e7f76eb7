"""A small calculator for waiting lists of planned care: how long, how much capacity, how much pressure."""

import streamlit as st

from medalloc.allocation.waiting.waiting_list import (
    relief_capacity,
    target_capacity,
    target_queue_size,
    waiting_list_pressure,
)
from medalloc.ui import state
from medalloc.ui.kit import layout, numbers, words
from medalloc.ui.kit.words import _

RELIEF = 2
"""A list more than so many times its target size needs relief; a shorter one is held by capacity above referrals."""


def calculator() -> None:
    """Work out what a waiting list needs, from what is known of it."""
    with st.expander(_("Calculator for a waiting list of planned care"), icon=":material/calculate:"):
        _inputs()
        with layout.failures_as_sentences():
            st.markdown("\n".join(f"- {each}" for each in (_size(), _capacity(), _pressure())))
        st.caption(
            _(
                "Nearly everybody (98%) is seen within the target when the mean wait is a quarter of it; "
                "referrals and treatments come at random. Arithmetic of Fong et al. 2022, used by NHS "
                "England."
            )
        )


def _inputs() -> None:
    left, right = st.columns(2)
    with left:
        _asked("list_referrals", _("Referrals [people/week]"), _("People who join the list."))
        _asked("list_target", _("Target wait [weeks]"), _("Target wait."), least=0.5)
        _asked("list_wait", _("Mean wait now [weeks]"), _("Of those who are on the list or were just seen."))
    with right:
        _asked("list_size", _("On the list now [people]"), _("People waiting."), step=10.0)
        _asked("list_weeks", _("Time to get there [weeks]"), _("When the list should have its target size."), least=0.5)


def _asked(name: str, label: str, meaning: str, *, least: float = 0.0, step: float = 1.0) -> None:
    numbers.asked(
        label,
        name,
        low=least,
        step=step,
        format="%g",
        help=meaning,
    )


def _goal() -> float:
    """Return how many may be on the list. [persons]."""
    return float(target_queue_size(state.look().list_referrals, state.look().list_target))


def _size() -> str:
    return words.counted(
        "Up to {goal} may be on the list if nearly everybody is to be seen within {target} week.",
        "Up to {goal} may be on the list if nearly everybody is to be seen within {target} weeks.",
        state.look().list_target,
    ).format(goal=words.number(_goal(), 0), target=words.number(state.look().list_target))


def _capacity() -> str:
    """Say how many have to be seen a week: to shorten a list that is too long, or to hold one."""
    goal = _goal()
    hold = words.number(float(target_capacity(state.look().list_referrals, state.look().list_target)), 1)
    if state.look().list_size <= RELIEF * goal:
        return _("The list is no more than twice that, so that seeing {hold} a week is enough to hold it.").format(
            hold=hold
        )
    relief = float(relief_capacity(state.look().list_referrals, state.look().list_size, goal, state.look().list_weeks))
    return words.counted(
        "To get there in {weeks} week, {relief} have to be seen a week, and {hold} from then on.",
        "To get there in {weeks} weeks, {relief} have to be seen a week, and {hold} from then on.",
        state.look().list_weeks,
    ).format(weeks=words.number(state.look().list_weeks), relief=words.number(relief, 1), hold=hold)


def _pressure() -> str:
    pressure = float(waiting_list_pressure(state.look().list_wait, state.look().list_target))
    said = (
        _("The pressure on the list is {pressure}: above 1, the target is most likely missed.")
        if pressure > 1
        else _("The pressure on the list is {pressure}: up to 1, the target can be kept.")
    )
    return said.format(pressure=words.number(pressure, 2))
