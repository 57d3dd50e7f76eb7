"""Demand that was hidden because it is small, such as <5: it lies between two ends, and that is said."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.suppressed import hidden_counts
from medalloc.tables.table import Table

SEED = 5
"""Hidden counts of a history are drawn with it, so that they are the same every time."""


def ends_of_hidden(table: Table) -> dict[str, tuple[float, float]]:
    """Return the least and the most demand of every region whose own was hidden [persons/period].

    Parameters
    ----------
    table : Table
        One row a region.
    """
    region, demand = table.column("region"), table.column("demand")
    if region is None or demand is None or demand not in table.hidden:
        return {}
    ends = table.hidden[demand]
    names = table.frame[region].astype("str")[hidden_counts(table.frame[demand], ends)]
    return dict.fromkeys(map(str, names.str.strip()), ends)


def hidden_said(hidden: Mapping[str, tuple[float, float]]) -> Iterator[Sentence]:
    """Say between which ends hidden demand lies, where there is any."""
    for low, high in dict.fromkeys(hidden.values()):
        yield sentence(
            "Demand was hidden and lies between {low} and {high}; planned is with {middle}: {regions}.",
            low=low,
            high=high,
            middle=(low + high) / 2,
            regions=listed([name for name, ends in hidden.items() if ends == (low, high)], 8),
        )


def drawn_history(
    hidden: Mapping[str, tuple[float, float]], columns: "pd.Series[str]", values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the counts of a history with a whole number between its ends, each as likely, for every hidden one.

    With the middle in their place, a forecaster would never have been off where counts were hidden, and its intervals
    would be too narrow by what is hidden.

    Parameters
    ----------
    hidden : mapping
        The least and the most that a hidden count can be, by column. [persons]
    columns : Series
        Column that every count is from, shape (n,).
    values : ndarray
        The counts, the middle of its ends standing for a hidden one, shape (n,). [persons]
    """
    drawn, draw = np.array(values), np.random.default_rng(SEED)
    for name, ends in hidden.items():
        there = (columns == name).to_numpy(bool) & hidden_counts(pd.Series(values), ends).to_numpy(bool)
        drawn[there] = draw.integers(int(ends[0]), int(ends[1]) + 1, int(there.sum()))
    return drawn


def history_said(
    hidden: Mapping[str, tuple[float, float]], columns: "pd.Series[str]", counts: pd.Series, regions: "pd.Series[str]"
) -> Iterator[Sentence]:
    """Say how many counts of a history were hidden, where, and how far off what stands in for them may be.

    Parameters
    ----------
    hidden : mapping
        The least and the most that a hidden count can be, by column. [persons]
    columns, counts, regions : Series
        Of every count: the column that it is from, its cell, and its region, shape (n,) each.
    """
    for name, (low, high) in hidden.items():
        here = columns == name
        there = here & hidden_counts(counts, (low, high))
        if there.any():
            yield sentence(
                "Hidden counts of “{column}” are drawn from {low} to {high}, alike every time, so that the intervals "
                "allow for what is not known of them: {count} of {all}, in {regions}.",
                column=name,
                low=low,
                high=high,
                count=int(there.sum()),
                all=int(here.sum()),
                regions=listed(list(dict.fromkeys(regions[there])), 8),
            )


def between_ends(
    demand: NDArray[np.float64], regions: tuple[str, ...], hidden: Mapping[str, tuple[float, float]], seed: int
) -> NDArray[np.float64]:
    """Return futures in which hidden demand is any whole number between its ends, each as likely.

    Parameters
    ----------
    demand : array of shape (n_futures, n_regions)
        Futures of every region [persons/period].
    regions : tuple of str
        Names.
    hidden : mapping
        Ends by region.
    seed : int
        At least 0; the same seed gives the same futures.
    """
    drawn, draw = np.array(demand), np.random.default_rng(seed)
    for place, name in enumerate(regions):
        if name in hidden:
            low, high = hidden[name]
            drawn[:, place] = draw.integers(int(low), int(high) + 1, len(drawn))
    return drawn
