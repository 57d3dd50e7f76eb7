"""Charts that stand alone in a slide: each has a title and its source in the picture, and downloads as SVG and PNG.

PNG is what the browser sees, from the bar of each chart; SVG is drawn anew when somebody asks for it. Charts of plotly
have one picture only in their bar, the SVG.
"""

import re
import textwrap
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from altair.utils import schemapi

from medalloc.report.charts import as_svg
from medalloc.ui import brought
from medalloc.ui.kit import palette, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

ACROSS = 52
"""Width of a line of the title; a Chinese character counts as two. [letters]"""

ROOM_BELOW = 4
"""Between a chart and what stands below. [pixels]"""

SOURCE_HEIGHT, LINE_HEIGHT = 32, 19
"""Room above a chart of plotly for its source, and for a line of its title. [pixels]"""


def altair(
    chart: Drawing | Sketch,
    *,
    alt: str,
    where: Any = st,
    title: str = "",
    key: str | None = None,
    download: bool = True,
    of: str | None = None,
    **more: Any,
) -> Any:
    """Show a chart of altair, and return what is picked in it.

    Parameters
    ----------
    title : str
        What stands above it; `alt` when left out. With numbers in it a map would be drawn anew with each of them.
    of : str, optional
        The file that its numbers come from; that of the study when left out, none where empty.
    **more
        What else the control takes.
    """
    drawn, name = standing_alone(chart, title or alt, of), file_name(title or alt)
    picked = where.altair_chart(drawn, alt=alt, key=key, **more)
    if not download:
        return picked
    where.download_button(
        _("Download SVG"),
        data=lambda: as_svg(drawn.whole(), brought.boundaries_at),
        file_name=f"{name}.svg",
        mime="image/svg+xml",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=_("The same picture as PNG is in the bar above it, which comes when it is pointed at."),
        key=f"{key or name}_svg",
    )
    return picked


class _Drawn:
    """What streamlit asks of a chart, which tests hold against its schema, and a server does not with every redraw."""

    def __init__(self, chart: Drawing | Sketch, heading: dict[str, Any]) -> None:
        self._chart, self._heading = chart, heading

    def to_dict(self) -> dict[str, Any]:
        """Return what Vega-Lite draws; streamlit would leave more room below."""
        spec = self._chart.to_dict(**({} if isinstance(self._chart, Sketch) else {"validate": schemapi.DEBUG_MODE}))
        return {"padding": {"bottom": ROOM_BELOW}, **self._told(spec)}

    def whole(self) -> dict[str, Any]:
        """Return the same with its numbers in it."""
        chart = self._chart.chart() if isinstance(self._chart, Sketch) else self._chart
        return self._told(chart.to_dict(validate=schemapi.DEBUG_MODE))

    def _told(self, spec: dict[str, Any]) -> dict[str, Any]:
        told = {**spec, "title": self._heading}
        if (called := words.months_and_days()) is not None:
            told["config"] = {**spec.get("config", {}), "locale": {"time": called}}
        return told


def plotly(figure: go.Figure, *, alt: str, key: str | None = None, of: str | None = None) -> None:
    """Show a chart of plotly under what it shows; `of` is the file of its numbers, else that of the study."""
    quiet = {"size": 11, "color": palette.QUIET[palette.shade()]}
    lines = _lines(alt)
    room = SOURCE_HEIGHT + LINE_HEIGHT * len(lines)
    said = {"text": "<br>".join(map(escape, lines)), "subtitle": {"text": escape(source(of)), "font": quiet}}
    place = {
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": LINE_HEIGHT * len(lines)},
    }
    figure.update_layout(
        title={**said, **place, "font": {"size": 14}},
        height=(figure.layout.height or 400) + room,
        margin_t=(figure.layout.margin.t or 20) + room,
    )
    taken = {"format": "svg", "filename": file_name(alt)}
    st.plotly_chart(
        figure,
        key=key,
        config={"modeBarButtons": [["toImage"]], "displaylogo": False, "toImageButtonOptions": taken},
        alt=alt,
    )


def standing_alone(chart: Drawing | Sketch, title: str, of: str | None = None) -> _Drawn:
    """Return the chart with its title and source in it."""
    said: dict[str, Any] = {"subtitle": source(of), "subtitleFontSize": 11, "subtitlePadding": 4, "offset": 8}
    said |= {"subtitleColor": palette.QUIET[palette.shade()], "anchor": "start", "fontSize": 14, "fontWeight": 600}
    return _Drawn(chart, {"text": _lines(title), **said})


def source(of: str | None = None) -> str:
    """Return the line that says where the numbers of a picture come from."""
    file = brought.file_name() if of is None else of
    return _("Source: {file}; calculated with medalloc").format(file=file) if file else _("Calculated with medalloc")


def file_name(title: str) -> str:
    """Return the name of a downloaded picture, of letters and figures of any script.

    Examples
    --------
    >>> file_name("Coverage by region, today's as a tick"), file_name("各地区覆盖率")
    ('Coverage_by_region_today_s_as_a_tick', '各地区覆盖率')
    """
    return re.sub(r"\W+", "_", title).strip("_")[:60]


def _lines(title: str) -> list[str]:
    wide = any(character >= "\u2e80" for character in title)
    return textwrap.wrap(title, ACROSS // 2 if wide else ACROSS) or [title]
