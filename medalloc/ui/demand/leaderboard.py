"""How the forecasters did on past dates: by horizon, over seeds, by season."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.demand.forecasting.calendar import periods
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.scoring import Score
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.demand import drawing, settings
from medalloc.ui.kit import downloads, pictures, printed, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _


def show(found: Outlook) -> None:
    """Show the forecasters beside each other."""
    st.caption(
        words.counted(
            "Each was tried on the same {count} past date, knowing only what was known then.",
            "Each was tried on the same {count} past dates, knowing only what was known then.",
            len(found.origins.compared),
        ).format(count=words.number(len(found.origins.compared)))
    )
    overall(found)
    by_horizon(found)
    by_season(found)


def measures() -> dict[str, str]:
    """Return what the errors are called."""
    return {"mase": _("Error (MASE)"), "wape": _("Error (WAPE)"), "wis": _("Error of intervals (WIS)")}


def overall(found: Outlook) -> None:
    """Show one row a forecaster, best first."""
    names = settings.model_names(found.panel)
    rows = []
    for each, scores in found.compared.items():
        score = scores.overall
        rows.append(
            {
                "model": names[each],
                "used": _("in use") if each == found.verdict.chosen else "",
                "mase": score.mase,
                "wape": 100 * score.wape if np.isfinite(score.wape) else np.nan,
                "wis": score.wis,
                "plans_unmet": 100 * scores.unmet,
                "seeds": len(score.seeds),
                "low": min(score.seeds),
                "high": max(score.seeds),
            }
        )
    shown = pd.DataFrame(rows).sort_values("wis", kind="stable")
    number = st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "model": st.column_config.TextColumn(_("Forecaster"), pinned=True),
            "used": st.column_config.TextColumn(_("Used")),
            "mase": number(
                _("Error (MASE)"), format="%.2f", help=_("1 is as far off as repeating the last count; less is better.")
            ),
            "wape": number(_("Error (WAPE) [%]"), format="%.0f", help=_("Sum of errors over the sum of counts.")),
            "wis": number(
                _("Error of intervals (WIS)"),
                format="%.2f",
                help=_("Weighted interval score, over the same measure as MASE; less is better. By it one is chosen."),
            ),
            "plans_unmet": number(
                _("Unmet by its plans [%]"),
                format="%.1f",
                help=_("Need that plans made from its forecasts left unmet and could have met, for many stocks."),
            ),
            "seeds": number(_("Seeds"), help=_("How often it learned from another start; networks only.")),
            "low": number(_("Best seed (MASE)"), format="%.2f"),
            "high": number(_("Worst seed (MASE)"), format="%.2f"),
        },
        alt=_("Forecasters and their errors on past dates"),
    )
    downloads.offer(shown, "forecasters", key="forecasters")


def by_horizon(found: Outlook) -> None:
    """Show how the error grows with the distance, and the range over seeds."""
    titles, names = measures(), settings.model_names(found.panel)
    st.segmented_control(
        _("Compare by"),
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        help=_("MASE compares with repeating the last count, WAPE with the counts; WIS judges the intervals, too."),
        **state.bound(at.look.forecast_measure),
    )
    measure = state.look().forecast_measure
    shown = pd.DataFrame(
        [
            {"model": each, "horizon": ahead, **_of(score, measure)}
            for each, scores in found.compared.items()
            for ahead, score in enumerate(scores.by_horizon, start=1)
        ]
    )
    across = _("Looked ahead [{periods}]").format(periods=words.plainly(periods(found.panel.calendar.every)))
    called = tuple((each, name) for each, name in names.items() if each in found.compared)
    known = shown.assign(name=shown["model"].map(names)).drop(columns="model").dropna(subset=["error"])
    pictures.altair(
        Sketch(drawing.by_horizon, known, (called, int(shown["horizon"].max()), titles[measure], across)),
        alt=_("Error of every forecaster by how far it looked ahead"),
    )
    wide = shown.assign(model=shown["model"].map(names)).pivot_table(index="model", columns="horizon", values="error")
    wide.columns = [str(each) for each in wide.columns]
    with st.expander(_("The same as a table"), key="table_of_horizons"):
        printed.grid(
            wide.reset_index(),
            column_config={
                "model": st.column_config.TextColumn(_("Forecaster"), pinned=True),
                **{each: st.column_config.NumberColumn(each, format="%.2f") for each in wide.columns},
            },
            alt=_("Errors by how far was looked ahead"),
        )
        downloads.offer(wide.reset_index(), "forecasters_by_horizon", key="forecasters_by_horizon")


def _of(score: Score, measure: str) -> dict[str, float]:
    error = float(getattr(score, measure))
    error = error if np.isfinite(error) else np.nan
    # only the error that is told by seed has a range
    ends = (min(score.seeds), max(score.seeds)) if measure == "mase" else (error, error)
    return {"error": error, "low": ends[0], "high": ends[1]}


def by_season(found: Outlook) -> None:
    """Show in which season of the year forecasters are off the most."""
    names = settings.model_names(found.panel)
    titles = {
        "12-02": _("December to February"),
        "03-05": _("March to May"),
        "06-08": _("June to August"),
        "09-11": _("September to November"),
    }
    rows = [
        {"model": names[each], **{months: score.mase for months, score in scores.by_season.items()}}
        for each, scores in found.compared.items()
    ]
    shown = pd.DataFrame(rows)
    with st.expander(_("By season of the year"), key="by_season"):
        printed.grid(
            shown,
            column_config={
                "model": st.column_config.TextColumn(_("Forecaster"), pinned=True),
                **{each: st.column_config.NumberColumn(title, format="%.2f") for each, title in titles.items()},
            },
            alt=_("Errors (MASE) of the forecasters by season of the year"),
        )
        downloads.offer(shown, "forecasters_by_season", key="forecasters_by_season")
