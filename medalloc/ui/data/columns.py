"""What each column of the table is for, as an editable list."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.quantities import PER_RESOURCE, ROLES, quantity_of
from medalloc.study.parts import Data
from medalloc.tables.kinds import kind_and_evidence, why
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import editors, words
from medalloc.ui.kit.words import _

USUAL = ("beds", "nurses", "clinicians")
"""Resources that are offered to everybody."""


def roles_editor(
    table: Table, used: Table | None, in_force: Mapping[str, str], given: Mapping[str, str], placed: Sequence[str]
) -> None:
    """Let the visitor say what each column is for.

    Parameters
    ----------
    table : Table
        As it was read.
    used : Table, optional
        As it is in use: what a column holds is told of its rows, without those that are sums of others.
    in_force : mapping
        Role of every column as it is now, after a repair, too.
    given : mapping
        Roles that were given by hand, by column.
    placed : sequence of str
        Resources that are to be placed.
    """
    columns = list(table.frame.columns)
    evidence = _evidence(table if used is None else used, columns, in_force)
    said_in = (state.look().language, tuple(sorted(given)), tuple(evidence))
    # kinds, and what was given by hand, stand in the cells, so another language is another table
    now = (said_in, tuple(in_force[name] for name in columns))
    place = st.container()
    named = st.text_input(
        _("Another resource"),
        key="another_resource",
        placeholder=_("such as ventilators"),
        help=_("Name it, and columns can hold its existing units, its caps, its costs and so on."),
    )
    with place:
        _edited, says = editors.edited(
            "roles",
            now,
            lambda: _as_frame(table, now[1], given, evidence),
            lambda frame: (said_in, tuple(frame["role"])),
            disabled=["column", "why", "kind", "evidence", "missing", "example"],
            column_config=_columns(offered([*now[1], *_of_resources(named, *placed)], placed)),
            alt=_("The role of every column"),
        )
    if says != now:
        changed = {name: role for name, role in zip(columns, says[1], strict=True) if role != in_force[name]}
        state.revise(at.study.data.roles, lambda chosen: {**chosen, **changed})
        state.remember(columns)
        if "need" in changed.values():
            # what was said of another column holds no longer
            state.change(need_is=())
        st.rerun()


def reused(table: Table, chosen: Data) -> None:
    """Say where the roles are those of an earlier file with the same columns, and let the suggested ones hold."""
    mapped = state.remembered(table.frame.columns)
    if mapped is None or mapped.file_name == chosen.file_name or mapped.roles != chosen.roles:
        return
    said = ", ".join(f"“{name}”: {role_words(role)}" for name, role in mapped.roles.items())
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.info(
        _("As in {file}, which has the same columns: {roles}.").format(
            file=words.escape(mapped.file_name), roles=words.escape(said)
        )
    )
    right.button(
        _("Use the suggested roles"),
        key="roles_as_suggested",
        on_click=_as_suggested,
        args=(list(table.frame.columns),),
    )


def _as_suggested(columns: Sequence[str]) -> None:
    """Let the suggested roles hold, for this file and the next one with its columns."""
    state.change(roles={})
    state.remember(columns)


def _columns(roles: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    return {
        "column": column.TextColumn(_("Column")),
        "role": column.SelectboxColumn(_("Role"), options=roles, format_func=role_words, required=True, width="medium"),
        "why": column.TextColumn(_("How sure")),
        "kind": column.TextColumn(_("Kind")),
        "evidence": column.TextColumn(_("What shows it")),
        "missing": column.NumberColumn(_("Missing [rows]"), format="localized"),
        "example": column.TextColumn(_("Example")),
    }


def roles_in_force(table: Table, used: Table | None, chosen: Mapping[str, str]) -> Mapping[str, str]:
    """Return the role that every column has now; where the choices contradict each other, as they were chosen."""
    return {**table.roles, **chosen} if used is None else used.roles


def offered(present: Sequence[str], placed: Sequence[str] = ()) -> list[str]:
    """Return every role that can be given: those of any table, and those of each resource that is known."""
    return list(dict.fromkeys([*ROLES, *_of_resources(*USUAL, *placed), *(each for each in present if ":" in each)]))


def _of_resources(*names: str) -> list[str]:
    known = dict.fromkeys(each.strip() for each in names)
    return [f"{kind}:{name}" for name in known if name for kind in PER_RESOURCE]


def role_words(role: str | float | bool) -> str:
    """Return a role in the visitor's words, that of a resource with its name in front."""
    said = words.plainly(quantity_of(str(role)).words)
    name = words.resource(str(role).partition(":")[2])
    return _("{about}: {value}").format(about=name, value=said) if name else said


def _evidence(table: Table, columns: Sequence[str], roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what each column holds and what shows it, in the visitor's words."""
    return state.keep(_kinds, table, tuple(columns), tuple(roles[name] for name in columns), state.look().language)


def _kinds(table: Table, columns: Sequence[str], roles: Sequence[str], _language: str) -> list[tuple[str, str]]:
    found = (kind_and_evidence(table.frame[name], role) for name, role in zip(columns, roles, strict=True))
    said_in = _kind_words()
    kinds, evidence = zip(*found, strict=True)
    return list(zip(map(said_in.__getitem__, kinds), words.all_plainly(evidence), strict=True))


def _as_frame(
    table: Table, roles: Sequence[str], given: Mapping[str, str], evidence: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    columns, known = table.frame.columns, table.frame.notna().to_numpy()
    cells = zip(table.frame.items(), known.argmax(axis=0), known.T, strict=True)
    return pd.DataFrame(
        {
            "column": columns,
            "role": list(roles),
            "why": words.all_plainly(why(str(name), role, given) for name, role in zip(columns, roles, strict=True)),
            "kind": [kind for kind, _said in evidence],
            "evidence": [said for _kind, said in evidence],
            "missing": (~known).sum(axis=0),
            "example": [str(column.iloc[first]) if filled[first] else "" for (_name, column), first, filled in cells],
        }
    )


def _kind_words() -> dict[str, str]:
    return {
        "number": _("number"),
        "count": _("count"),
        "category": _("category"),
        "date": _("date"),
        "yes or no": _("yes or no"),
        "identifier": _("identifier"),
        "free text": _("free text"),
        "region code": _("region code"),
        "text": _("text"),
    }
