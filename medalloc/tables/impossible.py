"""Numbers that cannot be, by what the name of their column says that they count, and those that hardly can be."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NEVER_NEGATIVE = re.compile(
    r"(?<![a-z])(age|count|number|visits?|admissions?|stay|days|population|demand|beds|clinicians|nurses|physicians"
    r"|height|weight|size|existing|cap|bmi|pct|percent|share)(?![a-z])|年龄|人口|床位",
    re.IGNORECASE,
)
MAY_BE_NEGATIVE = re.compile(
    r"(?<![a-z])(change|growth|difference|diff|delta|trend|balance|net|score|z|log|until|since|relative)(?![a-z])"
    r"|变化|增长",
    re.IGNORECASE,
)
AGE_IN_YEARS = re.compile(
    r"(?<![a-z])age(?![a-z0-9])(?!.*(?<![a-z])(months?|weeks?|days?|hours?|gestation)(?![a-z]))|年龄", re.IGNORECASE
)
CODES = (*(-int("9" * length) for length in range(1, 7)), *(-111_111_111 * digit for digit in (2, 3, 5, 6, 8, 9)))
"""Numbers that stand for a missing or suppressed one, those of the census of the United States last. [any unit]"""

MARKS = tuple(float(digit * length) for digit in "789" for length in range(2, 7))
"""Numbers that questionnaires take for no answer, such as 99 and 888. [any unit]"""

OLDEST = 125
"""No verified human life was longer than 122 years."""

FAR = 2.0
"""Empty space between numbers and all others, over the spread of these, from which they are far out. [1]"""

FEWEST_VALUES = 10
"""Different numbers of a column from which its spread is known: of 0, 1 and 7 visits none is far out. [count]"""


def impossible_values(column: pd.Series) -> pd.Series:
    """Return which cells hold a number that cannot be: infinite, negative where nothing is, an age above 125.

    So are codes such as -999 where nothing else is negative.
    """
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return pd.Series(False, index=column.index)
    numbers = column.to_numpy(float, na_value=np.nan)
    wrong, below = _never(numbers, str(column.name)), numbers < 0
    if below.any() and set(CODES).issuperset(numbers[below].tolist()) and (numbers > 0).any():
        wrong |= below
    return pd.Series(wrong, index=column.index)


def never_possible(column: pd.Series) -> pd.Series:
    """Return which cells of a column of numbers cannot be, whatever the others are."""
    return pd.Series(_never(column.to_numpy(float, na_value=np.nan), str(column.name)), index=column.index)


def codes_of_nothing(column: pd.Series) -> pd.Series:
    """Return which cells hold a number such as -999, which means nothing where no other is negative."""
    return pd.Series(np.isin(column.to_numpy(float, na_value=np.nan), CODES), index=column.index)


def _never(numbers: NDArray[np.float64], name: str) -> NDArray[np.bool_]:
    wrong = np.isinf(numbers)
    if NEVER_NEGATIVE.search(name) and not MAY_BE_NEGATIVE.search(name):
        wrong |= numbers < 0
    if AGE_IN_YEARS.search(name):
        wrong |= numbers > OLDEST
    return wrong


def far_values(column: pd.Series) -> pd.Series:
    """Return which cells hold a possible number that is more likely a code or a slip, such as a weight of 9999.

    Examples
    --------
    >>> column = pd.Series([*range(60, 100), 9999], name="weight")
    >>> column[far_values(column)].tolist()
    [9999]

    A mark for no answer is one of up to a quarter of the rows:

    >>> column = pd.Series([*range(11)] * 9 + [99] * 12, name="chronic_index")
    >>> column[far_values(column)].unique().tolist()
    [99]
    """
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return pd.Series(False, index=column.index)
    numbers = np.where(impossible_values(column), np.nan, column.to_numpy(float, na_value=np.nan))
    known = np.sort(numbers[~np.isnan(numbers)])
    known, end = _below_marks(known)
    return pd.Series((numbers > min(_end(known), end)) | (numbers < -_end(-known[::-1])), index=column.index)


def _below_marks(known: np.ndarray) -> tuple[np.ndarray, float]:
    """Return ascending numbers without marks far above all others, and the largest that is left; else infinity."""
    if not len(known) or known[-1] not in MARKS:
        return known, np.inf
    left = known[~np.isin(known, MARKS)]
    # what more than every fourth row holds is no mark either
    if len(np.unique(left)) < FEWEST_VALUES or 4 * len(left) < 3 * len(known):
        return known, np.inf
    if known[known > left[-1]][0] - left[-1] <= FAR * (left[-1] - left[0]):
        return known, np.inf
    return known[known <= left[-1]], float(left[-1])


def _end(known: np.ndarray) -> float:
    """Return the largest of ascending numbers that are not far above all others; infinite where none is."""
    if np.count_nonzero(known[1:] != known[:-1]) < FEWEST_VALUES:
        return np.inf
    # what every twentieth row holds is no slip, on either side
    low, first = known[len(known) // 20], len(known) - 1 - len(known) // 20
    ends, gaps = known[first:-1], np.diff(known[first:])
    far = np.flatnonzero((gaps > FAR * (ends - low)) & (ends > low))
    return float(ends[far[0]]) if len(far) and len(np.unique(known[known <= ends[far[0]]])) >= FEWEST_VALUES else np.inf
