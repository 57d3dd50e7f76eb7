"""What a planner does, from a first click to a downloaded plan, in a real browser."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser


def metric(page: Page, label: str) -> str:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").first.inner_text()


def test_the_sample_leads_to_a_plan_that_can_be_downloaded(
    browser: Browser, address: str, trained: visitor.Kept
) -> None:
    with visitor.visit(browser, address, of=trained) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        visitor.go(page, "Allocate")
        expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
        visitor.ask_about(page, "By region")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download CSV").first.click()
        rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert {row["region"] for row in rows} >= {"Dayton OH", "Seattle WA"}
    assert all(float(row["served"]) <= float(row["demand"]) * (1 + 1e-9) for row in rows)
    assert outside == []


def test_a_slider_of_what_if_changes_the_numbers_and_can_be_taken_back(
    browser: Browser, address: str, trained: visitor.Kept
) -> None:
    with visitor.visit(browser, address, of=trained) as (page, _):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        visitor.go(page, "What if")
        base = metric(page, "Served")
        page.get_by_role("slider", name="Stock of every resource").press("ArrowRight")
        expect(page.get_by_test_id("stMetric").first).not_to_contain_text(base)
        visitor.settled(page)
        page.get_by_role("button", name="Back to the base").click()
        expect(page.get_by_test_id("stMetric").first).to_contain_text(base)


def test_a_refresh_brings_back_what_was_entered(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        visitor.take_sample(page)
        visitor.go(page, "Data")
        page.reload()
        visitor.settled(page)
        expect(page.get_by_text("In use: patients_rand_hie.csv")).to_be_visible()


def test_a_table_of_regions_goes_straight_to_allocation(browser: Browser, address: str, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("region,demand,population,existing_beds\nOhio,900,9000,3\nIowa,600,5000,1\nUtah,500,7000,0\n")
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        page.get_by_role("link", name="Allocate: these are regions").click()
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    assert outside == []


def test_a_bad_file_says_what_is_wrong_and_leaves_the_table_in_use_as_it_is(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    with visitor.visit(browser, address) as (page, _):
        visitor.take_sample(page)
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(bad)
        expect(page.get_by_text("PDF").first).to_be_visible()
        expect(page.get_by_text("In use: patients_rand_hie.csv")).to_be_visible()


def test_the_language_switch_puts_the_screens_into_chinese(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.settled(page)
        page.get_by_text("简体中文").click()
        expect(page.get_by_role("button", name="打开世界各国的方案")).to_be_visible()
        expect(page.get_by_test_id("stSidebarNav")).to_contain_text("数据")


def test_a_region_picked_on_the_map_filters_the_table_and_a_row_picked_there_is_marked_on_the_map(
    browser: Browser, address: str
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Data")
        page.get_by_role("combobox", name="Try a sample").click()
        page.get_by_role("option", name="Countries with").click()
        page.get_by_role("button", name="Use this sample").click()
        visitor.settled(page)
        visitor.go(page, "Allocate")
        visitor.ask_about(page, "By region")
        country = page.get_by_test_id("stVegaLiteChart").locator("path[aria-label='Algeria']")
        country.hover(force=True)
        expect(page.locator("#vg-tooltip-element")).to_contain_text("Algeria")
        expect(page.locator("#vg-tooltip-element")).to_contain_text("Coverage")
        country.click(force=True)
        expect(page.get_by_text("Only what is picked: Algeria.").first).to_be_visible()
        country.click(force=True, modifiers=["Shift"])
        expect(page.get_by_text("Only what is picked")).to_have_count(0)
        visitor.settled(page)
        # and back: a row that is ticked is marked on the map
        table = page.get_by_test_id("stDataFrame").last
        table.scroll_into_view_if_needed()
        corner = table.bounding_box()
        assert corner is not None
        page.mouse.click(corner["x"] + 16, corner["y"] + 52)
        expect(page.get_by_text("Only what is picked").first).to_be_visible()
        expect(country).to_have_attribute("opacity", "0.3")
    assert outside == []


def test_a_sample_chosen_in_one_language_is_still_chosen_in_the_other(browser: Browser, address: str) -> None:
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.go(page, "Data")
        page.get_by_role("combobox", name="Try a sample").click()
        page.get_by_role("option", name="Countries with").click()
        visitor.settled(page)
        page.get_by_text("简体中文").click()
        page.get_by_role("button", name="使用此示例").click()
        expect(page.get_by_text("regions_world.csv")).to_be_visible()


def test_training_can_be_cancelled_and_survives_a_page_switch(browser: Browser, address: str, tmp_path: Path) -> None:
    # so many patients that all models take minutes, on any machine
    draw, own = np.random.default_rng(3), tmp_path / "own.csv"
    frame = pd.DataFrame(draw.normal(size=(40_000, 8)).round(3)).add_prefix("x")
    frame.assign(need=(draw.random(40_000) < 0.4).astype(int)).to_csv(own, index=False)
    with visitor.visit(browser, address) as (page, _):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        visitor.go(page, "Need")
        page.get_by_role("button", name="Compare all").click()
        page.get_by_role("button", name="Cancel").wait_for()
        visitor.go(page, "Data")
        visitor.go(page, "Need")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("The last training was cancelled.")).to_be_visible()


def test_limits_that_conflict_are_repaired_and_a_region_is_locked_by_one_click_each(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("region,demand,population,existing_beds\nOhio,900,9000,3\nIowa,600,5000,1\nUtah,500,7000,0\n")
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        visitor.go(page, "Allocate")
        page.get_by_role("slider", name="Floor: smallest").press("End")
        expect(page.get_by_text("No plan keeps all these limits")).to_be_visible()
        page.get_by_role("button", name="Raise the stock of beds").click()
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        visitor.settled(page)
        visitor.ask_about(page, "By region")
        table = page.get_by_test_id("stDataFrame").last
        table.scroll_into_view_if_needed()
        corner = table.bounding_box()
        assert corner is not None
        page.mouse.click(corner["x"] + 16, corner["y"] + 52)
        page.get_by_role("button", name="Lock ").first.click()
        expect(page.get_by_text("Locked regions: 1.")).to_be_visible()
        page.reload()
        visitor.settled(page)
        expect(page.get_by_text("Locked regions: 1.")).to_be_visible()
        page.get_by_role("button", name="Unlock all").click()
        expect(page.get_by_text("Locked regions: 1.")).to_have_count(0)
    assert outside == []
