"""Counts over time as they may be told where few people came."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule


def told_over_time(counts: ArrayLike, rule: Rule) -> NDArray[np.float64]:
    """Return counts with small ones hidden, and in each period enough others that its total does not tell them.

    Parameters
    ----------
    counts : array-like of shape (n_regions, n_periods)
        People; NaN where nobody counted. [count/period]
    rule : Rule
        Of the workspace.

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
    for period, column in enumerate(np.where(known, exact, 0.0).T):
        shown[:, period] = told_counts(column[:, None], rule, of=str(period))[:, 0]
    return np.where(known, shown, np.nan)


def told_panel(panel: Panel, rule: Rule) -> Panel:
    """Return a panel with counts as they may be told; sums, years and parts of it are of what is told alone."""
    return panel if rule.tells_all else replace(panel, values=told_over_time(panel.values, rule))
