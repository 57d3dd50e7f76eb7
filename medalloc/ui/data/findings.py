"""What is wrong with the table: findings grouped by whether one click repairs them, and the rows left out."""

from typing import Any

import pandas as pd
import streamlit as st

from medalloc.tables.checks.finding import Finding
from medalloc.tables.repairs import Repair, rejected_rows
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _

Accepted = tuple[tuple[str, str | None], ...]
"""Repairs as (kind, column)."""


def by_repair(shown: tuple[Finding, ...], accepted: Accepted) -> None:
    """Show what can be repaired with one click, and what is good to know."""
    repairable = [each for each in shown if each.repairable]
    others = sorted((each for each in shown if not each.repairable), key=lambda each: -each.count)
    if not shown:
        st.success(_("Nothing was found that needs repair."))
    if repairable:
        printed.editor(
            _findings_frame(repairable).assign(apply=[(each.kind, each.column) in accepted for each in repairable])[
                ["apply", "finding", "rows", "repair"]
            ],
            disabled=["finding", "rows", "repair"],
            column_config=_findings_columns(),
            key="repairs_editor",
            on_change=_take_repairs,
            args=(tuple((each.kind, each.column) for each in repairable),),
            alt=_("Findings that can be repaired"),
        )
    if others:
        printed.grid(
            _findings_frame(others),
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


def _take_repairs(offered: Accepted) -> None:
    for row, cells in state.widget("repairs_editor")["edited_rows"].items():
        state.revise(at.study.data.repairs, _with_or_without, offered[int(row)], bool(cells.get("apply")))


def _with_or_without(accepted: Accepted, repair: tuple[str, str | None], wanted: bool) -> Accepted:
    others = tuple(each for each in accepted if each != repair)
    return (*others, repair) if wanted else others


def rejected(table: Table, accepted: Accepted) -> None:
    """Offer the rows that repairs leave out, so that nothing disappears unseen."""
    out = table.frame[rejected_rows(table, [Repair(*each) for each in accepted])]
    if len(out):
        st.caption(_("Rows left out by these repairs: {count}.").format(count=words.number(len(out))))
        downloads.offer(out, "rejected_rows", key="rejected", action="export patients", as_it_is=True)
