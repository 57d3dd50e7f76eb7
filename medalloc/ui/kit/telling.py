"""What is said where small numbers of people are not told."""

import streamlit as st

from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def said(hidden: int) -> None:
    """Say how many regions or groups are not told, by the rule of this workspace; nothing where all are.

    Parameters
    ----------
    hidden : int
        Regions or groups whose numbers of people are hidden.
    """
    rule = state.rule()
    if hidden:
        st.caption(
            _(
                "Numbers of people below {fewest} are not told in this workspace, nor those from "
                "which they could be worked out. Not told: {hidden}."
            ).format(fewest=words.number(rule.fewest), hidden=words.number(hidden))
        )
    if rule.rounded_to > 1:
        st.caption(
            _("Numbers of people are rounded to {step} in this workspace.").format(step=words.number(rule.rounded_to))
        )
