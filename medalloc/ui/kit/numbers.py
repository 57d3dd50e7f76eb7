"""A number that a visitor types; one out of range is refused in a sentence, and what stood stays."""

from typing import Any

import streamlit as st

from medalloc.ui import state
from medalloc.ui.kit import uploads, words
from medalloc.ui.ranges import out_of_range


def asked(
    label: str, name: Any, *, low: float | None = None, high: float | None = None, place: Any = st, **options: Any
) -> Any:
    """Show a control for a number and return what stands.

    The browser would drop what is out of range without a word; therefore it is not told the range.

    Parameters
    ----------
    name : str
        Of the choice, as `at` gives it.
    options
        For the control.
    """
    # a number that is deleted comes back as it was
    value = place.number_input(label, **({"value": None} | options), **state.bound(name, within=(low, high)))
    uploads.tell(f"choice_{name}", place)
    return value


def free(
    label: str, key: str, usual: float | None, *, low: float | None = None, high: float | None = None, **options: Any
) -> Any:
    """Show a control for a number that is no choice of a study, and return it; None, and why, where it cannot be.

    Parameters
    ----------
    usual : float
        What stands at first, nothing where None; a whole number where only whole ones can be.
    options
        For the control.
    """
    value = st.number_input(label, value=usual, key=key, **options)
    if (fault := out_of_range(value, low, high)) is None:
        return value
    st.error(words.say(fault))
    return None
