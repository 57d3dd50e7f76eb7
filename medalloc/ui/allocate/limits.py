"""Parts of the Allocate screen that a visitor sets: policy, floor, budget."""

import streamlit as st

from medalloc.allocation.closed_forms.inert_alpha import inert_alpha
from medalloc.allocation.problem import Problem
from medalloc.ui import state
from medalloc.ui.allocate.plan import policy_meanings, policy_names
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def limits(problem: Problem | None) -> None:
    """Let the visitor set policy, floor and budget; of a problem it is said where alpha changes nothing."""
    names, meanings = policy_names(), policy_meanings()
    policy = st.radio(
        _("What is best?"),
        list(names),
        format_func=names.__getitem__,
        captions=[meanings[each] for each in names],
        **state.bound(at.study.limits.policy),
    )
    if policy == "alpha":
        st.slider(
            _("Alpha: how much more the worst-off count"),
            0.0,
            10.0,
            step=0.5,
            help=_("0 serves the most; the larger it is, the closer the plan comes to raising the worst-off first."),
            **state.bound(at.study.limits.alpha),
        )
        if problem is not None and (inert := inert_alpha(problem)) is not None:
            st.info(words.say(inert))
    st.slider(
        _("Floor: smallest coverage of every region [%]"),
        0,
        100,
        help=_("Every region gets at least this share of its demand served, whatever the policy."),
        **state.bound(
            at.study.limits.floor, shown=lambda share: round(100 * share), read=lambda percent: percent / 100
        ),
    )
    st.number_input(
        _("Budget for placed units [money]"),
        min_value=0.0,
        value=None,
        placeholder=_("no limit"),
        step=100000.0,
        format="%.0f",
        help=_("In the same money as the costs per unit; leave blank when only stocks limit."),
        **state.bound(at.study.limits.budget),
    )
