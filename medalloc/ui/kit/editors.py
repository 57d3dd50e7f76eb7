"""A table a visitor types into, whose numbers may also be changed from elsewhere on the screen."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.quantities import Quantity
from medalloc.sentences import Sentence, sentence
from medalloc.ui import state, visit
from medalloc.ui.kit import printed, typed, uploads, words

T = TypeVar("T")


def edited(
    name: str, now: T, start: Callable[[], pd.DataFrame], read: Callable[[pd.DataFrame], T], **options: Any
) -> tuple[pd.DataFrame, T]:
    """Show an editor and return its table and what the table says.

    The table under a visitor's hands must not change, so it starts anew only with each visit of the page, and when
    `now` is no longer what it said last: then a button or an upload has changed the numbers.

    Parameters
    ----------
    options
        For the editor.
    """
    editors = visit.visit().editors
    said, (frame, turn) = editors.get(name, (None, (None, 0)))
    if frame is None or said != now or not state.has_widget(f"{name}_{turn}"):
        frame, turn = start(), turn + 1
    written, config, numbers = typed.as_texts(frame, options.pop("column_config", {}), options.get("disabled"))
    if state.locked():
        options["disabled"] = True
    edited = printed.editor(written, placeholder="–", key=f"{name}_{turn}", column_config=config, **options)
    shown, faults = typed.as_numbers(edited, numbers)
    if faults:
        # the table starts again from what stands
        visit.visit().refused[name] = faults
        editors[name] = (None, (None, turn))
        st.rerun()
    says = read(shown)
    if says != now:
        visit.visit().refused.pop(name, None)
    uploads.tell(name)
    editors[name] = (says, (frame, turn))
    return shown, says


def column(quantity: Quantity, resource: str = "", **options: Any) -> Any:
    """Return the column of an editor that holds numbers of a quantity, shares in percent."""
    title, unit = quantity.about(words.resource(resource)) if resource else quantity.title, quantity.unit
    if unit is not None:
        title = sentence("{title} [{unit}]", title=title, unit=Sentence("%") if quantity.is_fraction else unit)
    said = words.plainly(title)
    return st.column_config.NumberColumn(
        said[:1].upper() + said[1:],
        help=help_of(quantity),
        min_value=0.0,
        max_value=100.0 if quantity.is_fraction else None,
        format="%g" if quantity.small else "localized",
        **options,
    )


def help_of(quantity: Quantity) -> str | None:
    """Return what somebody who sets a quantity must know, if anything."""
    return None if quantity.help is None else words.plainly(quantity.help)


def shown(quantity: Quantity, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers as an editor shows them."""
    return np.round(100 * numbers, 10) if quantity.is_fraction else numbers


def read(quantity: Quantity, number: float) -> float:
    """Return a number as it is, of one that an editor shows."""
    return round(number / 100, 12) if quantity.is_fraction else number
