"""Charts and maps as SVG, those of a report and those of screens, drawn without a browser."""

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from medalloc.colours import ACCENT, LAND, QUIET, TEXT
from medalloc.languages import Language
from medalloc.report.drawn_map import WIDTH, Drawing, map_of
from medalloc.report.fonts import FAMILY, FONTS
from medalloc.report.report import Picture, Report, steady
from medalloc.sentences import Sentence

ON_A_SLIDE = 720
"""Width of a chart of a screen, where it is as wide as its place. [pixels]"""


def svgs(report: Report) -> list[bytes]:
    """Return every picture of a report as SVG, in its order."""
    speaks = Language(report.made.language)
    return [svg(picture, speaks) for part in report.parts for picture in part.pictures]


def svg(picture: Picture, speaks: Language) -> bytes:
    """Return a picture as SVG, with the words of a language."""
    draw = {"map": map_of, "coverage": _coverage, "policies": _policies}[picture.kind]
    names = [speaks.say(each) if isinstance(each, Sentence) else each for each in picture.names]
    # the same picture byte for byte, wherever it is drawn again
    values = [steady(each) for each in picture.values]
    shown = pd.DataFrame({"name": names, "place": range(len(names)), "value": values})
    if picture.beside:
        shown["beside"] = [steady(each) for each in picture.beside]
    drawn = draw(shown, picture, speaks.say(picture.title))
    drawn = drawn.configure(
        font=FAMILY,
        background="transparent",
        axis={"domain": False, "ticks": False, "gridColor": LAND["light"], "labelColor": TEXT["light"]},
    ).configure_view(stroke=None)
    return str(_converter().vegalite_to_svg(drawn.to_json(validate=False))).encode()


def as_svg(spec: dict[str, Any], boundaries_at: Callable[[str], dict[str, Any]]) -> bytes:
    """Return a chart of a screen as SVG.

    Parameters
    ----------
    boundaries_at : callable
        From an address on medalloc's server to the TopoJSON there.
    """
    size = {} if spec.keys() & {"concat", "facet", "width"} else {"width": ON_A_SLIDE}
    return str(_converter().vegalite_to_svg(_within(spec, boundaries_at) | size)).encode()


def _within(part: Any, boundaries_at: Callable[[str], dict[str, Any]]) -> Any:
    """Return a specification with its boundaries inside it, because nothing is asked of a server while it is drawn."""
    if isinstance(part, list):
        return [_within(each, boundaries_at) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("url"), str):
        return {"values": boundaries_at(part["url"]), "format": part["format"]}
    return {name: _within(each, boundaries_at) for name, each in part.items()}


@cache
def _converter() -> Any:
    """Return what draws, once it knows the fonts that the PDF is printed in."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _coverage(shown: pd.DataFrame, picture: Picture, title: str) -> Drawing:
    """Return a bar for the coverage of every region, with a tick for today's."""
    base = alt.Chart(shown.assign(everyone=1.0)).encode(y=_rows(shown))
    axis = alt.Axis(format=".0%", tickCount=5, labelFontSize=8, titleFontSize=8, titleFontWeight="normal")
    whole = alt.X("everyone:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=axis)
    drawn = [
        base.mark_bar(color=LAND["light"], height=8).encode(x=whole),
        base.mark_bar(color=ACCENT["light"], height=8).encode(x="value:Q"),
    ]
    if picture.beside:
        drawn.append(base.mark_tick(color=TEXT["light"], thickness=2, size=12).encode(x="beside:Q"))
    return _rowwise(alt.layer(*drawn), 11, len(shown))


def _policies(shown: pd.DataFrame, picture: Picture, title: str) -> Drawing:
    """Return for every policy the coverage of all as a full point and that of the worst-off region as a hollow one."""
    base = alt.Chart(shown.assign(colour=list(picture.colours))).encode(
        y=_rows(shown), color=alt.Color("colour:N", scale=None)
    )
    axis = alt.Axis(format=".0%", tickCount=5, labelFontSize=8, titleFontSize=8, titleFontWeight="normal")
    at = alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=axis)
    drawn = [
        base.mark_rule(strokeWidth=1.5, color=QUIET["light"]).encode(x=at, x2="beside:Q"),
        base.mark_point(filled=True, size=70, opacity=1).encode(x="value:Q"),
        base.mark_point(size=70, opacity=1, fill="white").encode(x="beside:Q"),
    ]
    return _rowwise(alt.layer(*drawn), 20, len(shown))


def _rowwise(drawn: Drawing, step: float, rows: int) -> Drawing:
    """Return a chart as wide as the page with its names, so that letters have one size in all charts."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return drawn.properties(width=WIDTH, height=step * rows, autosize=fit)


def _rows(shown: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(labelLimit=150, labelFontSize=8.5, labelPadding=8, grid=False)
    return alt.Y("name:N", sort=shown["name"].tolist(), title=None, axis=axis)
