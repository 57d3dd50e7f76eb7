"""Counts over time as they may be told where few people came."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule


def told_over_time(
    counts: ArrayLike, rule: Rule, *, regions: Sequence[str] | None = None, periods: Sequence[object] | None = None
) -> NDArray[np.float64]:
    """Return counts with small ones hidden, and in each period enough others that its total does not tell them.

    Parameters
    ----------
    counts : array-like of shape (n_regions, n_periods)
        People; NaN where nobody counted. [count/period]
    rule : Rule
        Of the workspace.
    regions : sequence of str, optional
        Their names; their places where left out.
    periods : sequence, optional
        What the periods are called; their places where left out.

    Returns
    -------
    NDArray
        Rounded as the rule says, NaN where hidden or not counted, same shape.

    Examples
    --------
    >>> told_over_time([[42, 9], [33, 3], [21, 12]], Rule(fewest=5)).tolist()
    [[42.0, nan], [33.0, nan], [21.0, 12.0]]
    """
    exact = np.asarray(counts, dtype=np.float64)
    if rule.tells_all:
        return exact
    known = np.isfinite(exact)
    if rule.epsilon is not None:
        # one table: who comes is counted in one period of one region
        flat = told_counts(np.where(known, exact, 0.0).reshape(-1, 1), rule).reshape(exact.shape)
        return np.where(known, flat, np.nan)
    shown = np.empty_like(exact)
    called = range(exact.shape[1]) if periods is None else periods
    for place, (period, column) in enumerate(zip(called, np.where(known, exact, 0.0).T, strict=True)):
        shown[:, place] = told_counts(column[:, None], rule, of=f"counted {period}", rows=regions)[:, 0]
    return np.where(known, shown, np.nan)


def told_panel(panel: Panel, rule: Rule) -> Panel:
    """Return a panel with counts as they may be told; sums, years and parts of it are of what is told alone."""
    if rule.tells_all:
        return panel
    dates = panel.calendar.dates(np.arange(panel.length))
    return replace(panel, values=told_over_time(panel.values, rule, regions=panel.regions, periods=days_of(dates)))


def days_of(dates: pd.DatetimeIndex) -> list[str]:
    """Return what periods are called by their first days."""
    return dates.strftime("%Y-%m-%d").tolist()
