"""Where care is expected: on the map, with intervals, in a table to pick from and to download."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.forecasting.hub import hub_frame, week_named_by
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.region_table import SET_BY_HAND
from medalloc.tables.order import highest_first
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.demand import answer
from medalloc.ui.demand.answer import Coming
from medalloc.ui.kit import charts, downloads, maps, picking, pictures, printed, regional, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

MANY = 40
"""Regions up to which each is drawn with its interval; the table shows all. [count]"""


def period(found: Outlook) -> None:
    """Let the visitor choose the periods that are shown and planned for."""
    dates = [each.date().isoformat() for each in found.forecast.dates]
    st.selectbox(
        _("Periods that are shown and planned for"),
        range(len(dates) + 1),
        format_func=lambda each: (
            _("all, {first} to {last}").format(first=dates[0], last=dates[-1])
            if each == 0
            else _("{period} from {date}").format(period=answer.one_period(found), date=dates[each - 1])
        ),
        help=_("The sum over all of them, or a single one; Allocate and What if plan for what is chosen here."),
        **state.bound(at.study.demand.forecast_period, shown=lambda each: each if each <= len(dates) else 0),
    )


def on_the_map(of: Coming) -> None:
    """Draw the regions; what is picked is shown alone in bars and tables, and looked at."""
    found, expected = of.found, of.expected
    titles = {
        "expected": _("Expected [{counted}]").format(counted=of.counted),
        "change": _("Change against as many periods before [{counted}]").format(counted=of.counted),
    }
    st.segmented_control(
        _("Show on the map"),
        list(titles),
        format_func={"expected": _("What is expected"), "change": _("What changes")}.__getitem__,
        required=True,
        help=_("Pick a region on the map or in the table to see its past and its forecast below."),
        **state.bound(at.look.forecast_picture),
    )
    change = expected.mean - found.panel.filled[:, -len(expected.dates) :].sum(axis=1)
    values, ends = expected.mean, _ends(expected.mean)
    is_change = state.look().forecast_picture == "change"
    if is_change:
        values, ends = change, regional.both_sides(change)
    form = ",.0f" if ends[1] >= 10 else ",.1f"
    picture = maps.Picture(titles[state.look().forecast_picture], ("+" if is_change else "") + form, ends, is_change)
    extra = {
        titles["expected"]: expected.mean,
        _("Low end [{counted}]").format(counted=of.counted): expected.low,
        _("High end [{counted}]").format(counted=of.counted): expected.high,
    }
    regional.draw(expected.regions, values, picture, extra=extra, ground=of.ground, key="forecast_map")


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of a scale from zero to just above the largest value, so that its colours are used."""
    largest = float(np.max(values, initial=0.0))
    if largest <= 0:
        return (0.0, 1.0)
    step = 10.0 ** np.floor(np.log10(largest)) / 4
    return (0.0, float(step * np.ceil(largest / step)))


def bars(of: Coming) -> None:
    """Show every region with its interval; of very many, those with the most."""
    expected = of.expected
    shown = picking.of_picked(expected.frame().rename(columns={"demand": "mean"}))
    title = _("Expected [{counted}], {level} interval").format(counted=of.counted, level=words.percent(expected.level))
    pictures.altair(
        Sketch(charts.intervals, shown.nlargest(MANY, "mean"), (title,)),
        alt=_("Expected counts of every region with their interval"),
    )


def table(of: Coming) -> None:
    """Show every region with its interval, let one be picked, and offer the table with every period."""
    found, expected = of.found, of.expected
    shown = expected.frame()
    before = found.panel.filled[:, -len(expected.dates) :].sum(axis=1)
    shown.insert(1, "before", before)
    ranked = shown.iloc[highest_first(expected.regions, expected.mean)]
    ranked, ticking = picking.in_table(ranked, "forecast_table")
    printed.grid(
        ranked,
        column_config=_columns(of.counted),
        alt=_("Expected counts by region"),
        **ticking,
    )
    downloads.offer(picking.of_picked(shown), "forecast", key="forecast")


def every_period(found: Outlook) -> None:
    """Offer the forecast region by region and period by period."""
    with st.expander(_("Every region and period")):
        frame = picking.of_picked(found.forecast.frame())
        whole = st.column_config.NumberColumn
        printed.grid(
            frame,
            column_config={
                "region": st.column_config.TextColumn(_("Region"), pinned=True),
                "horizon": whole(_("Periods ahead")),
                "date": st.column_config.TextColumn(_("First day")),
                "forecast": whole(_("What the forecaster says"), format="%,.1f"),
                "mean": whole(_("Expected on average"), format="%,.1f"),
                "q10": whole(_("Lower end (10%)"), format="%,.1f"),
                "q50": whole(_("Middle (50%)"), format="%,.1f"),
                "q90": whole(_("Upper end (90%)"), format="%,.1f"),
            },
            alt=_("The forecast by region and period"),
        )
        st.caption(_("As the forecaster says it; numbers set by hand are not in this table."))
        downloads.offer(frame, "forecast_by_period", key="forecast_by_period")


def for_a_hub(found: Outlook) -> None:
    """Offer the forecast in the columns of the forecast hubs."""
    with st.expander(_("For a forecast hub")):
        st.caption(
            _(
                "Quantiles by region and period in the columns of the hubverse, as the forecaster says them; numbers "
                "set by hand are not in this file."
            )
        )
        calendar = found.panel.calendar
        named_by = week_named_by(calendar)
        if calendar.every == "week":
            named_by = st.segmented_control(
                _("Dates of the counts are"),
                ("first", "last"),
                format_func={"first": _("first days of weeks"), "last": _("last days of weeks")}.__getitem__,
                required=True,
                help=_("Hubs want the last day of every week; of Saturdays it is assumed that they are that."),
                **state.bound(at.look.hub_weeks, shown=lambda each: each or week_named_by(calendar)),
            )
        downloads.offer(
            lambda: hub_frame(found.forecast, calendar, named_by), "hub_forecast", key="hub_forecast", as_it_is=True
        )


def _columns(counted: str) -> dict[str, Any]:
    whole = st.column_config.NumberColumn
    return {
        "region": st.column_config.TextColumn(_("Region"), pinned=True),
        "before": whole(
            _("As many periods before [{counted}]").format(counted=counted),
            format="%,.1f",
            help=_("What was counted last; gaps are filled as the forecasters see them."),
        ),
        "demand": whole(_("Expected [{counted}]").format(counted=counted), format="%,.1f"),
        "low": whole(_("Low end [{counted}]").format(counted=counted), format="%,.1f"),
        "high": whole(_("High end [{counted}]").format(counted=counted), format="%,.1f"),
        "forecast": whole(
            _("Forecast [{counted}]").format(counted=counted),
            format="%,.1f",
            help=_("What was forecast before some regions were set by hand."),
        ),
        SET_BY_HAND: st.column_config.TextColumn(_("Why it was set by hand"), width="large"),
    }


def region(expected: Expected) -> str:
    """Let the visitor choose the region that is looked at, and return it; the one with most at first."""
    chosen = picking.picked(expected.regions)
    before = state.since_last("picked for a look", chosen, chosen)
    if new := [each for each in chosen if each not in before]:
        state.change(forecast_region=new[-1])
    elif state.look().forecast_region not in expected.regions:
        state.change(forecast_region=expected.regions[highest_first(expected.regions, expected.mean)[0]])
    st.selectbox(
        _("Region"),
        expected.regions,
        help=_("Or pick it on the map or in the table above."),
        **state.bound(at.look.forecast_region),
    )
    return state.look().forecast_region


def numbers_of(expected: Expected, name: str) -> "pd.Series[Any]":
    """Return the row of one region."""
    frame = expected.frame()
    return frame[frame["region"] == name].iloc[0]
