"""What changed since the last file of counts."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.revising import forecast_change, kept_word, revision
from medalloc.ui import state
from medalloc.ui.kit import downloads, printed, telling, words
from medalloc.ui.kit.words import _


def show(before: Outlook | None, given: Panel, found: Outlook | None, counted: str) -> None:
    """Say what a newer file brought, what it revised, and how the forecast moved.

    Parameters
    ----------
    before : Outlook, optional
        The forecast of the file before; without one there is nothing to compare.
    counted : str
        What is counted, in the plural.
    """
    if before is None:
        return
    st.subheader(_("What changed since the last file"), anchor=False)
    revised = state.keep(revision, telling.over_time(before.panel), telling.over_time(given))
    said = [words.say(each) for each in revised.said]
    kept = kept_word(before.forecast, given)
    if kept is not None:
        said.append(words.say(kept))
    table = revised.table
    if found is not None:
        moved = forecast_change(before.forecast, found.forecast)
        table = table.merge(moved, on="region", how="outer")
        if len(moved):
            most = moved.iloc[int(np.argmax(moved["change"].abs()))]
            said.append(
                _(
                    "Per period, the forecast from now on differs from the last one by {change} over all regions; the "
                    "most in {region}, by {largest}."
                ).format(
                    change=words.signed(float(moved["change"].sum())),
                    region=words.escape(most["region"]),
                    largest=words.signed(float(most["change"])),
                )
            )
    else:
        said.append(_("Forecast again to see how the forecast moves."))
    st.markdown("\n".join(f"- {each}" for each in said))
    with st.expander(_("What changed, by region"), key="what_changed"):
        _by_region(table, counted)


def _by_region(table: pd.DataFrame, counted: str) -> None:
    number = st.column_config.NumberColumn
    printed.grid(
        table,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "revised": number(_("Past counts revised"), format="%d"),
            "largest": number(_("Largest revision [{counted}]").format(counted=counted), format="%+,.1f"),
            "when": st.column_config.TextColumn(_("Its first day")),
            "filled": number(_("Gaps filled since"), format="%d"),
            "withdrawn": number(_("Counts withdrawn"), format="%d"),
            "before": number(_("Forecast before [{counted}/period]").format(counted=counted), format="%,.1f"),
            "now": number(_("Forecast now [{counted}/period]").format(counted=counted), format="%,.1f"),
            "change": number(_("Change [{counted}/period]").format(counted=counted), format="%+,.1f"),
        },
        alt=_("What changed since the last file, by region"),
    )
    downloads.offer(table, "changed", key="changed")
