"""Seconds a visitor waits: a first Home screen, a page switch, a slider of What if, a slider under a map.

    python -m benchmarks.screens

A real browser on this machine, its work included; the middle of several tries counts.
"""

import csv
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
COUNTIES = server.ROOT / "sample_data" / "regions_us_counties.csv"

NOTE_DRAWING = """
addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
const charted = node => (node.closest ? node : node.parentElement)?.closest("[data-testid=stVegaLiteChart]");
new MutationObserver(changes => {
    // the next frame is the first one that shows them
    if (changes.some(change => charted(change.target)))
        requestAnimationFrame(() => { window.drawn = performance.now(); });
}).observe(document, { subtree: true, childList: true, attributes: true });
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...given) {
    // maps of thousands are drawn on a canvas; so are tables
    if (this.canvas.closest?.("[data-testid=stVegaLiteChart]")) window.drawn = performance.now();
    return fill.apply(this, given);
};
"""
"""Lets the browser itself note when a key went down and when a chart last changed. [ms]"""


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
    """Return the middle of the seconds from a slider's step to a new answer."""
    # the answer is rounded to percent, of the figures one or another changes with every step
    figures = page.get_by_test_id("stMain").get_by_test_id("stMetric")
    seconds = []
    for _ in range(TRIES):
        before = figures.all_inner_texts()
        handle = page.get_by_role("slider", name="Demand changes")
        seconds.append(waited(lambda: handle.press("ArrowRight"), lambda: figures.all_inner_texts() != before, page))  # noqa: B023
        visitor.settled(page)
    return statistics.median(seconds)


def under_a_map(page: Page) -> float:
    """Return the middle of the seconds from a step of the floor to the last change of the redrawn map."""
    handle = page.get_by_role("slider", name="Floor: smallest coverage")
    seconds: list[float] = []
    for _ in range(TRIES):
        waited(lambda: handle.press("ArrowRight"), lambda: page.evaluate("window.drawn > window.pressed"), page)
        visitor.settled(page)
        seconds.append(float(page.evaluate("window.drawn - window.pressed")) / 1000)
    return statistics.median(seconds)


def sliders(page: Page, table: Path) -> list[tuple[str, float]]:
    """Return what each slider took with a table of regions, by what is changed by it."""
    visitor.go(page, "Data")
    page.locator("input[type=file]").first.set_input_files(table)
    page.get_by_text(f"In use: {table.name}").wait_for(timeout=1000 * PATIENCE)
    visitor.go(page, "What if")
    figures = slider(page)
    visitor.go(page, "Allocate")
    return [("a new answer", figures), ("a redrawn map", under_a_map(page))]


def tables_of_regions(folder: str) -> tuple[Path, Path]:
    """Write a table of states and one of counties, whose worth differs, so that every step of the floor is seen."""
    with COUNTIES.open(encoding="utf-8") as source:
        counties = list(csv.DictReader(source))
    states = sorted({row["state"] for row in counties})[:REGIONS]
    few = [f"{state},{1000 * (900 + 37 * each % 411)},{1 + each % 5}" for each, state in enumerate(states)]
    many = [f'"{row["region"]}",{row["demand"]},{1 + each % 5}' for each, row in enumerate(counties)]
    paths = (Path(folder) / "states.csv", Path(folder) / "counties.csv")
    for path, rows in zip(paths, (few, many), strict=True):
        path.write_text("region,demand,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return paths


def main() -> None:
    """Print what was measured."""
    path = chromium.find()
    if path is None:
        print("screens: not measured, there is no Chromium on this machine")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser, begun = visitor.launch(playwright, path), time.perf_counter()
        with server.running() as address, visitor.visit(browser, address) as (page, _):
            page.add_init_script(NOTE_DRAWING)
            page.goto("/")
            page.get_by_role("button", name="Open the plan of the world").wait_for()
            first = time.perf_counter() - begun
            visitor.take_sample(page)
            switch = page_switches(page)
            few, many = (sliders(page, table) for table in tables_of_regions(folder))
        browser.close()
    print(line("server started to Home drawn, seconds", first, 5.0, first / 5.0, "at most 1"))
    print(line("slowest page switch on the sample, seconds", switch, 1.0, switch / 1.0, "at most 1"))
    for regions, found, aim in ((f"{REGIONS}", few, 0.3), ("3,142", many, 0.6)):
        for what, seconds in found:
            said = f"slider to {what} at {regions} regions, seconds"
            print(line(said, seconds, aim, seconds / aim, "at most 1"))


if __name__ == "__main__":
    main()
