"""Parts of the Check us screen: every published number beside the one that is obtained here."""

import pandas as pd
import streamlit as st

from medalloc.published.case import Check
from medalloc.published.cases import check_all
from medalloc.ui import state
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _


def _checks() -> tuple[Check, ...]:
    return state.keep(check_all)


def in_one_sentence() -> str:
    """Say how many published numbers are obtained to their last digit."""
    every = _checks()
    return _("{agree} of {all} published numbers are obtained here to their last published digit.").format(
        agree=words.number(sum(each.agrees for each in every)), all=words.number(len(every))
    )


def table() -> None:
    """Show expected, obtained, difference and source of every case."""
    shown = pd.DataFrame(
        {
            "agrees": _("agrees") if each.agrees else _("DIFFERS"),
            "name": each.case.name,
            "inputs": each.case.inputs,
            "expected": f"{each.case.expected:,.{each.case.digits}f}",
            "obtained": f"{each.obtained:,.{each.case.digits}f}",
            "difference": "0" if each.difference == 0 else f"{each.difference:.1e}",
            "source": each.case.source,
        }
        for each in _checks()
    )
    printed.grid(
        shown,
        height=560,
        column_config={
            "agrees": st.column_config.TextColumn(_("Result")),
            "name": st.column_config.TextColumn(_("Method"), pinned=True, width="medium"),
            "inputs": st.column_config.TextColumn(_("Inputs"), width="medium"),
            "expected": st.column_config.TextColumn(_("Expected"), alignment="right"),
            "obtained": st.column_config.TextColumn(_("Obtained"), alignment="right"),
            "difference": st.column_config.TextColumn(_("Difference"), alignment="right"),
            "source": st.column_config.TextColumn(_("Source"), width="large"),
        },
        alt=_("Published numbers beside those obtained here"),
    )
    downloads.offer(shown, "check", key="check")


def without_a_browser() -> str:
    """Say how to run the same checks as a command."""
    return _("`python -m medalloc check` computes the same numbers and ends with exit code 1 if any differs.")
