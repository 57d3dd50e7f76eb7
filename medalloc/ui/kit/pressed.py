"""Buttons that act on what stands beside them: as it is when they are pressed, not as it was in the run before.

A number that is typed and the click that follows reach the server as one message, and what a callback was given is of
the run before that.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from medalloc.ui.visit import visit


def button(label: str, then: Callable[..., None], *given: Any, **options: Any) -> None:
    """Show a button that does something with what other controls hold, before the screen is shown again.

    Parameters
    ----------
    label : str
        What it says.
    then : callable
        What it does, as a callback would, with the values that are given.
    **options
        As for `streamlit.button`.
    """
    if st.button(label, **options):
        visit().pressed = partial(then, *given)
        st.rerun()


def act() -> None:
    """Do what was asked for by a button, before anything is shown."""
    now = visit()
    asked, now.pressed = now.pressed, None
    if asked is not None:
        asked()
