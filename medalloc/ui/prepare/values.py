"""Every column before and after a recipe: what it becomes, small pictures of its values, and their numbers."""

from typing import Any

import pandas as pd
import streamlit as st

from medalloc.preparation.comparison import Comparison, Summary
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _


def before_and_after(compared: Comparison) -> None:
    """Show what the recipe makes of each column."""
    shown = pd.DataFrame(
        {
            "column": each.name,
            "shape before": list(each.shape_before),
            "shape after": list(each.shape_after),
            "becomes": ", ".join(each.becomes),
            "kind": _("number") if each.kind == "number" else _("text"),
            "missing_before": each.missing_before,
            "missing_after": each.missing_after,
            **_summary(each.before, "before"),
            **_summary(each.after, "after"),
        }
        for each in compared.columns
    )
    if compared.rows_after < compared.rows_before:
        left_out = compared.rows_before - compared.rows_after
        st.warning(_("Rows left out because a value is missing: {count}.").format(count=words.number(left_out)))
    told = _("Rows by value: numbers from low to high, texts and yes-or-no columns from frequent to rare.")
    columns: dict[str, Any] = {
        "column": st.column_config.TextColumn(_("Column"), pinned=True),
        "shape before": st.column_config.BarChartColumn(_("Values before"), help=told, y_min=0),
        "shape after": st.column_config.BarChartColumn(_("Values after"), help=told, y_min=0),
        "kind": st.column_config.TextColumn(_("Kind")),
        "missing_before": st.column_config.NumberColumn(_("Missing before [rows]"), format="localized"),
        "missing_after": st.column_config.NumberColumn(_("Missing after [rows]"), format="localized"),
        "becomes": st.column_config.TextColumn(_("Becomes"), width="large"),
    }
    titles = {
        "mean before": _("Mean before"),
        "mean after": _("Mean after"),
        "spread before": _("Standard deviation before"),
        "spread after": _("Standard deviation after"),
        "range before": _("Range before"),
        "range after": _("Range after"),
    }
    columns |= {key: st.column_config.TextColumn(title, alignment="right") for key, title in titles.items()}
    printed.grid(shown, column_config=columns, alt=_("Every column before and after preparation"))
    downloads.offer(shown.drop(columns=["shape before", "shape after"]), "preparation", key="preparation")


def _summary(of: Summary | None, when: str) -> dict[str, str]:
    if of is None:
        return {f"mean {when}": "", f"spread {when}": "", f"range {when}": ""}
    return {
        f"mean {when}": words.number(of.mean, 2),
        f"spread {when}": words.number(of.sd, 2),
        f"range {when}": f"{words.number(of.low, 2)} … {words.number(of.high, 2)}",
    }
