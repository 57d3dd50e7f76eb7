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

MOST = 60
"""Rows on paper; of more, the first, and it is said. [count]"""

LONG = 60
"""Characters from which on a text stands under its row. [count]"""


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
    numbers = {name for name in names if frame[name].dtype.kind in "iuf"}
    shown = pd.DataFrame(index=frame.index)
    for name in names:
        form = (kinds[name].get("type_config") or {}).get("format") or ""
        cells = frame[name].tolist()
        shown[name] = [written(each, form) for each in cells] if name in numbers else _texts(cells)
    # a column of sentences would make all others narrow
    below = [name for name in names if name not in numbers and shown[name].str.len().max() > LONG]
    beside = [name for name in names if name not in below]
    heads = "".join(f"<th>{html.escape(str(kinds[name].get('label') or name))}</th>" for name in beside)
    rows = []
    for row in shown.to_dict("records"):
        marked = (f"<td{' class=number' if name in numbers else ''}>{row[name]}</td>" for name in beside)
        rows.append(f"<tr>{''.join(marked)}</tr>")
        rows += [f'<tr class="below"><td colspan="{len(beside)}">{row[name]}</td></tr>' for name in below if row[name]]
    said = f"<caption>{html.escape(more)}</caption>" if more else ""
    return f'<table class="printed">{said}<thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _texts(cells: Sequence[Any]) -> list[str]:
    return ["" if pd.isna(each) else html.escape(str(each)) for each in cells]


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
