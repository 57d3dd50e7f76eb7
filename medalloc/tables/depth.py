"""Rows of a hierarchy, where a column says how deep in it each is."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.tables.adding_up import rounding
from medalloc.tables.table import Table

LEVEL = re.compile(
    r"(?:admin(?:istrative)?[ _]?)?(?:level|niveau|nivel|nível|ebene|stufe|livello|уровень)|级别|层级|等级", re.I
)
"""Names of a column that says how deep in a hierarchy a row is."""


def by_level_said(table: Table, numbers: NDArray[np.float64]) -> tuple[NDArray[np.bool_], ...] | None:
    """Return the rows of each level of a hierarchy, the deepest first, where a column tells and every level adds up."""
    for name in table.frame.columns:
        column = table.frame[name]
        if LEVEL.fullmatch(str(name).strip()) is None or not pd.api.types.is_integer_dtype(column):
            continue
        levels = [column.eq(each).to_numpy(bool) for each in sorted(column.unique(), reverse=True)]
        sums = np.array([np.nansum(numbers[each], axis=0) for each in levels])
        error = rounding(numbers) * np.sqrt(len(column))
        if len(levels) > 1 and sums.size and (np.ptp(sums, axis=0) <= error).all():
            return tuple(each for each in levels if each is levels[0] or each.sum() > 1)
    return None
