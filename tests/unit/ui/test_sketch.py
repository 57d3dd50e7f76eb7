"""A picture whose numbers are put in later is the picture that is made of them."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from medalloc.ui.allocate import coverage_bars, waterfall
from medalloc.ui.kit import charts
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
SKETCHES = (
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
