"""Whether what comes in is still like what was learned from, in sentences with their marks, and period by period."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.live.arriving import Arrived, arrived, arrived_said, files_in
from medalloc.live.telling_drift import fit_said, inside_said, shifted_said
from medalloc.live.watch import Told
from medalloc.need.persistence.drift import MUCH, SOME
from medalloc.need.persistence.model_file import load_model
from medalloc.ui import state
from medalloc.ui.kit import printed, telling, words
from medalloc.ui.kit.words import _


def section(found: Told) -> None:
    """Say whether counts have shifted, and how they compare with their forecasts; nothing without a history."""
    if found.watch.past is None:
        return
    st.subheader(_("Do forecasts still fit?"), anchor=False)
    shift, fit = found.shift, found.fit
    for word, said in ((shift and shift.word, shifted_said(shift)), (fit and fit.word, fit_said(fit))):
        # what is to be looked at stands out; what is as it should be is said quietly
        (st.warning if word == "strongly" else st.markdown)(words.say(said))
    if (inside := inside_said(fit)) is not None:
        st.markdown(words.say(inside))
    _by_period(found)


def _by_period(found: Told) -> None:
    past, forecasting = found.watch.past, found.watch.forecasting
    if past is None or forecasting is None or not forecasting.judged.periods:
        return
    judged = forecasting.judged
    both = np.isfinite(judged.observed) & np.isfinite(judged.predicted)
    days = [past.calendar.date(each).date().isoformat() for each in judged.periods]
    observed, predicted = (
        telling.newest(dict(zip(days, np.where(both, each, 0).sum(axis=1).tolist(), strict=True)), what)
        for what, each in (("counted in all", judged.observed), ("forecast in all", judged.predicted))
    )
    rows = pd.DataFrame(
        {
            "date": days,
            "regions": both.sum(axis=1),
            "observed": [observed[each] for each in days],
            "predicted": [predicted[each] for each in days],
        }
    )
    printed.grid(
        rows.iloc[::-1],
        column_config={
            "date": st.column_config.TextColumn(_("Period"), pinned=True),
            "regions": st.column_config.NumberColumn(_("Regions")),
            "observed": st.column_config.NumberColumn(_("Counted"), format="%.0f"),
            "predicted": st.column_config.NumberColumn(_("Forecast a period ahead"), format="%.0f"),
        },
        alt=_("Counts and their forecasts, all regions that told something together"),
    )


def patients(folder: Path, model_file: str | None) -> None:
    """Say of every file of patients that arrived whether the model in use still fits it; nothing without either."""
    if model_file is None or not (files := files_in(folder)):
        return
    model = state.keep(load_model, model_file)
    found = [state.keep(arrived, model, folder, *each) for each in files]
    st.subheader(_("Does the model still fit the patients who arrive?"), anchor=False)
    last = found[-1]
    said = [words.say(each) for each in arrived_said(last)]
    if said:
        st.warning("  \n".join([_("{file}:").format(file=words.escape(last.file)), *said]))
    else:
        st.markdown(_("{file}: its columns and its need are as the model knows them.").format(
            file=words.escape(last.file)))  # fmt: skip
    _arrivals(found)
    st.caption(
        _(
            "A column has shifted somewhat from a stability index of {some}, strongly from {much}, unless chance may "
            "explain it; need is told where the files hold it."
        ).format(some=words.number(SOME), much=words.number(MUCH))
    )


def _arrivals(found: list[Arrived]) -> None:
    files = [each.file for each in found]
    rows, predicted, observed = (
        telling.newest({str(place): number for place, number in enumerate(numbers)}, f"arrived {what} {files}")
        for what, numbers in (
            ("rows", [each.rows for each in found]),
            ("predicted", [each.predicted for each in found]),
            ("observed", [each.observed for each in found]),
        )
    )
    table = pd.DataFrame(
        {
            "date": [each.written for each in found],
            "file": [each.file for each in found],
            "rows": list(rows.values()),
            "shifted": [", ".join(f"{one.name} ({one.drift:.2f})" for one in each.shifted) or "–" for each in found],
            "predicted": _where_known(predicted, found),
            "observed": _where_known(observed, found),
        }
    )
    printed.grid(
        table.iloc[::-1],
        column_config={
            "date": st.column_config.TextColumn(_("Written")),
            "file": st.column_config.TextColumn(_("File")),
            "rows": st.column_config.NumberColumn(_("Patients"), format="localized"),
            "shifted": st.column_config.TextColumn(_("Shifted columns"), width="large"),
            "predicted": st.column_config.NumberColumn(_("Expected in need"), format="%.0f"),
            "observed": st.column_config.NumberColumn(_("In need"), format="%.0f"),
        },
        alt=_("Files of patients that arrived, with the columns that have shifted"),
    )


def _where_known(numbers: dict[str, float], found: list[Arrived]) -> list[float]:
    return [number if each.known else math.nan for number, each in zip(numbers.values(), found, strict=True)]
