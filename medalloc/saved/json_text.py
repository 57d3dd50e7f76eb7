"""JSON that somebody else may have written: nothing in it is deeper, longer or larger than what is saved here."""

import json
import math
from typing import Any, NoReturn

DEEPEST = 100
"""Lists and objects within each other. [count]"""

DIGITS = 20
"""Of the longest whole number; any that is meant fits into 64 bits. [count]"""


def read_json(text: str | bytes) -> Any:
    """Return what JSON says.

    Raises
    ------
    ValueError
        If it is none, is nested too deep, or holds a number that is not finite or has too many digits.

    Examples
    --------
    >>> read_json('{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    """
    try:
        found = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("too deep") from error
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return found
    raise ValueError("too deep")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        _refuse(digits[:DIGITS] + "…")
    return int(digits)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        _refuse(written)
    return number


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"{number} is not a number that can be used")
