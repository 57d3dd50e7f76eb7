"""What is wrong with the table: findings grouped by whether one click repairs them, and the rows left out."""

from typing import Any

import pandas as pd
import streamlit as st

from medalloc.tables.quality import Finding
from medalloc.tables.repairs import Repair, rejected_rows
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.kit import downloads, words
from medalloc.ui.kit.words import _


def by_repair(shown: tuple[Finding, ...]) -> None:
    """Show what can be repaired with one click, and what is good to know."""
    repairable = [each for each in shown if each.repairable]
    others = [each for each in shown if not each.repairable]
    if not shown:
        st.success(_("Nothing was found that needs repair."))
    if repairable:
        accepted = set(state.study().data.repairs)
        st.data_editor(
            _findings_frame(repairable).assign(apply=[(each.kind, each.column) in accepted for each in repairable])[
                ["apply", "finding", "rows", "repair"]
            ],
            hide_index=True,
            disabled=["finding", "rows", "repair"],
            column_config=_findings_columns(),
            key="repairs_editor",
            on_change=_take_repairs,
            args=(tuple((each.kind, each.column) for each in repairable),),
            alt=_("Findings that can be repaired"),
        )
    if others:
        st.dataframe(
            _findings_frame(others),
            hide_index=True,
            column_config=_findings_columns(),
            alt=_("Findings that are good to know"),
        )


def _findings_frame(shown: list[Finding]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "finding": [words.plainly(each.message) for each in shown],
            "rows": [each.count for each in shown],
            "repair": [words.plainly(each.repair) for each in shown],
        }
    )


def _findings_columns() -> dict[str, Any]:
    return {
        "apply": st.column_config.CheckboxColumn(_("Repair")),
        "finding": st.column_config.TextColumn(_("What was found"), width="large"),
        "rows": st.column_config.NumberColumn(_("Rows"), format="localized"),
        "repair": st.column_config.TextColumn(_("What is done about it"), width="large"),
    }


def _take_repairs(offered: tuple[tuple[str, str | None], ...]) -> None:
    accepted = list(state.study().data.repairs)
    for row, cells in state.widget("repairs_editor")["edited_rows"].items():
        repair = offered[int(row)]
        if cells.get("apply") and repair not in accepted:
            accepted.append(repair)
        elif cells.get("apply") is False and repair in accepted:
            accepted.remove(repair)
    state.change(repairs=tuple(accepted))


def rejected(table: Table) -> None:
    """Offer the rows that repairs leave out, so that nothing disappears unseen."""
    out = table.frame[rejected_rows(table.frame, [Repair(*each) for each in state.study().data.repairs])]
    if len(out):
        st.caption(_("Rows left out by these repairs: {count}.").format(count=words.number(len(out))))
        downloads.offer(out, "rejected_rows", key="rejected")
