"""One region: its past and its forecast, past forecasts beside what came, its years, and its parts."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.demand.forecasting.calendar import periods
from medalloc.demand.forecasting.expecting import by_period
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.parts import parts, years
from medalloc.demand.forecasting.telling import days_of, told_over_time
from medalloc.sentences import Sentence
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.demand import answer, by_hand, drawing, settings, where
from medalloc.ui.demand.answer import Coming
from medalloc.ui.kit import downloads, pictures, printed, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

SEASONS_SHOWN = 1
"""Seasons of the past beside the forecast; days show more. [seasons]"""

DAYS_SHOWN = 90


def detail(of: Coming) -> None:
    """Show one region in full."""
    found = of.found
    name = where.region(of.expected)
    ahead, then, season, taken_apart, scores = st.tabs(
        [
            _("Forecast"),
            _("Forecast at the time, counted since"),
            _("Years over each other"),
            _("Trend and season"),
            _("Scores"),
        ]
    )
    with ahead:
        _fan(of, name)
        by_hand.form(of, name)
    with then:
        _backtest(of, name)
    with season:
        _years(of, name)
    with taken_apart:
        _parts(found, name)
    with scores:
        _scores(found, name)


def _fan(of: Coming, name: str) -> None:
    found, expected = of.found, of.expected
    place, calendar = found.panel.regions.index(name), found.panel.calendar
    shown = DAYS_SHOWN if calendar.every == "day" else SEASONS_SHOWN * calendar.season
    counted = pd.DataFrame({"date": found.panel.dates, "count": found.panel.values[place]}).tail(shown)
    low, mean, high = by_period(found.forecast, of.by_hand)[:, place]
    ahead = pd.DataFrame({"date": list(found.forecast.dates), "mean": mean, "low": low, "high": high})
    row = where.numbers_of(expected, name)
    said = (
        _("{when}: {mean} {counted} in {region}, {low} to {high} with {chance} chance.")
        if expected.is_interval_known
        else _("{when}: {mean} {counted} in {region}.")
    )
    st.markdown(
        said.format(
            when=answer.when(of),
            mean=words.number(float(row["demand"])),
            counted=words.escape(of.counted),
            region=words.escape(name),
            low=words.number(float(row["low"])),
            high=words.number(float(row["high"])),
            chance=words.percent(expected.level),
        )
    )
    both = pd.concat([counted, ahead])
    pictures.altair(
        Sketch(drawing.fan, both, (_title(of),)),
        alt=_("Counts of {region} and their forecast").format(region=name),
    )
    st.caption(
        _("Line: counted. Shaded: where eight of ten futures lie (10% below it, 10% above), as past errors say.")
    )
    _as_table(both, "region_forecast")


def _title(of: Coming) -> str:
    return _("{counted} in a period").format(counted=of.counted)


def _backtest(of: Coming, name: str) -> None:
    found = of.found
    place, every = found.panel.regions.index(name), words.plainly(periods(found.panel.calendar.every))
    horizon = found.forecast.horizon
    if state.look().forecast_ahead > horizon:
        state.change(forecast_ahead=1)
    if horizon > 1:
        st.slider(
            _("Said how long before [{periods}]").format(periods=every),
            1,
            horizon,
            help=_("What the forecaster in use would have said that long before, knowing only what was known then."),
            **state.bound(at.look.forecast_ahead),
        )
    ahead = state.look().forecast_ahead
    trials = found.trials[found.verdict.chosen]
    said = np.mean([each.predicted[:, place, ahead - 1] for each in trials], axis=0)
    dates = found.panel.calendar.dates(np.asarray(trials[0].origins) + ahead)
    counted = told_over_time(
        trials[0].actual[:, :, ahead - 1].T, state.rule(), regions=found.panel.regions, periods=days_of(dates)
    )[place]
    shown = pd.DataFrame({"date": dates, "said": said, "counted": counted})
    known = np.isfinite(counted)
    if not known.any():
        st.info(_("Nothing was counted in this region on the dates that forecasters were tried on."))
        return
    st.markdown(
        words.counted(
            "On {count} past date it was off by {error} on average, where {mean} {counted} came on average.",
            "On {count} past dates it was off by {error} on average, where {mean} {counted} came on average.",
            int(known.sum()),
        ).format(
            count=words.number(int(known.sum())),
            error=words.number(float(np.abs(said - counted)[known].mean())),
            mean=words.number(float(counted[known].mean())),
            counted=words.escape(of.counted),
        )
    )
    pictures.altair(
        Sketch(drawing.said_and_counted, drawing.each_way(shown), (_title(of),)),
        alt=_("What would have been said of {region}, beside what was counted").format(region=name),
    )
    _as_table(shown, "region_backtest")


def _years(of: Coming, name: str) -> None:
    found = of.found
    shown = years(found.panel, name)
    across = {
        "day": _("Day of the year"),
        "week": _("Week of the year"),
        "month": _("Month of the year"),
        "quarter": _("Quarter of the year"),
    }[found.panel.calendar.every]
    ends = int(shown["year"].max()), int(shown["period"].max())
    pictures.altair(
        Sketch(drawing.overlay, shown, (*ends, _title(of), across)),
        alt=_("The years of {region} over each other").format(region=name),
    )
    _as_table(shown, "region_years")


def _parts(found: Outlook, name: str) -> None:
    taken = state.keep(parts, found.panel, name)
    if isinstance(taken, Sentence):
        st.info(words.say(taken))
        return
    st.caption(
        _(
            "Taken apart by STL (seasonal-trend decomposition by local regression, robust). Periods that were not "
            "counted stand filled, as forecasters see them: {count}."
        ).format(count=words.number(taken.filled))
    )
    shown = pd.DataFrame({"date": found.panel.dates, "trend": taken.trend, "season": taken.season, "rest": taken.rest})
    titles = {"trend": _("Trend"), "season": _("Season"), "rest": _("Rest")}
    for part, title in titles.items():
        pictures.altair(
            Sketch(drawing.part, shown[["date", part]].dropna(), (title,)),
            alt=_("{part} of the counts of {region}").format(part=title, region=name),
        )
    _as_table(shown, "region_parts")


def _scores(found: Outlook, name: str) -> None:
    place, names = found.panel.regions.index(name), settings.model_names(found.panel)
    rows = {names[each]: float(scores.by_region[place]) for each, scores in found.compared.items()}
    shown = pd.DataFrame({"model": list(rows), "mase": list(rows.values())})
    if shown["mase"].notna().any():
        best = shown.iloc[int(np.nanargmin(shown["mase"]))]
        st.markdown(
            _("In {region}, {model} had the smallest error on past dates; in use everywhere is {used}.").format(
                region=words.escape(name), model=best["model"], used=names[found.verdict.chosen]
            )
        )
    printed.grid(
        shown,
        column_config={
            "model": st.column_config.TextColumn(_("Forecaster")),
            "mase": st.column_config.NumberColumn(
                _("Error (MASE)"), format="%.2f", help=_("1 is as far off as repeating the last count; less is better.")
            ),
        },
        alt=_("Errors of the forecasters in {region}").format(region=name),
    )
    downloads.offer(shown, "region_scores", key="region_scores")


def _as_table(shown: pd.DataFrame, name: str) -> None:
    """Offer the numbers of a chart as a table."""
    with st.expander(_("The same as a table"), key=f"table_of_{name}"):
        titles = {
            "date": _("Date"),
            "count": _("counted"),
            "counted": _("counted"),
            "said": _("forecast at the time"),
            "mean": _("expected"),
            "low": _("low end"),
            "high": _("high end"),
            "year": _("Year"),
            "period": _("Number in the year"),
            "trend": _("Trend"),
            "season": _("Season"),
            "rest": _("Rest"),
        }
        dated = shown.assign(date=[each.date().isoformat() for each in shown["date"]])
        numbers = {
            each: st.column_config.NumberColumn(titles[each], format="%d" if each in ("year", "period") else "%,.1f")
            for each in shown.columns
            if each != "date"
        }
        printed.grid(
            dated,
            column_config={"date": st.column_config.TextColumn(_("Date")), **numbers},
            alt=_("The numbers of the chart above"),
        )
        downloads.offer(dated, name, key=name)
