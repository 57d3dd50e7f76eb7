"""What a board promised, green or red beside the plan."""

from collections.abc import Sequence

import streamlit as st

from medalloc.scenarios.promises import Promise
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _


def show(found: Sequence[Promise]) -> None:
    """Say which promises are kept; broken ones first."""
    for each in sorted(found, key=lambda one: one.kept):
        icon = ":material/check_circle:" if each.kept else ":material/cancel:"
        (st.success if each.kept else st.error)(words.say(each.said), icon=icon)


def edit(found: Sequence[Promise]) -> None:
    """Let the visitor add promises and take them back."""
    st.caption(
        _(
            "Such as: coverage >= 70%; lowest coverage >= 50%; coverage of REGION >= 60%; coverage of COLUMN=VALUE "
            ">= 60%; coverage of the lowest fifth of COLUMN >= 60%; RESOURCE in REGION >= 40; unmet <= 1000; "
            "left RESOURCE <= 10."
        )
    )
    text = st.text_input(_("Promise"), key="promise_text", max_chars=120).strip()
    if st.button(_("Add this promise"), icon=":material/add:", disabled=state.locked(not text)):
        state.revise(at.study.what_if.promises, lambda every: (*(each for each in every if each != text), text))
        st.rerun()
    for place, each in enumerate(found):
        layout.to_take_back(words.escape(each.text), _take_back, each.text, key=f"promise_{place}")


def _take_back(text: str) -> None:
    state.revise(at.study.what_if.promises, lambda every: tuple(each for each in every if each != text))
