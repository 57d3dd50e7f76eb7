"""A country that nobody has heard of: its own boundaries are drawn, each region where it is."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitor
from tests.unit.geography.own import invented

pytestmark = pytest.mark.browser


def test_own_boundaries_lead_to_a_map_on_which_every_region_is_where_it_is(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    regions = invented.country(4, 60)
    names = list(regions)
    table, boundaries = tmp_path / "kreise.csv", tmp_path / "kreise.geojson"
    table.write_text("\n".join(["region,demand,population,existing_beds", *(f"{each},500,9000,2" for each in names)]))
    boundaries.write_bytes(invented.geojson(regions))
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(table)
        expect(page.get_by_text("No boundaries are known for these regions")).to_be_visible()
        visitor.unfold(page, "Choose or bring boundaries")
        page.get_by_label("Your own boundaries").locator("input[type=file]").set_input_files(boundaries)
        expect(page.get_by_text("16 of 16 regions have a boundary: kreise.geojson.")).to_be_visible()
        visitor.settled(page)
        visitor.go(page, "Allocate")
        shape = page.get_by_test_id("stVegaLiteChart").first.locator("path[aria-label]")
        expect(shape).to_have_count(len(names))
        boxes = {each.get_attribute("aria-label"): each.bounding_box() for each in shape.all()}
        # what lies further east or north does so on the screen; a ring that runs the wrong way would fill the frame
        middles = {name: np.concatenate(rings[:1]).mean(axis=0) for name, rings in regions.items()}
        west, east, south, north = names[1], names[13], names[4], names[7]
        assert middles[west][0] < middles[east][0]
        assert middles[south][1] < middles[north][1]
        assert boxes[west]["x"] < boxes[east]["x"]
        assert boxes[south]["y"] > boxes[north]["y"]
        frame = page.get_by_test_id("stVegaLiteChart").first.locator("svg").bounding_box()
        assert frame is not None
        assert all(boxes[name]["width"] < frame["width"] / 2 for name, rings in regions.items() if len(rings) == 1)
        shape.nth(3).hover(force=True)
        name = shape.nth(3).get_attribute("aria-label")
        expect(page.locator("#vg-tooltip-element")).to_contain_text(str(name))
        page.reload()
        visitor.settled(page)
        expect(page.get_by_test_id("stVegaLiteChart").first.locator("path[aria-label]")).to_have_count(len(names))
    assert outside == []
