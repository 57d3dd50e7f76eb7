"""Parts of the Allocate screen that a visitor sets: policy, floor, budget."""

import streamlit as st

from medalloc.allocation.closed_forms.inert_alpha import inert_alpha
from medalloc.allocation.program.needed import needs_program
from medalloc.study.steps import plans
from medalloc.ui import state
from medalloc.ui.allocate.plan import policy_meanings, policy_names
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def limits() -> None:
    """Let the visitor set policy, floor and budget."""
    names, meanings = policy_names(), policy_meanings()
    st.radio(
        _("What is best?"),
        list(names),
        format_func=names.__getitem__,
        captions=[meanings[each] for each in names],
        **state.bound(at.study.limits.policy),
    )
    if state.study().limits.policy == "alpha":
        st.slider(
            _("Alpha: how much more the worst-off count"),
            0.0,
            10.0,
            step=0.5,
            help=_("0 serves the most; the larger it is, the closer the plan comes to raising the worst-off first."),
            **state.bound(at.study.limits.alpha),
        )
        asked = state.ask(plans.problem)
        if asked is not None and (inert := inert_alpha(asked)) is not None:
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
    problem = state.ask(plans.problem)
    if problem is not None and needs_program(problem):
        st.number_input(
            _("Longest time for one plan [s]"),
            min_value=1.0,
            value=None,
            placeholder=_("until its work is done"),
            step=5.0,
            help=_(
                "After it the best plan so far is shown, with how far it may be from the best possible. When left "
                "blank, the same problem always has the same plan."
            ),
            **state.bound(at.study.limits.time_limit),
        )
