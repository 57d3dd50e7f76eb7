"""Controls are bound to what a visitor has chosen; parts of screens know nothing else of the visit."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import streamlit as st

from medalloc.disclosure.rule import Rule
from medalloc.errors import SourceError
from medalloc.study.study import PART_OF
from medalloc.study.tickets import Ticket, with_ticket
from medalloc.tables.mapping import Mapped, mapping_for, with_mapping
from medalloc.ui.kept import workspace
from medalloc.ui.lesson import LearnChoices
from medalloc.ui.look import Look
from medalloc.ui.own_studies import delete
from medalloc.ui.permission import allowed as allowed
from medalloc.ui.permission import exporting as exporting
from medalloc.ui.permission import hidden as hidden
from medalloc.ui.permission import locked as locked
from medalloc.ui.permission import noting as noting
from medalloc.ui.permission import required as required
from medalloc.ui.ranges import Range, out_of_range
from medalloc.ui.visit import choose, chosen, set_aside, visit, who
from medalloc.workspace.mappings import keep_mapping, kept_mapping

T = TypeVar("T")
MAY_BE_NONE = (
    "encoding",
    "delimiter",
    "sheet",
    "header_row",
    "day_first",
    "first_row",
    "last_row",
    "decimal",
    "multiple",
    "budget",
    "epidemic_population",
    "epidemic_base",
    "move_units",
    "boundaries_column",
    "units_given",
    "longest_way",
)
"""Choices for which "none" is an answer."""

TOLD = 3
"""Runs of a script in which a new control is told its value. [count]"""


def look() -> Look:
    """Return what the visitor looks at."""
    return chosen().look


def counted_in() -> str | None:
    """Return what demand is counted in, in the plural; None for persons."""
    return visit().counted_in


@cache
def rule() -> Rule:
    """Return how numbers of people are told in this workspace, which remembers what it told."""
    return Rule.of_environment(lambda: workspace().told)


def learn() -> LearnChoices:
    """Return what the Learn screen shows."""
    return chosen().learn


def keep(function: Callable[..., T], *inputs: Any, **named: Any) -> T:
    """Return what a function gives for these inputs, worked out once in this visit."""
    return visit().kept.answer(function, *inputs, **named)


def since_last(name: str, now: T, first: T) -> T:
    """Return what a part of a screen saw in its last run, `first` where there was none, and note what it sees now."""
    seen = visit().last
    before: T = seen.get(name, first)
    seen[name] = now
    return before


def last(name: str, now: T | None) -> T | None:
    """Return what a part of a screen has now, else what it had last."""
    found: T | None = visit().last.get(name) if now is None else now
    visit().last[name] = found
    return found


def begin_study_of(file: str) -> None:
    """Leave a study of another table as it is kept: what is chosen from now on is of a study of its own."""
    set_aside(file)


def study_here() -> str:
    """Return the id of the study that is in use."""
    return visit().token


def take_away(study: str) -> None:
    """Delete a study for good, with the files and runs that no other names."""
    delete(study)


def adopt(ticket: Ticket) -> None:
    """Keep a run beside those before it."""
    choose(replace(chosen(), tickets=with_ticket(chosen().tickets, ticket)))


def forget(*tasks: str) -> None:
    """Keep no run of these tasks any longer."""
    choose(replace(chosen(), tickets=tuple(each for each in chosen().tickets if each.task not in tasks)))


def newest(task: str) -> Ticket | None:
    """Return the newest run of a task."""
    return next((each for each in chosen().tickets if each.task == task), None)


def change(**choices: Any) -> None:
    """Replace choices by name, save them, and let their controls start from the new values."""
    for name in choices:
        st.session_state.pop(f"choice_{name}", None)
    choose(chosen().changed(choices))


def revise(name: Any, function: Callable[..., Any], *inputs: Any) -> None:
    """Replace a choice by what a function makes of the one that stands.

    Parameters
    ----------
    name : str
        Of the choice, as `at` gives it.
    """
    change(**{name: function(chosen().choice(name), *inputs)})


def remember(columns: Iterable[str]) -> None:
    """Keep the roles of the table in use for the next file with its columns, in this visit and in later ones."""
    names, mapped = list(columns), Mapped(chosen().study.data.file_name, chosen().study.data.roles)
    choose(replace(chosen(), mappings=with_mapping(chosen().mappings, names, mapped)))
    if who():
        with suppress(SourceError):
            keep_mapping(workspace(), names, mapped, owner=who())


def remembered(columns: Iterable[str]) -> Mapped | None:
    """Return the roles that were given by hand to an earlier table with these columns."""
    names = list(columns)
    here = mapping_for(names, chosen().mappings)
    if here is None and who():
        with suppress(SourceError):
            return kept_mapping(workspace(), names, owner=who())
    return here


def _same(value: Any) -> Any:
    return value


def bound(
    name: Any,
    *,
    shown: Callable[[Any], Any] = _same,
    read: Callable[[Any], Any] = _same,
    within: Range = (None, None),
) -> dict[str, Any]:
    """Return the arguments that tie a control to a choice: its key, its start value and its callback.

    Parameters
    ----------
    name : str
        Of the choice, as `at` gives it.
    """
    return {
        "key": started(f"choice_{name}", shown(chosen().choice(name))),
        "on_change": _adopt,
        "args": (name, read, within),
        **({"disabled": True} if name in PART_OF and not allowed("change") else {}),
    }


def started(key: str, value: Any) -> str:
    """Have a control start from what is chosen now, and stay as the visitor then sets it; return its key.

    A control whose code the browser is still fetching misses the first message, starts from its own default and sends
    that back as a choice. Therefore the value is told in the first `TOLD` runs, unless the control answers before.
    """
    now, language = visit(), look().language
    # a control knows its value by the words it showed; in another language it starts from the choice again
    if key not in st.session_state or now.shown_in.get(key) != language:
        now.to_tell[key], now.shown_in[key] = TOLD, language
    if now.to_tell.get(key, 0):
        now.to_tell[key] -= 1
        st.session_state[key] = value
    return key


def answered(key: str) -> Any:
    """Return what the visitor set a started control to, inside its callback; None where that is nothing."""
    visit().to_tell.pop(key, None)
    return st.session_state.get(key)


def start_over(key: str) -> None:
    """Let a control start from its value again."""
    st.session_state.pop(key, None)


def _adopt(name: str, read: Callable[[Any], Any], within: Range) -> None:
    # another control that was touched at the same time may have started everything over
    value = answered(f"choice_{name}")
    if value is None and (f"choice_{name}" not in st.session_state or name not in MAY_BE_NONE):
        # nothing was chosen: the control goes on from the choice that stands
        st.session_state.pop(f"choice_{name}", None)
        return
    if (fault := out_of_range(value, *within)) is not None:
        visit().refused[f"choice_{name}"] = (fault,)
        st.session_state.pop(f"choice_{name}", None)
        return
    visit().refused.pop(f"choice_{name}", None)
    choose(chosen().changed({name: read(tuple(value) if isinstance(value, list) else value)}))


def bound_to_one_of(name: Any, options: tuple[str, ...]) -> dict[str, Any]:
    """Return `bound` for a choice whose options vary; one that is not offered shows as the first.

    What is only looked at becomes that; what answers follow from stays as chosen: a step says what holds instead.
    """
    if name not in PART_OF and chosen().choice(name) not in options:
        change(**{name: options[0]})
    return bound(name, shown=lambda one: one if one in options else options[0])


def has_widget(key: str) -> bool:
    """Whether a control was on the screen in the last run."""
    return key in st.session_state


def widget(key: str) -> Any:
    """Return the value of a control that is not tied to a choice, inside its callback."""
    return st.session_state[key]
