"""Parts of the Allocate screen that a visitor sets: policy, floor, budget."""

import streamlit as st

from medalloc.allocation.closed_forms.inert_alpha import inert_alpha
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.needed import has_choices
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers, words
from medalloc.ui.kit.words import _


def limits(problem: Problem | None) -> None:
    """Let the visitor set policy, floor and budget; of a problem it is said where alpha changes nothing."""
    policy = st.radio(
        _("What is best?"),
        list(CATALOGUE),
        format_func=lambda kind: words.say(CATALOGUE[kind].name),
        captions=[words.say(each.meaning) for each in CATALOGUE.values()],
        **state.bound(at.study.limits.policy),
    )
    if (number := CATALOGUE[policy].number) is not None:
        st.slider(
            words.say(number.title),
            0.0,
            number.highest,
            step=0.5,
            help=words.say(number.help),
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
    numbers.asked(
        _("Budget for placed units [money]"),
        at.study.limits.budget,
        low=0.0,
        value=None,
        placeholder=_("no limit"),
        step=100000.0,
        format="%.0f",
        help=_("In the same money as the costs per unit; leave blank when only stocks limit."),
    )
    st.toggle(
        _("Place parts of units too"),
        help=_(
            "Beds, nurses and other things come whole; hours and money do not. Switch this on to place parts of "
            "everything, such as half a post."
        ),
        **state.bound(at.study.limits.fractions),
    )
    if problem is not None and has_choices(problem):
        numbers.asked(
            _("Longest time for one plan [s]"),
            at.study.limits.time_limit,
            low=1.0,
            value=None,
            placeholder=_("until its work is done"),
            step=5.0,
            help=_(
                "After it the best plan so far is shown, with how far it may be from the best possible. When left "
                "blank, the same problem always has the same plan."
            ),
        )
