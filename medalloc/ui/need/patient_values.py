"""The values of one patient, to be changed: a control a column, with the range of the training data."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.need.explanation.ranges import ColumnRange, is_missing, plain
from medalloc.need.explanation.subject import Subject
from medalloc.sentences import unglued
from medalloc.ui import state
from medalloc.ui.kit.words import _, escape
from medalloc.ui.need.effects import written

MOST_CONTROLS = 30
"""Columns that get a control, those that matter most first."""

HARMFUL = re.compile(r"([\\`*\[\]<>$:])")
"""What would be more than a letter in the label of a control."""

MOST_LEVELS = 200
"""Levels a column of text may have to be chosen from a list."""


def own(subject: Subject, row: int) -> pd.DataFrame:
    """Return the features of a patient as they are, one row."""
    return subject.cells.iloc[[row]].reset_index(drop=True)


def changed(subject: Subject, row: int, whom: str) -> pd.DataFrame:
    """Return the features of a patient with the values that were tried; `whom` tells a patient and their model."""
    return state.keep(_with_values, subject, row, dict(tried(whom)))


def _with_values(subject: Subject, row: int, values: Mapping[str, Any]) -> pd.DataFrame:
    cells = own(subject, row)
    for name, value in values.items():
        if name in subject.features:
            cells = subject.with_values(cells, name, [_as_cell(subject, name, value)])
    return cells


def tried(whom: str) -> Mapping[str, Any]:
    """Return the values that were tried on a patient, by column."""
    now = state.look().patient_changes
    values: Mapping[str, Any] = now.get("values", {}) if now.get("of") == whom else {}
    return values


def take_back(whom: str) -> None:
    """Let the patient have their own values again."""
    state.change(patient_changes={"of": whom, "round": _round() + 1, "values": {}})


def controls(subject: Subject, row: int, whom: str, ranges: Mapping[str, ColumnRange], order: list[str]) -> None:
    """Show a control for every value, the most telling first, and warn of values the model has not learned from."""
    cells, now = own(subject, row), tried(whom)
    places = st.columns(3)
    for number, name in enumerate(order[:MOST_CONTROLS]):
        with places[number % 3]:
            _control(
                whom, ranges[name], plain(_as_cell(subject, name, now[name]) if name in now else cells[name].iloc[0])
            )
    if len(order) > MOST_CONTROLS:
        st.caption(_("Shown are the {shown} columns that matter most for this patient.").format(shown=MOST_CONTROLS))


def outside(subject: Subject, cells: pd.DataFrame, ranges: Mapping[str, ColumnRange]) -> list[str]:
    """Return a warning for every value the model has not learned from."""
    made = []
    for name in subject.features:
        value, about = plain(cells[name].iloc[0]), ranges[name]
        if about.holds(value):
            continue
        if about.low is None:
            text = _("{column}: no training patient has the value {value}; the model guesses.").format(
                column=escape(name), value=escape(written(value))
            )
        else:
            text = _("{column}: {value} lies outside the training data, {low} to {high}; the model guesses.").format(
                column=escape(name),
                value=escape(written(value)),
                low=escape(written(about.low)),
                high=escape(written(about.high)),
            )
        made.append(text)
    return made


def _control(whom: str, about: ColumnRange, value: Any) -> None:
    key = f"patient_{whom}_{_round()}_{about.name}"
    given: dict[str, Any] = {"key": key, "on_change": _adopt, "args": (whom, about.name, key)}
    if about.low is not None:
        given["help"] = _("Training data: {low} to {high}.").format(low=written(about.low), high=written(about.high))
    label = _label(about.name)
    if about.kind == "date":
        day = None if value is None else value.date()
        st.date_input(label, value=day, min_value=pd.Timestamp(1900, 1, 1).date(), **given)
    elif about.kind == "number":
        whole = about.whole and (value is None or float(value).is_integer())
        as_kind = int if whole else float
        st.number_input(
            label,
            value=None if value is None else as_kind(value),
            step=1 if whole else 10.0 ** -_decimals(about),
            format=None if whole else f"%.{_decimals(about)}f",
            **given,
        )
    else:
        options = [*about.levels[:MOST_LEVELS]]
        if value is not None and value not in options:
            options.append(value)
        options.append(None)
        st.selectbox(label, options, index=options.index(value), format_func=written, **given)


def _label(name: str) -> str:
    """Return a column's name as the label of a control; what reads labels aloud would read other escapes too."""
    return HARMFUL.sub(r"\\\1", unglued(name))


def _decimals(about: ColumnRange) -> int:
    some = pd.Series(about.levels[:200], dtype=float)
    return next((digits for digits in range(4) if bool((some.round(digits) == some).all())), 4)


def _adopt(whom: str, name: str, key: str) -> None:
    value = state.widget(key)
    kept = value.isoformat() if hasattr(value, "isoformat") else value
    values = {**tried(whom), name: kept}
    state.change(patient_changes={"of": whom, "round": _round(), "values": values})


def _as_cell(subject: Subject, name: str, value: Any) -> Any:
    cells = subject.cells[name]
    if value is not None and pd.api.types.is_datetime64_any_dtype(cells):
        return pd.Timestamp(value, tz=cells.dt.tz)
    return None if is_missing(value) else value


def _round() -> int:
    return int(state.look().patient_changes.get("round", 0))
