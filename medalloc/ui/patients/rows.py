"""Factors, terms, reserves and minimum shares as rows of editors, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.errors import InputError
from medalloc.priority.rule import HOWS, Factor, How, Minimum, Reserve, Term
from medalloc.sentences import Sentence
from medalloc.ui.kit.words import _

Row = tuple[Any, ...]
FACTOR = ("column", "how", "value")
SECOND = ("and_column", "and_how", "and_value")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "terms": ("points", *FACTOR, *SECOND),
    "reserves": ("name", "units", *FACTOR),
    "minimums": ("share", *FACTOR),
}
"""Columns of each editor."""


def rows_of(entries: Sequence[Term | Reserve | Minimum]) -> tuple[Row, ...]:
    """Return entries of a rule as rows of its editor."""
    return tuple(_row(each) for each in entries)


def frame_of(kind: str, rows: tuple[Row, ...]) -> pd.DataFrame:
    """Return rows as the table that an editor starts from."""
    frame = pd.DataFrame(list(rows), columns=list(FIELDS[kind]))
    numbers = [name for name in ("points", "units", "share") if name in frame]
    return frame.astype({name: "float64" if name in numbers else "str" for name in frame})


def entries_of(kind: str, frame: pd.DataFrame) -> tuple[tuple[Any, ...], tuple[Sentence, ...]]:
    """Return the entries in an edited table, and what is wrong with rows that do not count; unfinished ones wait."""
    found: list[Any] = []
    faults: list[Sentence] = []
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        needed = [each for each in FIELDS[kind] if each not in ("value", *SECOND, "how")]
        if any(row[each] in (None, "") for each in needed):
            continue
        try:
            found.append(_entry(kind, row))
        except InputError as error:
            faults += error.faults
    return tuple(found), tuple(faults)


def columns(kind: str, names: Sequence[str]) -> dict[str, Any]:
    """Return how the columns of an editor are shown."""
    column, hows = st.column_config, how_words()
    own = {
        "points": column.NumberColumn(_("Points"), required=True, format="%g", help=_("Below 0 to take points away.")),
        "name": column.TextColumn(_("Reserved for"), required=True),
        "units": column.NumberColumn(_("Units"), required=True, min_value=0, step=1, format="%d"),
        "share": column.NumberColumn(_("Share of places [%]"), required=True, min_value=0.0, max_value=100.0),
    }
    titles = (_("Column"), _("What of it"), _("Value")), (_("Times: column"), _("What of it"), _("Value"))
    for (name, how, value), (first, second, third) in zip((FACTOR, SECOND), titles, strict=True):
        own[name] = column.SelectboxColumn(first, options=list(names), required=name == "column")
        usual = "number" if name == "column" else None
        own[how] = column.SelectboxColumn(second, options=list(HOWS), format_func=hows.__getitem__, default=usual)
        own[value] = column.TextColumn(third, help=_("A number, or for “is” a word such as yes."))
    return {name: own[name] for name in FIELDS[kind]}


def how_words() -> dict[Any, str]:
    """Return what can be taken of a cell, in words."""
    return {
        "number": _("the number"),
        "above": _("how far above"),
        "below": _("how far below"),
        "log": _("log of 1 more"),
        "is": _("1 if it is"),
        "at least": _("1 if at least"),
        "days since": _("days since"),
    }


def _row(entry: Term | Reserve | Minimum) -> Row:
    if isinstance(entry, Term):
        second = _cells(entry.factors[1]) if len(entry.factors) > 1 else ("", "", "")
        return (entry.points, *_cells(entry.factors[0]), *second)
    if isinstance(entry, Reserve):
        return (entry.name, float(entry.units), *_cells(entry.who))
    return (round(100 * entry.share, 9), *_cells(entry.who))


def _cells(factor: Factor) -> tuple[str, str, str]:
    held = factor.how not in ("number", "log") and (factor.how != "days since" or isinstance(factor.value, str))
    shown = factor.value if isinstance(factor.value, str) else f"{factor.value:g}"
    return factor.column, factor.how, shown if held else ""


def _entry(kind: str, row: Mapping[Any, Any]) -> Term | Reserve | Minimum:
    first = _factor(*(row[each] for each in FACTOR))
    if kind == "reserves":
        return Reserve(str(row["name"]).strip(), int(row["units"]), first)
    if kind == "minimums":
        return Minimum(first, round(float(row["share"]) / 100, 12))
    second = (_factor(*(row[each] for each in SECOND)),) if row["and_column"] else ()
    return Term(float(row["points"]), (first, *second))


def _factor(column: str, how: How | None, value: str | None) -> Factor:
    text = (value or "").strip()
    number: float | str = text
    try:
        number = float(text) if text else 0.0
    except ValueError:
        number = text
    return Factor(column, how or "number", number)
