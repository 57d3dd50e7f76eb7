"""What each column of the table is for, as an editable list."""

import pandas as pd
import streamlit as st

from medalloc.tables.table import ROLES, Table, column_kind
from medalloc.ui import state
from medalloc.ui.kit.words import _


def roles_editor(table: Table) -> None:
    """Let the visitor say what each column is for."""
    units = sorted(
        {role for role in table.roles.values() if ":" in role}
        | {f"existing:{each}" for each in ("beds", "clinicians", "nurses")}
    )
    shown = pd.DataFrame(
        {
            "column": table.frame.columns,
            "role": [table.roles[name] for name in table.frame.columns],
            "kind": [kind_of(table.frame[name]) for name in table.frame.columns],
            "missing": table.frame.isna().sum().to_numpy(),
            "example": [_example(table.frame[name]) for name in table.frame.columns],
        }
    )
    st.data_editor(
        shown,
        hide_index=True,
        disabled=["column", "kind", "missing", "example"],
        column_config={
            "column": st.column_config.TextColumn(_("Column")),
            "role": st.column_config.SelectboxColumn(_("Role"), options=[*ROLES, *units], required=True),
            "kind": st.column_config.TextColumn(_("Kind")),
            "missing": st.column_config.NumberColumn(_("Missing [rows]"), format="localized"),
            "example": st.column_config.TextColumn(_("Example")),
        },
        key="roles_editor",
        on_change=_take_roles,
        args=(tuple(table.frame.columns),),
        alt=_("The role of every column"),
    )


def _take_roles(columns: tuple[str, ...]) -> None:
    edited = state.widget("roles_editor")["edited_rows"]
    new = {columns[int(row)]: cells["role"] for row, cells in edited.items() if cells.get("role")}
    state.change(roles={**state.study().data.roles, **new})


def kind_of(column: pd.Series) -> str:
    """Return in one word what a column holds."""
    names = {"yes or no": _("yes or no"), "number": _("number"), "date": _("date"), "text": _("text")}
    return names[column_kind(column)]


def _example(column: pd.Series) -> str:
    known = column.dropna()
    return str(known.iloc[0]) if len(known) else ""
