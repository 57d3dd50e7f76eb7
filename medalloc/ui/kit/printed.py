"""Tables on paper: all their rows and columns, where a grid on the screen shows what fits and scrolls."""

import html
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

MOST = 120
"""Rows on paper; of more, the first, and it is said. [count]"""


def grid(frame: pd.DataFrame, **options: Any) -> Any:
    """Show a table as a grid, and have all of it printed in the grid's place; return what the grid returns.

    Parameters
    ----------
    frame : DataFrame
        What is shown.
    options
        For the grid.
    """
    event = st.dataframe(frame, hide_index=True, **options)
    names = [name for name in options.get("column_order") or frame.columns if name in frame]
    more = ""
    if len(frame) > MOST:
        said = _("The first {count} of {all}; a report and the downloads have all.")
        more = said.format(count=words.number(MOST), all=words.number(len(frame)))
    st.html(_table(frame.head(MOST), names, options.get("column_config") or {}, more))
    return event


def _table(frame: pd.DataFrame, names: Sequence[str], config: Mapping[str, Any], more: str) -> str:
    kinds: dict[str, Any] = {name: config.get(name) or {} for name in names}
    kinds |= {name: {"label": each} for name, each in kinds.items() if isinstance(each, str)}
    heads = "".join(f"<th>{html.escape(str(kinds[name].get('label') or name))}</th>" for name in names)
    numbers = {name for name in names if frame[name].dtype.kind in "iuf"}
    forms = {name: (kinds[name].get("type_config") or {}).get("format") or "" for name in names}
    rows = []
    for row in frame[names].itertuples(index=False):
        cells = zip(names, row, strict=True)
        marked = (
            f'<td class="number">{written(cell, forms[name])}</td>'
            if name in numbers
            else f"<td>{'' if pd.isna(cell) else html.escape(str(cell))}</td>"
            for name, cell in cells
        )
        rows.append(f"<tr>{''.join(marked)}</tr>")
    said = f"<caption>{html.escape(more)}</caption>" if more else ""
    return f'<table class="printed">{said}<thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def written(number: float, form: str) -> str:
    """Return a number as a grid shows it.

    Parameters
    ----------
    number : float
        Not a number for none.
    form : str
        In the notation of grids, such as ``%,.1f`` or ``%+.1f``; anything else is a plain number.

    Examples
    --------
    >>> written(1234.56, "%,.1f"), written(2.0, "%+.1f"), written(0.25, "localized")
    ('1,234.6', '+2.0', '0.25')
    """
    if not math.isfinite(number):
        return "–" if math.isnan(number) else "∞"
    if found := re.fullmatch(r"%([+,]*)\.(\d)f", form):
        flags, digits = found.groups()
        return format(number, f"{'+' if '+' in flags else ''}{',' if ',' in flags else ''}.{digits}f")
    return f"{number:,.10g}"
