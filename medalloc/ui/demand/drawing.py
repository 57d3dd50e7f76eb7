"""Charts of counts over time; each takes plain numbers."""

import json

import altair as alt
import pandas as pd

from medalloc.ui.kit import palette
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

HEIGHT = 300
LEGEND_ROW = 22
"""Height of a row of a legend. [pixels]"""

LOW = 130
"""Height of one of several charts below each other. [pixels]"""


def fan(shown: pd.DataFrame, title: str) -> Drawing:
    """Return what was counted and what comes, with the range in which eight of ten futures lie.

    Parameters
    ----------
    shown : DataFrame
        Columns ``date``, ``count`` and ``mean``, ``low``, ``high``; not a number where nothing was counted, or said.
    title : str
        What is counted, with its unit.
    """
    accent, text = palette.ACCENT[palette.shade()], palette.TEXT[palette.shade()]
    date = alt.X("date:T", title=None)
    known = alt.Tooltip("date:T", title=_("Date"), format="%Y-%m-%d")
    past = (
        alt.Chart(shown)
        .mark_line(color=text, strokeWidth=1.5, point={"size": 12, "color": text})
        .encode(
            x=date,
            y=alt.Y("count:Q", title=title, axis=alt.Axis(tickCount=5)),
            tooltip=[known, alt.Tooltip("count:Q", title=_("counted"), format=",.1f")],
        )
    )
    tips = [
        known,
        *(
            alt.Tooltip(f"{name}:Q", title=label, format=",.1f")
            for name, label in (("mean", _("expected")), ("low", _("low end")), ("high", _("high end")))
        ),
    ]
    base = alt.Chart(shown).transform_filter("isValid(datum.mean)").encode(x=date, tooltip=tips)
    # a single period has no area, so each has a bar of its own as well
    return alt.layer(
        base.mark_area(color=accent, opacity=0.25).encode(y="low:Q", y2="high:Q"),
        base.mark_rule(color=accent, strokeWidth=2, opacity=0.6).encode(y="low:Q", y2="high:Q"),
        past,
        base.mark_line(color=accent, strokeWidth=2.5, point={"size": 45, "color": accent}).encode(y="mean:Q"),
    ).properties(height=HEIGHT)


def each_way(shown: pd.DataFrame) -> pd.DataFrame:
    """Return columns ``date``, ``which``, ``count`` of a table with ``date``, ``said``, ``counted``."""
    long = shown.melt(id_vars="date", value_vars=list(_ways()), var_name="which", value_name="count")
    return long.assign(which=long["which"].map(_ways())).dropna()


def _ways() -> dict[str, str]:
    return {"said": _("forecast at the time"), "counted": _("counted")}


def said_and_counted(shown: pd.DataFrame, title: str) -> Drawing:
    """Return what would have been said beside what was counted.

    Parameters
    ----------
    shown : DataFrame
        As `each_way` returns.
    title : str
        What is counted, with its unit.
    """
    accent, text = palette.ACCENT[palette.shade()], palette.TEXT[palette.shade()]
    names = list(_ways().values())
    return (
        alt.Chart(shown)
        .mark_line(point={"size": 35})
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("count:Q", title=title, axis=alt.Axis(tickCount=5)),
            color=alt.Color(
                "which:N",
                scale=alt.Scale(domain=names, range=[accent, text]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            strokeDash=alt.StrokeDash("which:N", scale=alt.Scale(domain=names, range=[[6, 3], [1, 0]]), legend=None),
            tooltip=[
                alt.Tooltip("date:T", title=_("Date"), format="%Y-%m-%d"),
                alt.Tooltip("which:N", title=_("Which")),
                alt.Tooltip("count:Q", title=title, format=",.1f"),
            ],
        )
        .properties(height=HEIGHT)
    )


def overlay(shown: pd.DataFrame, last: int, longest: int, title: str, across: str) -> Drawing:
    """Return every year as a line over the others, the last one standing out.

    Parameters
    ----------
    shown : DataFrame
        Columns ``year``, ``period``, ``date``, ``count``.
    last, longest : int
        The last year, and the number of the last period of any.
    title : str
        What is counted, with its unit.
    """
    ends = [_("earlier years"), str(last)]
    colours = [palette.QUIET[palette.shade()], palette.ACCENT[palette.shade()]]
    base = (
        alt.Chart(shown)
        .transform_calculate(which=f"datum.year === {last} ? '{last}' : {json.dumps(ends[0])}")
        .encode(
            x=alt.X(
                "period:Q",
                title=across,
                scale=alt.Scale(domain=[1, longest], nice=False),
                axis=alt.Axis(tickMinStep=1, grid=False),
            ),
            y=alt.Y("count:Q", title=title, axis=alt.Axis(tickCount=5)),
            detail="year:N",
            color=alt.Color(
                "which:N", scale=alt.Scale(domain=ends, range=colours), legend=alt.Legend(title=None, orient="top")
            ),
            tooltip=[
                alt.Tooltip("year:O", title=_("Year")),
                alt.Tooltip("date:T", title=_("Date"), format="%Y-%m-%d"),
                alt.Tooltip("count:Q", title=title, format=",.1f"),
            ],
        )
    )
    earlier = base.transform_filter(alt.datum.year != last).mark_line(strokeWidth=1, opacity=0.55)
    now = base.transform_filter(alt.datum.year == last).mark_line(strokeWidth=3, point={"size": 25})
    return alt.layer(earlier, now).properties(height=HEIGHT)


def part(shown: pd.DataFrame, title: str) -> Drawing:
    """Return one part of the counts over time, from the column ``date`` and the part's."""
    name = shown.columns[-1]
    return (
        alt.Chart(shown)
        .mark_line(color=palette.ACCENT[palette.shade()], strokeWidth=1.5)
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y(f"{name}:Q", title=title, axis=alt.Axis(tickCount=3), scale=alt.Scale(zero=False)),
            tooltip=[
                alt.Tooltip("date:T", title=_("Date"), format="%Y-%m-%d"),
                alt.Tooltip(f"{name}:Q", title=title, format=",.1f"),
            ],
        )
        .properties(height=LOW)
    )


def by_horizon(
    shown: pd.DataFrame, names: tuple[tuple[str, str], ...], furthest: int, title: str, across: str
) -> Drawing:
    """Return the error of every forecaster by how far it looked ahead.

    Parameters
    ----------
    shown : DataFrame
        Columns ``name``, ``horizon``, ``error``, ``low``, ``high`` (range over seeds).
    names : tuple
        Every forecaster with what it is called, in the order of the legend.
    furthest : int
        How far any looked ahead. [periods]
    """
    order, colours = [name for _model, name in names], [palette.forecaster(model) for model, _name in names]
    base = alt.Chart(shown).encode(
        x=alt.X(
            "horizon:Q",
            title=across,
            scale=alt.Scale(domain=[1, furthest], nice=False, padding=20),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        color=alt.Color(
            "name:N",
            scale=alt.Scale(domain=order, range=colours),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=260),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=_("Forecaster")),
            alt.Tooltip("horizon:Q", title=across, format="d"),
            alt.Tooltip("error:Q", title=title, format=".3f"),
        ],
    )
    range_over_seeds = base.mark_rule(strokeWidth=2, opacity=0.6).encode(y="low:Q", y2="high:Q")
    lines = base.mark_line(point={"size": 40}, strokeWidth=2).encode(
        y=alt.Y("error:Q", title=title, axis=alt.Axis(tickCount=5))
    )
    # the legend takes its rows from the height
    return alt.layer(range_over_seeds, lines).properties(height=HEIGHT + LEGEND_ROW * len(order))
