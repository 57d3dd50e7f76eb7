"""Tables on paper: all their rows and columns, where a grid on the screen shows what fits and scrolls.

On a telephone a short table that nothing is picked in is shown so, too: each row as a card where columns are many.
"""

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

FEW, NARROW = 12, 3
"""Rows up to which a table is read on a telephone as a whole, and columns that stand there side by side. [count]"""

LONG = 60
"""Characters from which on a text stands under its row. [count]"""

WIDEST = 12
"""Columns on paper; of more, the first, and it is said. [count]"""


def grid(frame: pd.DataFrame, **options: Any) -> Any:
    """Show a table as a grid, and have all of it printed in the grid's place; return what the grid returns.

    Parameters
    ----------
    options
        For the grid.
    """
    # first what may stand in the grid's place, which is hidden by what comes before it
    on_paper(frame, read="on_select" not in options and len(frame) <= FEW, **options)
    return st.dataframe(frame, hide_index=True, **{"placeholder": "–"} | options)


def editor(frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Show a table that is typed into, and have all of it printed in its place; return it as it was edited.

    Parameters
    ----------
    options
        For the editor.
    """
    edited: pd.DataFrame = st.data_editor(frame, hide_index=True, **options)
    on_paper(edited, **options)
    return edited


def lines(said: Sequence[str]) -> None:
    """Put sentences on paper alone, where the screen has controls that say the same."""
    st.html(f'<ul class="on_paper">{"".join(f"<li>{html.escape(each)}</li>" for each in said)}</ul>')


def on_paper(frame: pd.DataFrame, *, of: int | None = None, read: bool = False, **options: Any) -> None:
    """Have a table printed that the screen does not show.

    Parameters
    ----------
    frame : DataFrame
        Its first rows or all.
    of : int, optional
        How many there are, where `frame` has not all.
    read : bool
        Whether it is shown on a telephone, too.
    options
        For a grid.
    """
    ordered = options.get("column_order") or frame.columns
    # a small picture in a cell is no text
    first = frame.head(MOST)
    mixed = [name for name, kind in frame.dtypes.items() if pd.api.types.is_object_dtype(kind)]
    pictures = {name for name in mixed if any(isinstance(cell, list) for cell in first[name])}
    names = [name for name in ordered if name in frame and name not in pictures]
    more, every = [], len(frame) if of is None else of
    if len(first) < every:
        said = _("The first {count} of {all}; a report and the downloads have all.")
        more.append(said.format(count=words.number(len(first)), all=words.number(every)))
    if len(names) > WIDEST:
        said = _("Columns on paper: the first {count} of {all}.")
        more.append(said.format(count=words.number(WIDEST), all=words.number(len(names))))
    st.html(_table(first, names[:WIDEST], options.get("column_config") or {}, " ".join(more), read=read))


def _table(frame: pd.DataFrame, names: Sequence[str], config: Mapping[str, Any], more: str, *, read: bool) -> str:
    kinds: dict[str, Any] = {name: config.get(name) or {} for name in names}
    kinds |= {name: {"label": each} for name, each in kinds.items() if isinstance(each, str)}
    numbers = {name for name in names if frame[name].dtype.kind in "iuf"}
    right = numbers | {name for name, each in kinds.items() if each.get("alignment") == "right"}
    shown = {
        name: _numbers(frame[name].tolist(), (kinds[name].get("type_config") or {}).get("format") or "")
        if name in numbers
        else _texts(frame[name].tolist(), kinds[name])
        for name in names
    }
    # a column of sentences would make all others narrow
    below = [name for name in names if name not in numbers and max(map(len, shown[name]), default=0) > LONG]
    beside = [name for name in names if name not in below]
    heads = {name: html.escape(str(kinds[name].get("label") or name)) for name in beside}
    begun = [f'<td{" class=number" if name in right else ""} data-label="{heads[name]}">' for name in beside]
    rows = []
    for row in range(len(frame)):
        cells = (f"{head}{shown[name][row]}</td>" for head, name in zip(begun, beside, strict=True))
        rows.append(f"<tr>{''.join(cells)}</tr>")
        long = (shown[name][row] for name in below)
        rows += [f'<tr class="below"><td colspan="{len(beside)}">{text}</td></tr>' for text in long if text]
    said = f"<caption>{html.escape(more)}</caption>" if more else ""
    kind = "printed" + (" read" if read else "") + (" cards" if read and len(beside) > NARROW else "")
    head = "".join(f"<th>{each}</th>" for each in heads.values())
    return f'<table class="{kind}">{said}<thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _texts(cells: Sequence[Any], kind: Mapping[str, Any]) -> list[str]:
    # what is chosen from a list is called as the list calls it
    options = (kind.get("type_config") or {}).get("options") or ()
    called = {each["value"]: each["label"] for each in options if isinstance(each, dict)}
    ticks = {True: "✓", False: ""}
    named = [ticks[each] if isinstance(each, bool) else called.get(each, each) for each in cells]
    return ["" if pd.isna(each) else html.escape(str(each)) for each in named]


def _numbers(cells: Sequence[float], form: str) -> list[str]:
    found = re.fullmatch(r"%([+,]*)\.(\d)f", form)
    if found is None:
        # as many digits as a grid shows
        return [_finite(each) or f"{round(each, 4):,.10g}" for each in cells]
    flags, digits = found.groups()
    spec = f"{'+' if '+' in flags else ''}{',' if ',' in flags else ''}.{digits}f"
    return [_finite(each) or format(each, spec) for each in cells]


def _finite(number: float) -> str:
    """Return the sign for what is no finite number, else nothing."""
    return "" if math.isfinite(number) else "–" if math.isnan(number) else "∞"


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
    return _numbers([number], form)[0]
