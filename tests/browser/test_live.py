"""A folder is watched: what is dropped there is on the screen by itself, and a move that is accepted stays."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import server, visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser
SITES = ("Dayton OH", "Seattle WA", "Fitchburg MA", "Franklin County MA", "Charleston SC", "Georgetown County SC")


def drop(folder: Path, day: str, **counts: int) -> None:
    """Write numbers as a sender does: under another name first."""
    rows = [f"{site},{counts.get(site.split()[0], 3000)},{day}" for site in SITES]
    hidden = folder / f".{day}.csv"
    hidden.write_text("\n".join(["region,count,at", *rows]))
    hidden.rename(folder / f"{day}.csv")


def test_numbers_that_are_dropped_appear_by_themselves_and_an_accepted_move_is_on_the_board(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "feeds" / "ward"
    folder.mkdir(parents=True)
    with (
        server.running({"MEDALLOC_FEEDS": str(folder.parent)}) as address,
        visitor.visit(browser, address) as (page, _),
    ):
        visitor.story(page, "six sites")
        visitor.go(page, "Live")
        page.get_by_role("radio", name="A watched folder").click()
        visitor.settled(page)
        drop(folder, "2026-11-01")
        expect(page.get_by_text("As of 2026-11-01")).to_be_visible()
        # nobody presses anything
        drop(folder, "2026-11-08", Dayton=2_000_000, Seattle=20)
        expect(page.get_by_text("As of 2026-11-08")).to_be_visible()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("heading", name="Board of moves")).to_be_visible()
        visitor.settled(page)
        assert faults(page) == []
        (folder / "2026-11-15.csv").write_text("region,count\nAtlantis,3\n")
        expect(page.get_by_text("not in the plan: Atlantis")).to_be_visible()
        expect(page.get_by_text("As of 2026-11-08")).to_be_visible()
