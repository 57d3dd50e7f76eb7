"""A table a visitor types into, whose numbers may also be changed from elsewhere on the screen."""

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from medalloc.ui import state, visit

T = TypeVar("T")


def edited(
    name: str, now: T, start: Callable[[], pd.DataFrame], read: Callable[[pd.DataFrame], T], **options: Any
) -> tuple[pd.DataFrame, T]:
    """Show an editor and return its table and what the table says.

    The table under a visitor's hands must not change, so it starts anew only with each visit of the page, and when
    `now` is no longer what it said last: then a button or an upload has changed the numbers.

    Parameters
    ----------
    name : str
        Tells this editor from others on the screen.
    now : object
        What the choices say.
    start : callable
        Makes the table of that.
    read : callable
        Makes what the choices would say of an edited table.
    options
        For the editor.
    """
    editors = visit.visit().editors
    said, (frame, turn) = editors.get(name, (None, (None, 0)))
    if frame is None or said != now or not state.has_widget(f"{name}_{turn}"):
        frame, turn = start(), turn + 1
    shown = st.data_editor(frame, hide_index=True, placeholder="–", key=f"{name}_{turn}", **options)
    says = read(shown)
    editors[name] = (says, (frame, turn))
    return shown, says
