import ast
from pathlib import Path

import altair as alt
import pandas as pd
import plotly.graph_objects as go
import pytest

from medalloc.geography.boundaries import BoundarySet
from medalloc.geography.matching import Ground, find_places
from medalloc.report.charts import as_svg
from medalloc.ui import brought
from medalloc.ui.kit import maps, pictures, small_maps

UI = Path(__file__).parents[3] / "medalloc" / "ui"


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures.brought, "file_name", lambda: "<b>wards</b>.csv")
    for each in (pictures, small_maps):
        monkeypatch.setattr(each, "_", str)
    monkeypatch.setattr(pictures.palette, "shade", lambda: "light")


def test_every_chart_of_every_screen_is_shown_by_the_one_place_that_gives_it_a_title_and_a_source() -> None:
    calls = {
        (path.name, node.func.attr)
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.endswith("_chart")
    }
    assert calls == {("pictures.py", "altair_chart"), ("pictures.py", "plotly_chart")}


def test_a_chart_of_altair_says_what_it_is_and_whence_and_keeps_how_it_is_drawn() -> None:
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")
    quick = chart.properties(usermeta={"embedOptions": {"renderer": "canvas"}})
    spec = pictures.standing_alone(quick, "Beds by ward").to_dict()
    assert spec["title"]["text"] == ["Beds by ward"]
    assert spec["title"]["subtitle"] == "Source: <b>wards</b>.csv; calculated with medalloc"
    assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas"


def test_a_map_downloads_with_its_boundaries_title_and_source() -> None:
    at = brought.boundaries_at
    land = maps.land(BoundarySet("world"))
    spec = pictures.standing_alone(alt.layer(land), "Beds of the world").to_dict()
    drawn = as_svg(spec, at).decode()
    assert "Beds of the world" in drawn and "calculated with medalloc" in drawn
    assert drawn.count("<path") > 200


def test_small_maps_download_side_by_side_each_with_its_name_and_its_own_colours() -> None:
    regions = ("Mali", "Niger", "Chad")
    places = find_places(regions, Ground())
    assert places is not None
    frame = pd.DataFrame({"region": regions, "place": [places.ids[each] for each in regions]})
    shown = {"most first": frame.assign(value=[0.1, 0.1, 0.1]), "least first": frame.assign(value=[0.9, 0.9, 0.9])}
    chart = small_maps.side_by_side(shown, places, maps.Picture("Coverage", ".0%", (0.0, 1.0), cuts=(0.5,)))
    drawn = as_svg(pictures.standing_alone(chart, "Coverage").to_dict(), brought.boundaries_at).decode()
    assert drawn.index("most first") < drawn.index("least first")
    assert "Niger; Coverage: 10%" in drawn and "Niger; Coverage: 90%" in drawn


def test_a_chart_of_plotly_says_so_too_and_runs_nothing_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[go.Figure] = []
    monkeypatch.setattr(pictures.st, "plotly_chart", lambda figure, **_: shown.append(figure))
    pictures.plotly(go.Figure(), alt="A very long title of a chart that does not fit in a line of its width")
    title = shown[0].layout.title
    assert title.text.count("<br>") == 1
    assert title.subtitle.text == "Source: &lt;b&gt;wards&lt;/b&gt;.csv; calculated with medalloc"


def test_a_long_chinese_title_is_broken_too() -> None:
    assert max(map(len, pictures._lines("各地区" * 20))) == pictures.ACROSS // 2
