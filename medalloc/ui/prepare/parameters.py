"""The columns and options of one step, as controls."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.kind import Option
from medalloc.preparation.recipe import Step
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def asked(name: str, step: Step | None, columns: Sequence[str], key: str) -> Step:
    """Show the controls of a step and return it as they stand; it need not be acceptable.

    Parameters
    ----------
    columns : sequence of str
        Columns that can be named.
    """
    kind = STEP_KINDS[name]
    named = () if step is None or isinstance(step.columns, str) else step.columns
    told = _("all that it suits") if kind.names is None else _("choose columns")
    offered = list(dict.fromkeys((*columns, *named)))
    chosen = st.multiselect(_("Columns"), offered, named, key=f"{key}_columns", placeholder=told)
    scope = kind.works_on if step is None or not isinstance(step.columns, str) else step.columns
    given = {} if step is None else step.options
    options: dict[str, Any] = {}
    for each, option in kind.options.items():
        if not option.counts({name: other.default for name, other in kind.options.items()} | options):
            continue
        value = _control(option, given.get(each, option.default), f"{key}_{each}")
        if value != option.default or each in given:
            options[each] = value
    return Step(name, tuple(chosen) if chosen or kind.names is not None else scope, options)


def _control(option: Option, value: Any, key: str) -> Any:
    label = words.plainly(option.words)
    match option.control:
        case "flag":
            return st.checkbox(label, value, key=key)
        case "choice":
            said = {name: words.plainly(each) for name, each in option.choices.items()}
            return st.selectbox(label, list(said), list(said).index(value), format_func=said.__getitem__, key=key)
        case "text":
            return st.text_input(label, value or "", key=key)
        case "texts":
            lines = st.text_area(label, "\n".join(value), key=key, help=_("One a line."), height="content")
            return tuple(each.strip() for each in lines.splitlines() if each.strip())
        case "numbers by text":
            shown = "\n".join(f"{text}: {number:g}" for text, number in (value or {}).items())
            help_ = _("One a line, such as male: 0")
            return _pairs(st.text_area(label, shown, key=key, help=help_, height="content"))
    # out of range it is refused in a sentence when the step is taken
    if option.control == "count":
        return st.number_input(label, value=int(value), step=1, key=key)
    return st.number_input(label, value=float(value), key=key, step=0.01 if option.control == "share" else None)


def _pairs(lines: str) -> Mapping[str, float | str]:
    made: dict[str, float | str] = {}
    for line in filter(str.strip, lines.splitlines()):
        text, _sign, number = line.rpartition(":")
        try:
            made[text.strip()] = float(number)
        except ValueError:
            made[line.strip()] = number.strip()
    return made
