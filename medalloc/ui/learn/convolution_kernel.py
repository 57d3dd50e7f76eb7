"""The kernel of the convolution: one by name, or the visitor's own."""

import streamlit as st

from medalloc.lessons.convolution import LONGEST, kernel_from_text
from medalloc.lessons.sample import Floats
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

PRESETS = {"mean": "0.25 0.25 0.25 0.25", "edge": "-0.5 -0.5 0.5 0.5", "difference": "-1 1", "own": ""}


def kernel() -> Floats:
    """Return the kernel in use.

    Raises
    ------
    InputError
        If the visitor's own cannot be read.
    """
    return kernel_from_text(PRESETS.get(state.learn().learn_preset) or state.learn().learn_weights)


def kernel_controls() -> None:
    """Let the visitor choose a kernel by name, or write one."""
    names = {
        "mean": _("Moving mean"),
        "edge": _("Edge"),
        "difference": _("Week's difference"),
        "own": _("My own"),
    }
    st.radio(
        _("Kernel K"),
        list(PRESETS),
        format_func=names.__getitem__,
        horizontal=True,
        help=_("Weights of neighbouring weeks, oldest first."),
        **state.bound(at.learn.learn_preset),
    )
    if state.learn().learn_preset == "own":
        st.text_input(
            _("Weights, oldest week first"),
            help=_("1 to {longest} numbers, separated by blanks.").format(longest=LONGEST),
            **state.bound(at.learn.learn_weights),
        )
    else:
        st.caption(
            _("Weights, oldest week first: {weights}").format(
                weights=words.escape(PRESETS[state.learn().learn_preset].replace(" ", ", "))
            )
        )
