"""Columns that tell who somebody is, or hold what was written about them: no model has them unless somebody says so."""

import re

import pandas as pd

from medalloc.tables.numbers import looks_numeric

NAMES = re.compile(
    r"((full|first|last|middle|given|family|patient|person|maiden)[ _-]?)?names?|surname|forename"
    r"|e[ _-]?mail( address)?"
    r"|(tele)?phone([ _-]?number)?|(home |street )?address|(free[ _-]?text|notes?|comments?|remarks?|diary)"
    r"|姓名|名字|地址|住址|电话|手机号?|邮箱|备注|病历",
    re.IGNORECASE,
)
"""Names of columns of text that are about one person each."""

MOSTLY_DIFFERENT = 0.5
"""Share of the known cells with a text of their own from which a column tells rows apart and not kinds of patients."""

FEWEST = 20
"""Known cells from which that can be told. [count]"""


def is_personal(column: pd.Series) -> bool:
    """Whether a column of text holds names, addresses or free text, by its name or because its cells hardly repeat.

    Examples
    --------
    >>> is_personal(pd.Series(["A. Ash", "B. Bo"], name="Full name")), is_personal(pd.Series(["m", "f"], name="sex"))
    (True, False)
    """
    if not isinstance(column.dtype, pd.StringDtype) and not pd.api.types.is_object_dtype(column):
        return False
    if NAMES.fullmatch(str(column.name).strip()):
        return True
    known = int(column.notna().sum())
    return known >= FEWEST and column.nunique() >= MOSTLY_DIFFERENT * known and not looks_numeric(column)
