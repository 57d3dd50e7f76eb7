"""Three views of one story: what changes, how scenarios compare, and a closer look."""

from typing import cast

import streamlit as st

from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit.words import _


def view() -> str:
    """Let the visitor choose the view, and return it."""
    titles = {"change": _("Change"), "compare": _("Compare"), "closer": _("Look closer")}
    return cast(
        str,
        st.segmented_control(
            _("View"),
            tuple(titles),
            format_func=titles.__getitem__,
            required=True,
            label_visibility="collapsed",
            **state.bound(at.look.what_if_view),
        ),
    )


def question() -> str:
    """Let the visitor choose what a closer look asks, and return it."""
    titles = {
        "hangs": _("What it hangs on"),
        "true": _("What it would take"),
        "without": _("Without one"),
        "plans": _("Other plans"),
        "fair": _("Fairness or most served"),
        "futures": _("If demand differs"),
    }
    return cast(
        str,
        st.segmented_control(
            _("Question about the plan"),
            tuple(titles),
            format_func=titles.__getitem__,
            required=True,
            **state.bound(at.look.closer_part),
        ),
    )
