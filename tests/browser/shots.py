"""Write a picture of every screen in light, dark and phone width; run by `make shots`."""

import os
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser import chromium, server, signing_in, visitor

FOLDER = server.ROOT / "shots"
PICTURES = server.ROOT / "medalloc" / "ui" / "home" / "pictures"
TITLE = 40
"""Height of the title and source of a picture. [pixels]"""
LEGEND = 98
"""Height of its legend, whose words are of one language. [pixels]"""

LOOKS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", 390)}


def whole(page: Page, path: Path) -> None:
    """Write the whole screen, not only what fits the window."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    size = page.viewport_size or {"width": 1280, "height": 900}
    page.set_viewport_size({"width": size["width"], "height": max(900, int(height) + 20)})
    page.wait_for_timeout(900)
    page.screenshot(path=path)
    page.set_viewport_size(size)


def stories(browser: Browser, address: str) -> list[str]:
    """Renew the small pictures of the finished plans on Home, and the README's; return what was asked elsewhere."""
    outside: list[str] = []
    for key, name in {"patients": "six sites", "regions": "the world", "counts": "Boston"}.items():
        for scheme in ("light", "dark"):
            with visitor.visit(browser, address, scheme=scheme) as (page, asked):
                visitor.story(page, name)
                page.set_viewport_size({"width": 1280, "height": 1000})
                # the tour lies on what it tells of
                page.get_by_role("button", name="Skip the tour").click()
                visitor.settled(page)
                page.mouse.move(0, 0)
                drawn = page.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first
                place = drawn.bounding_box()
                assert place is not None
                top, height = place["y"] + TITLE, place["height"] - TITLE - LEGEND
                # a card has words of its own in place of title, source and legend
                page.screenshot(
                    path=PICTURES / f"{key}-{scheme}.png",
                    clip={"x": place["x"], "y": top, "width": place["width"], "height": height},
                )
                if (key, scheme) == ("regions", "light"):
                    page.screenshot(path=server.ROOT / "docs" / "allocate.png")
                outside += asked
    return outside


def chinese(browser: Browser, address: str) -> list[str]:
    """Renew the pictures of the Chinese guide; return what was asked elsewhere."""
    with visitor.visit(browser, address) as (page, outside):
        visitor.story(page, "the world")
        page.get_by_text("简体中文").click()
        page.get_by_role("heading", name="资源配置", exact=True, level=1).wait_for(timeout=visitor.TRAINING)
        visitor.settled(page)
        page.mouse.move(0, 0)
        page.screenshot(path=server.ROOT / "docs" / "allocate.zh.png")
        page.get_by_role("link", name="情景推演").first.click()
        page.get_by_role("heading", name="情景推演", exact=True, level=1).wait_for(timeout=visitor.TRAINING)
        visitor.settled(page)
        page.mouse.move(0, 0)
        page.screenshot(path=server.ROOT / "docs" / "what_if.zh.png")
        return outside


def patients(browser: Browser, address: str) -> list[str]:
    """Renew the README's picture of who is first; return what was asked elsewhere."""
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Patients")
        page.get_by_role("button", name="Take the sample of patients waiting").click()
        page.get_by_text("How the list is made").wait_for()
        page.get_by_test_id("stDataFrame").first.locator("canvas").first.wait_for()
        visitor.settled(page)
        page.mouse.move(0, 0)
        page.screenshot(path=server.ROOT / "docs" / "patients.png")
        return outside


def live(browser: Browser, address: str) -> list[str]:
    """Renew the README's picture of what is watched; return what was asked elsewhere."""
    with visitor.visit(browser, address, scheme="dark") as (page, outside):
        page.goto("/live")
        visitor.settled(page)
        page.get_by_role("button", name="Watch Boston").click()
        page.get_by_role("button", name="Wall display").click(timeout=visitor.TRAINING)
        page.locator(".wall").wait_for()
        page.locator(".tile.alarm").first.wait_for(timeout=visitor.TRAINING)
        # the clock is held, so that nothing is about to change
        page.get_by_role("button", name="Leave the wall display").click()
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Wall display").click()
        page.locator(".wall").wait_for()
        visitor.settled(page)
        page.set_viewport_size({"width": 1280, "height": 1040})
        page.mouse.move(0, 0)
        page.screenshot(path=server.ROOT / "docs" / "live.png")
        return outside


def secure(browser: Browser) -> None:
    """Renew the README's picture of who did what, with people who signed in."""
    # what is kept of these is encrypted, as a team's is
    os.environ["MEDALLOC_KEY"] = secrets.token_hex(32)
    with TemporaryDirectory() as folder, signing_in.running(Path(folder)) as address:
        with signing_in.signed_in(browser, address, "ann") as page:
            visitor.story(page, "the world")
            visitor.ask_about(page, "By region")
            with page.expect_download():
                page.get_by_role("button", name="Download CSV").first.click()
            query = page.url.partition("?")[2]
        with signing_in.signed_in(browser, address, "bo", f"/allocate?{query}"):
            pass
        with signing_in.signed_in(browser, address, "cy") as page:
            page.set_viewport_size({"width": 1280, "height": 1600})
            visitor.unfold(page, "Manage the workspace")
            page.get_by_role("button", name="Check the trail and every file").click()
            page.get_by_text("every file is as it was written").wait_for()
            visitor.settled(page)
            fold = page.get_by_test_id("stExpander").filter(has_text="Manage the workspace")
            fold.screenshot(path=server.ROOT / "docs" / "secure.png")


def main() -> None:
    """Take the default sample once, then look at every screen in every look."""
    path = chromium.find()
    if path is None:
        sys.exit("There is no Chromium to take pictures with; run `make test` once, or install one.")
    FOLDER.mkdir(exist_ok=True)
    outside: list[str] = []
    with sync_playwright() as playwright, server.running() as address:
        browser = visitor.launch(playwright, path)
        with visitor.visit(browser, address) as (page, asked):
            visitor.take_sample(page)
            visitor.train(page)
            made = visitor.left(page)
            outside += asked
        for look, (scheme, width) in LOOKS.items():
            with visitor.visit(browser, address, scheme=scheme, width=width, of=made) as (page, asked):
                page.goto(f"/?{made.query}")
                visitor.settled(page)
                for name in visitor.PAGES:
                    visitor.go(page, name)
                    whole(page, FOLDER / f"{name.lower().replace(' ', '_')}-{look}.png")
                outside += asked
        for renewed in (stories, chinese, patients, live):
            outside += renewed(browser, address)
        secure(browser)
        browser.close()
    if outside:
        sys.exit("Requests that would leave this machine:\n" + "\n".join(sorted(set(outside))))
    print(f"Wrote {len(visitor.PAGES) * len(LOOKS)} pictures to {FOLDER}; no request left the machine.")


if __name__ == "__main__":
    main()
