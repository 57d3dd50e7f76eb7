"""Seconds a visitor waits: a first Home screen, a page switch, a slider of What if.

    python -m benchmarks.screens

A real browser on this machine, its work included; the middle of several tries counts.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.need import line
from tests.browser import chromium, server, visitor

REGIONS = 50
TRIES = 7
PATIENCE = 30.0


def waited(act: Callable[[], None], done: Callable[[], bool], page: Page) -> float:
    """Return the seconds from an act until its result is on the screen."""
    begun = time.perf_counter()
    act()
    while not done():
        if time.perf_counter() - begun > PATIENCE:
            raise RuntimeError("The screen did not change.")
        page.wait_for_timeout(5)
    return time.perf_counter() - begun


def page_switches(page: Page) -> float:
    """Return the slowest of the seconds of a walk over all screens."""
    seconds = []
    for name in visitor.PAGES[1:]:
        link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
        title = page.get_by_role("heading", name=name, exact=True, level=1)
        seconds.append(waited(link.click, title.is_visible, page))
        visitor.settled(page)
    return max(seconds)


def slider(page: Page) -> float:
    """Return the middle of the seconds from a slider's step to new numbers."""
    figure = page.get_by_test_id("stMetric").nth(1)
    seconds = []
    for _ in range(TRIES):
        before = figure.inner_text()
        handle = page.get_by_role("slider", name="Demand changes")
        seconds.append(waited(lambda: handle.press("ArrowRight"), lambda: figure.inner_text() != before, page))  # noqa: B023
        visitor.settled(page)
    return statistics.median(seconds)


def table_of_regions(folder: str) -> Path:
    """Write a table of regions without a pattern that would make it easy."""
    rows = [f"R{each},{900 + 37 * each % 411},{3 + each % 5}" for each in range(REGIONS)]
    path = Path(folder) / "regions.csv"
    path.write_text("region,demand,existing_beds\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Print what was measured."""
    path = chromium.find()
    if path is None:
        print("screens: not measured, there is no Chromium on this machine")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser, begun = visitor.launch(playwright, path), time.perf_counter()
        with server.running() as address, visitor.visit(browser, address) as (page, _):
            page.goto("/")
            page.get_by_role("button", name="Try the sample").wait_for()
            first = time.perf_counter() - begun
            visitor.take_sample(page)
            switch = page_switches(page)
            visitor.go(page, "Data")
            page.locator("input[type=file]").first.set_input_files(table_of_regions(folder))
            page.get_by_text("In use: regions.csv").wait_for()
            visitor.go(page, "What if")
            moved = slider(page)
        browser.close()
    print(line("server started to Home drawn, seconds", first, 5.0, first / 5.0, "at most 1"))
    print(line("slowest page switch on the sample, seconds", switch, 1.0, switch / 1.0, "at most 1"))
    print(line(f"slider to new numbers at {REGIONS} regions, seconds", moved, 0.3, moved / 0.3, "at most 1"))


if __name__ == "__main__":
    main()
