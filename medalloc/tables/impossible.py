"""Numbers that cannot be, by what the name of their column says that they count."""

import re

import numpy as np
import pandas as pd

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
    r"(?<![a-z])age(?![a-z])(?!.*(?<![a-z])(months?|weeks?|days?|hours?|gestation)(?![a-z]))|年龄", re.IGNORECASE
)
OLDEST = 125
"""No verified human life was longer than 122 years."""


def impossible_values(column: pd.Series) -> pd.Series:
    """Return which cells hold a number that cannot be: infinite, negative where nothing is, an age above 125."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return pd.Series(False, index=column.index)
    wrong = pd.Series(np.isinf(column.to_numpy(float, na_value=np.nan)), index=column.index)
    name = str(column.name)
    if NEVER_NEGATIVE.search(name) and not MAY_BE_NEGATIVE.search(name):
        wrong |= (column < 0).fillna(False)
    if AGE_IN_YEARS.search(name):
        wrong |= (column > OLDEST).fillna(False)
    return wrong.astype(bool)
