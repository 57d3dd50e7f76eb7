"""What is said where small numbers of people are not told."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.telling import told_panel
from medalloc.disclosure.hiding import told
from medalloc.disclosure.laplace import expected_error
from medalloc.disclosure.remembered import remembered
from medalloc.scenarios.noise import price_of_noise
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

MOST_PRICED = 500
"""Regions of a plan for which a screen finds out what noise costs it. [count]"""


def over_time(panel: Panel) -> Panel:
    """Return counts over time as they may be told in this workspace."""
    return state.keep(told_panel, panel, state.rule())


def not_told(exact: Panel, shown: Panel) -> None:
    """Say how many regions have counts that are not told; nothing where all are."""
    said(int((np.isnan(shown.values) & ~np.isnan(exact.values)).any(axis=1).sum()))


def newest(numbers: Mapping[str, float], of: str = "") -> dict[str, float]:
    """Return one number of people a region as they may be told in this workspace; NaN where one is not."""
    exact = np.array(list(numbers.values()), dtype=np.float64)
    return dict(zip(numbers, told(exact[:, None], state.rule(), of=of, rows=list(numbers))[:, 0].tolist(), strict=True))


def price(plan: Callable[[], Plan | None]) -> None:
    """Say what the noise of this workspace costs the plan in use; nothing where there is no noise or no plan.

    Parameters
    ----------
    plan : callable
        What gives the plan, asked only where there is noise.
    """
    rule = state.rule()
    if rule.epsilon is None or (found := plan()) is None:
        return
    if len(found.problem.regions) > MOST_PRICED:
        st.caption(
            _("What this noise costs a plan of so many regions is told by a command: {command}").format(
                command=f"`medalloc what-if STUDY --epsilon {rule.epsilon:g}`"
            )
        )
    elif (cost := state.keep(price_of_noise, found, rule.epsilon)) is not None:
        st.caption(words.say(cost.said))


def said(hidden: int) -> None:
    """Say how many regions or groups are not told, by the rule of this workspace; nothing where all are."""
    rule = state.rule()
    if hidden:
        st.caption(
            _(
                "Numbers of people below {fewest} are not told in this workspace, nor those from "
                "which they could be worked out. Not told: {hidden}."
            ).format(fewest=words.number(rule.fewest), hidden=words.number(hidden))
        )
    if rule.epsilon is not None and rule.remembered is not None:
        tables, spent = remembered(rule.remembered).spent()
        st.caption(
            _(
                "Numbers of people carry noise in this workspace (discrete Laplace, epsilon {epsilon} for each column "
                "of a table): they are off by {error} on average. Different tables told so far: {tables}; together "
                "they cost an epsilon of {spent}."
            ).format(
                epsilon=words.number(rule.epsilon, 3),
                error=words.number(expected_error(rule.epsilon), 1),
                tables=words.number(tables),
                spent=words.number(spent, 2),
            )
        )
    elif rule.rounded_to > 1:
        st.caption(
            _("Numbers of people are rounded to {step} in this workspace.").format(step=words.number(rule.rounded_to))
        )
