"""Charts that explain a model; each takes plain numbers."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from medalloc.need.explanation.partial_dependence import Dependence
from medalloc.ui.kit import palette
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

CURVES = 60
"""Single curves that are drawn; more would be one grey area."""

_LEFT = 56
"""Room for the labels of the vertical axis, so that two charts above each other have the same horizontal one. [px]"""


def dependence(found: Dependence, *, title: str, centred: bool) -> Drawing:
    """Return single curves and their mean over a column of numbers or dates; beyond 1 to 99 % of the data greyed."""
    curves = found.centred() if centred else found.curves
    drawn = curves[np.linspace(0, len(curves) - 1, min(CURVES, len(curves))).astype(int)]
    values = list(found.values)
    single = pd.DataFrame(
        {
            "value": values * len(drawn),
            "said": drawn.ravel(),
            "curve": np.repeat(np.arange(len(drawn)), len(values)),
        }
    )
    mean = pd.DataFrame({"value": values, "said": curves.mean(axis=0), "inside": found.inside})
    shade, kind = palette.shade(), "T" if found.column.kind == "date" else "Q"
    x = alt.X(f"value:{kind}", title=title, scale=_scale(found), axis=alt.Axis(grid=False, tickCount=6))
    said = _("Change of probability") if centred else _("Probability of need")
    y = alt.Y(
        "said:Q",
        title=said,
        scale=alt.Scale(zero=not centred),
        axis=alt.Axis(format=".0%", minExtent=_LEFT, maxExtent=_LEFT, tickCount=5),
    )
    tips = [alt.Tooltip(f"value:{kind}", title=title), alt.Tooltip("said:Q", title=_("Mean"), format=".1%")]
    lines = (
        alt.Chart(single)
        .mark_line(strokeWidth=1, opacity=0.28, color=palette.QUIET[shade])
        .encode(x=x, y=y, detail="curve:N")
    )
    middle = alt.Chart(mean).mark_line(strokeWidth=3, color=palette.ACCENT[shade]).encode(x=x, y=y)
    points = (
        alt.Chart(mean).mark_point(filled=True, size=40, color=palette.ACCENT[shade]).encode(x=x, y=y, tooltip=tips)
    )
    return alt.layer(*_beyond(found, kind, shade), lines, middle, points).properties(height=280)


def dependence_of_levels(found: Dependence, *, title: str) -> Drawing:
    """Return the mean at each level of a column of text, with the range that holds eight of ten single patients."""
    low, high = np.quantile(found.curves, [0.1, 0.9], axis=0)
    shown = pd.DataFrame({"level": [str(each) for each in found.values], "mean": found.mean, "low": low, "high": high})
    colour = palette.ACCENT[palette.shade()]
    base = alt.Chart(shown).encode(
        y=alt.Y("level:N", title=title, sort=shown["level"].tolist(), axis=alt.Axis(labelLimit=220))
    )
    axis = alt.Axis(format=".0%", tickCount=6)
    tips = [
        alt.Tooltip("level:N", title=title),
        *(
            alt.Tooltip(f"{name}:Q", title=label, format=".1%")
            for name, label in (("mean", _("Mean")), ("low", _("low end")), ("high", _("high end")))
        ),
    ]
    lines = base.mark_rule(strokeWidth=2.5, color=colour, opacity=0.5).encode(
        x=alt.X("low:Q", title=_("Probability of need"), scale=alt.Scale(domain=[0, 1]), axis=axis),
        x2="high:Q",
        tooltip=tips,
    )
    points = base.mark_point(filled=True, size=90, color=colour, opacity=1).encode(x="mean:Q", tooltip=tips)
    return alt.layer(lines, points).properties(height=alt.Step(28))


def density(found: Dependence) -> Drawing:
    """Return how many training rows there are at each value, to stand under `dependence`, whose axis it shares."""
    kind = "T" if found.column.kind == "date" else "Q"
    shown = found.density.assign(nobody=0)
    if (shown["low"] == shown["high"]).all():
        # a value of its own gets a bar as wide as the room to its nearest neighbour allows
        numbers = pd.Series(shown["low"])
        gap = numbers.diff().min() if len(numbers) > 1 else None
        reach = None if gap is None else gap * 0.4
        if reach is not None:
            shown["low"], shown["high"] = numbers - reach, numbers + reach
    bars = (
        alt.Chart(shown)
        .mark_rect(color=palette.QUIET[palette.shade()], opacity=0.7)
        .encode(
            x=alt.X(
                f"low:{kind}", title=None, scale=_scale(found), axis=alt.Axis(grid=False, labels=False, ticks=False)
            ),
            x2="high",
            y=alt.Y(
                "rows:Q",
                title=_("Patients"),
                axis=alt.Axis(tickCount=2, minExtent=_LEFT, maxExtent=_LEFT, format=",.0f"),
            ),
            y2="nobody",
            tooltip=[
                alt.Tooltip(f"low:{kind}", title=_("from")),
                alt.Tooltip(f"high:{kind}", title=_("to")),
                alt.Tooltip("rows:Q", title=_("Training patients"), format=",.0f"),
            ],
        )
    )
    return bars.properties(height=100)


def signed_bars(names: Sequence[str], values: Sequence[float], *, title: str) -> Drawing:
    """Return bars to the left and right of nothing, in the order given."""
    shown = pd.DataFrame({"name": list(names), "value": list(values)})
    shown["sign"] = np.where(shown["value"] < 0, "off", "on")
    colours = palette.DIVERGING[palette.shade()]
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            y=alt.Y("name:N", sort=list(names), title=None, axis=alt.Axis(labelLimit=220)),
            x=alt.X("value:Q", title=title, axis=alt.Axis(tickCount=6, format="+~g")),
            color=alt.Color(
                "sign:N", legend=None, scale=alt.Scale(domain=["off", "on"], range=[colours[1], colours[5]])
            ),
            tooltip=[alt.Tooltip("name:N", title=_("Column")), alt.Tooltip("value:Q", title=title, format="+.2f")],
        )
        .properties(height=alt.Step(24))
    )


def swarm(shown: pd.DataFrame, order: Sequence[str]) -> Drawing:
    """Return every patient as a point: what a column adds, coloured by how high its value is among all.

    Parameters
    ----------
    shown : DataFrame
        Columns ``feature``, ``added`` [log-odds] and ``rank`` [fraction], NaN where values have no order.
    order : sequence of str
        Features from top to bottom.
    """
    shade = palette.shade()
    placed = shown.assign(aside=_aside(shown))
    reach = max(1.0, float(placed["aside"].abs().max()))
    colour = alt.Color(
        "rank:Q",
        title=_("Value, from lowest to highest"),
        scale=alt.Scale(range=palette.SEQUENTIAL[shade], domain=[0, 1]),
        legend=alt.Legend(orient="top", format=".0%", gradientLength=160),
    )
    ordered = placed["rank"].notna()

    def points(some: pd.DataFrame) -> Drawing:
        return (
            alt.Chart(some)
            .mark_circle(size=14, opacity=0.75, color=palette.QUIET[shade])
            .encode(
                y=alt.Y("feature:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=220)),
                yOffset=alt.YOffset("aside:Q", scale=alt.Scale(domain=[-reach, reach])),
                x=alt.X("added:Q", title=_("Added to the log-odds"), axis=alt.Axis(tickCount=6)),
                tooltip=[
                    alt.Tooltip("feature:N", title=_("Column")),
                    alt.Tooltip("added:Q", title=_("Added to the log-odds"), format="+.2f"),
                ],
            )
        )

    # values without an order have no place on the colour scale
    layers = [points(placed[~ordered].drop(columns="rank"))] if (~ordered).any() else []
    layers += [points(placed[ordered]).encode(color=colour)] if ordered.any() else []
    return alt.layer(*layers).properties(height=alt.Step(34))


def ratios(shown: pd.DataFrame, *, title: str) -> Drawing:
    """Return observed over predicted need of every group with its interval, and a line at 1.

    Parameters
    ----------
    shown : DataFrame
        Columns ``group``, ``ratio``, ``low``, ``high``, ``small``.
    title : str
        Name of the column that tells the groups apart.
    """
    shade = palette.shade()
    base = alt.Chart(shown).encode(
        y=alt.Y("group:N", sort=shown["group"].tolist(), title=title, axis=alt.Axis(labelLimit=220))
    )
    colour = alt.condition("datum.small", alt.value(palette.QUIET[shade]), alt.value(palette.ACCENT[shade]))
    tips = [
        alt.Tooltip("group:N", title=title),
        *(
            alt.Tooltip(f"{name}:Q", title=label, format=".2f")
            for name, label in (("ratio", _("Observed / predicted")), ("low", _("low end")), ("high", _("high end")))
        ),
    ]
    lines = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", title=_("Observed / predicted"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6)),
        x2="high:Q",
        color=colour,
        tooltip=tips,
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x="ratio:Q", color=colour, tooltip=tips)
    one = alt.Chart(pd.DataFrame({"x": [1.0]})).mark_rule(strokeDash=[3, 3], color=palette.TEXT[shade]).encode(x="x:Q")
    return alt.layer(one, lines, points).properties(height=alt.Step(30))


def _scale(found: Dependence) -> alt.Scale:
    """Return the same horizontal scale for the curves and for the data under them."""
    low, high = found.values[0], found.values[-1]
    if found.column.kind == "date" or low == high:
        return alt.Scale(zero=False)
    edge = 0.03 * (high - low)
    return alt.Scale(domain=[low - edge, high + edge], nice=False, zero=False)


def _beyond(found: Dependence, kind: str, shade: str) -> list[alt.Chart]:
    low, high = found.column.inside
    parts = [(found.values[0], low), (high, found.values[-1])]
    shown = pd.DataFrame([pair for pair in parts if pair[0] != pair[1]], columns=["low", "high"])
    if shown.empty:
        return []
    grey = alt.Chart(shown).mark_rect(color=palette.QUIET[shade], opacity=0.22)
    return [grey.encode(x=alt.X(f"low:{kind}", scale=_scale(found)), x2="high")]


def _aside(shown: pd.DataFrame) -> pd.Series:
    """Return how far each point moves aside so that points do not cover each other. [points]."""
    width = max(float(shown["added"].max() - shown["added"].min()), 1e-12) / 80
    place = (shown["added"] / width).round()
    number = shown.groupby(["feature", place]).cumcount()
    return ((number + 1) // 2) * np.where(number % 2 == 0, 1, -1)
