"""From counts over time to a plan: a wide table, its forecast, one region in full, the allocation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Write counts of three states, one column each."""
    return written(tmp_path, 120)


def written(folder: Path, weeks: int) -> Path:
    """Write the counts of so many weeks."""
    draw = np.random.default_rng(3)
    season = 1 + 0.5 * np.sin(2 * np.pi * np.arange(weeks) / 52)
    dates = pd.date_range("2022-01-02", periods=weeks, freq="7D").strftime("%Y-%m-%d")
    frame = pd.DataFrame({"week": dates})
    for name, height in (("Ohio", 30), ("Iowa", 60), ("Utah", 10)):
        frame[name] = draw.poisson(height * season)
    frame.to_csv(folder / "visits.csv", index=False)
    return folder / "visits.csv"


def take_in(page: Page, file: Path) -> None:
    """Give the Demand screen counts, right after the start."""
    page.goto("/")
    visitor.settled(page)
    visitor.go(page, "Demand")
    page.locator("input[type=file]").first.set_input_files(file)


def forecast(page: Page, file: Path) -> None:
    """Take counts in on the Demand screen and wait for their forecast."""
    take_in(page, file)
    page.get_by_role("button", name="Forecast", exact=True).click()
    page.get_by_role("tab", name="Forecasters").wait_for(timeout=visitor.TRAINING)
    visitor.settled(page)


def test_a_wide_table_of_counts_leads_to_a_forecast_a_region_in_full_and_a_plan(
    browser: Browser, address: str, wide: Path
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        forecast(page, wide)
        opening = page.get_by_role("heading", name="Next 4 weeks")
        expect(opening).to_contain_text("most in Iowa")
        said = opening.inner_text()
        page.get_by_role("tab", name="Years over each other").click()
        expect(page.get_by_label("The years of Iowa over each other").first).to_be_visible()
        page.get_by_role("tab", name="Trend and season").click()
        expect(page.get_by_text("Taken apart by STL")).to_be_visible()
        page.reload()
        visitor.settled(page)
        expect(page.get_by_role("heading", name="Next 4 weeks")).to_have_text(said)
        visitor.go(page, "Allocate")
        expect(page.get_by_test_id("stMetric").filter(has_text="Served")).to_be_visible()
        visitor.ask_about(page, "By region")
        expect(page.get_by_role("region", name="The plan by region")).to_be_visible()
    assert outside == []


def test_a_forecast_with_networks_is_cancelled_and_the_counts_are_still_there(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        # of a shorter history no network learns, and the others are done before anybody could cancel them
        take_in(page, written(tmp_path, 400))
        visitor.unfold(page, "Forecasters and seeds")
        page.get_by_role("button", name="The convolutional network", exact=True).click()
        visitor.settled(page)
        page.get_by_role("radio", name="SGD").click()
        visitor.settled(page)
        times = page.get_by_role("spinbutton", name="Times a network learns")
        times.fill("20")
        times.press("Enter")
        visitor.settled(page)
        page.get_by_role("button", name="Forecast", exact=True).click()
        # the others are tried first, which takes as long as the machine needs
        expect(page.get_by_text("Trying the convolutional network")).to_be_visible(timeout=240_000)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("The last forecast was cancelled.")).to_be_visible()
        expect(page.get_by_text("Counts in use: visits.csv")).to_be_visible()
    assert outside == []
