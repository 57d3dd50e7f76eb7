"""Numbers that are typed into the cells of a table: as text, because the browser would make another of some.

A number cell of the browser drops every sign that it does not know: 1e18 becomes 118, 12abc 12. Text it leaves alone.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.sentences import Sentence, sentence
from medalloc.ui.ranges import Range, out_of_range

WRITTEN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+(\.\d*)?|\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
"""A number as people write it, thousands separated or not."""

Numbers = Mapping[str, tuple[str, Range]]
"""What columns of numbers are called and what they must lie between, by name."""


def as_texts(
    frame: pd.DataFrame, config: Mapping[str, Any], disabled: Any
) -> tuple[pd.DataFrame, dict[str, Any], Numbers]:
    """Return a table whose numbers that can be typed are text, how its columns are shown, and which these are."""
    shown, columns, numbers = frame.copy(), dict(config), {}
    fixed = disabled if isinstance(disabled, list | tuple) else ()
    for name, each in config.items():
        kind = each.get("type_config") or {}
        if kind.get("type") != "number" or name in fixed:
            continue
        numbers[name] = (each.get("label") or name, (kind.get("min_value"), kind.get("max_value")))
        shown[name] = pd.array([_text(cell) for cell in frame[name].tolist()], "str")
        taken = {key: each.get(key) for key in ("label", "width", "help", "disabled", "required", "pinned")}
        columns[name] = st.column_config.TextColumn(**taken, alignment="right", default=_text(each.get("default")))
    return shown, columns, numbers


def as_numbers(shown: pd.DataFrame, numbers: Numbers) -> tuple[pd.DataFrame, tuple[Sentence, ...]]:
    """Return the table with its numbers again, and what is wrong with them, cell by cell."""
    read, found = shown.copy(), []
    for name, (title, within) in numbers.items():
        values = []
        for place, text in enumerate(shown[name].tolist()):
            value = number(text)
            fault = (
                sentence("“{text}” is no number. Nothing was changed.", text=str(text).strip())
                if value is None
                else None
                if math.isnan(value)
                else out_of_range(value, *within)
            )
            if fault is not None:
                row = str(shown.iloc[place, 0])
                found.append(sentence("“{column}” of “{row}”: {fault}", column=title, row=row, fault=fault))
            values.append(math.nan if value is None else value)
        read[name] = np.array(values, dtype=np.float64)
    return read, tuple(found)


def number(text: Any) -> float | None:
    """Return the number that a text writes, not a number where it is empty; None where it writes none.

    Examples
    --------
    >>> [number(text) for text in ("1e18", "1,200.5", " -5 ", "12abc", "1,5", "1e999", "")]
    [1e+18, 1200.5, -5.0, None, None, None, nan]
    """
    if text is None or pd.isna(text) or not (written := str(text).strip()):
        return math.nan
    if WRITTEN.fullmatch(written) is None or not math.isfinite(value := float(written.replace(",", ""))):
        return None
    return value


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else f"{value:,.15g}"
