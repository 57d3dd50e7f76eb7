"""A picture whose numbers are put in later is the picture that is made of them."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from medalloc.geography.matching import find_places
from medalloc.ui.allocate import coverage_bars, waterfall
from medalloc.ui.demand import drawing
from medalloc.ui.kit import charts, dots, maps
from medalloc.ui.kit.sketch import NAME, Sketch

REGIONS = ["Ohio", "Iowa", "Utah"]
BARS = pd.DataFrame(
    {"region": REGIONS, "served": [1.0, 2.0, 9.0], "unmet": [3.0, 0.0, 1.0]}
    | {"coverage": [0.25, 1.0, 0.9], "everyone": 1.0, "today": [0.1, 0.2, 0.3]}
)
STEPS = pd.DataFrame(
    {"step": REGIONS, "start": [0.0, 0.2, 0.0], "end": [0.2, 0.5, 0.5], "change": [0.2, 0.3, 0.5]}
    | {"kind": ["total", "up", "total"]}
)
MOVED = pd.DataFrame({"region": REGIONS, "before": [0.1, 0.2, 0.3], "now": [0.3, 0.2, 0.1]})
DATED = pd.DataFrame({"date": pd.to_datetime(["2026-01-05", "2026-01-12", "2026-01-19"]), "count": [1.0, 2.0, 4.0]})
AHEAD = DATED.assign(mean=[None, 3.0, 5.0], low=[None, 2.0, 3.0], high=[None, 4.0, 9.0])
WAYS = DATED.assign(which=["counted", "forecast at the time", "counted"])
YEARS = DATED.assign(year=[2025, 2026, 2026], period=[1, 2, 3])
ERRORS = pd.DataFrame(
    {"name": ["Last count"] * 3, "horizon": [1, 2, 3], "error": [0.5, 0.7, 0.9], "low": 0.4, "high": 1.0}
)
ENDS = MOVED.rename(columns={"before": "mean", "now": "high"}).assign(low=0.0)
SHOWN = pd.DataFrame({"region": REGIONS, "value": [0.2, 0.5, 0.9], "extra0": [9.0, 5.0, 1.0]})
COVERAGE = maps.Picture("Coverage", ".0%", (0.0, 1.0), extra=("Demand",), cuts=(0.5, 0.7))


def lying(*longitudes: float) -> Sketch:
    return dots.circles(SHOWN.assign(longitude=longitudes, latitude=[42.0, 42.1, 42.2]), COVERAGE)


SKETCHES = (
    Sketch(drawing.fan, AHEAD, ("visits",)),
    Sketch(drawing.said_and_counted, WAYS, ("visits",)),
    Sketch(drawing.overlay, YEARS, (2026, 53, "visits", "Week")),
    Sketch(drawing.part, DATED, ("visits",)),
    Sketch(drawing.by_horizon, ERRORS, ((("naive", "Last count"),), 3, "MASE", "Weeks")),
    Sketch(charts.intervals, ENDS, ("visits",)),
    Sketch(maps.bars, SHOWN, (COVERAGE,)),
    maps.choropleth(SHOWN, find_places(REGIONS), COVERAGE),
    lying(-71.0, -71.1, -71.2),
    lying(-71.0, -81.0, -91.0),
    Sketch(coverage_bars.bars, BARS, (True,)),
    Sketch(coverage_bars.bars, BARS, (False,)),
    Sketch(waterfall.drawn, STEPS, (waterfall.ends(STEPS),)),
    Sketch(charts.before_and_now, MOVED, ("Coverage",)),
)


def without_data(spec):
    """Return how a chart is drawn, whatever its data and its unnamed parts are called."""
    kept = {name: each for name, each in spec.items() if name not in ("datasets", "data")}
    return re.sub(r'"(view|param)_[0-9a-f_]+"|"data": \{"name": "[^"]*"\}', '"…"', json.dumps(kept, sort_keys=True))


@pytest.mark.parametrize("sketch", SKETCHES)
def test_a_picture_made_without_its_numbers_is_drawn_as_the_one_made_with_them(sketch: Sketch) -> None:
    with alt.theme.enable("none"):
        quick, whole = sketch.to_dict(), sketch.chart().to_dict()
    assert quick["datasets"][NAME] is sketch.numbers
    assert without_data(quick) == without_data(whole)


@pytest.mark.parametrize("sketch", SKETCHES)
def test_other_numbers_leave_the_picture_as_it_is(sketch: Sketch) -> None:
    other = Sketch(sketch.draw, sketch.numbers.iloc[::-1].head(2), sketch.settings)
    assert without_data(other.to_dict()) == without_data(sketch.to_dict())
    assert alt.data_transformers.active == "default"
