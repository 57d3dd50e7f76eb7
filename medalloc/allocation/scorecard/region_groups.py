"""Groups of regions by what the table says of them, as a promise or a change names them: “province=East”."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from medalloc.allocation import measures
from medalloc.allocation.problem import Array
from medalloc.allocation.scorecard.equity import FEW, FIFTHS, is_ordered

Groups = Mapping[str, tuple[str, ...]]
"""Regions by what their group is called."""

NO_GROUPS: Groups = {}


def region_groups(cells: pd.DataFrame, persons: Array) -> Groups:
    """Return the groups that columns make of regions.

    Parameters
    ----------
    cells : DataFrame
        Columns that say something of the regions, its rows by region.
    persons : ndarray of shape (n_regions,)
        People in each, by which fifths are cut. [persons]

    Examples
    --------
    >>> cells = pd.DataFrame({"province": ["East", "East", "West"], "income": [3, 2, 1]}, index=["A", "B", "C"])
    >>> for name, regions in region_groups(cells, np.array([10.0, 10, 10])).items():
    ...     print(name, *regions)
    province=East A B
    province=West C
    income=1 C
    income=2 B
    income=3 A
    lowest fifth of income C
    highest fifth of income A
    """
    groups: dict[str, tuple[str, ...]] = {}
    regions = cells.index.to_numpy()
    for name in cells.columns:
        known = cells[name].notna().to_numpy()
        ordered = is_ordered(cells[name])
        column = pd.to_numeric(cells[name][known]) if ordered else cells[name][known].astype(str).str.strip()
        if not ordered or column.nunique() <= FEW:
            for value, members in column.groupby(column).groups.items():
                written = f"{value:g}" if isinstance(value, int | float) else str(value)
                groups[f"{name}={written}"] = tuple(map(str, members))
        if ordered:
            rank = column.to_numpy(float)
            fifth = np.floor(FIFTHS * measures.fractional_rank(rank, persons[known]))
            # where one region holds more than a fifth of the people, it is that fifth
            low, high = (fifth == fifth.min()), (fifth == fifth.max())
            groups[f"lowest fifth of {name}"] = tuple(map(str, regions[known][low]))
            groups[f"highest fifth of {name}"] = tuple(map(str, regions[known][high]))
    return groups


def regions_of(group: str, groups: Groups) -> tuple[str, ...] | None:
    """Return the regions of a group as somebody wrote it; None where there is none of that name."""
    wanted = _plain(group)
    return next((regions for name, regions in groups.items() if _plain(name) == wanted), None)


def _plain(name: str) -> str:
    words = name.replace("=", " = ").lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
