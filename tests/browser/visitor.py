"""What a visitor does in the browser, and what their browser asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, expect

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
]
PAGES = (
    *("Home", "Data", "Prepare", "Need", "Demand", "Allocate", "Patients", "What if"),
    *("Live", "Report", "Learn", "Check us"),
)
SLOW = 60_000
"""Milliseconds a page may take on a loaded machine."""
expect.set_options(timeout=SLOW)
TRAINING = 240_000
"""Milliseconds a training may take there."""

STILL = """() => new Promise(still => {
    const end = () => { watch.disconnect(); clearTimeout(quiet); clearTimeout(latest); still() };
    const watch = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(end, 400) });
    let quiet = setTimeout(end, 400);
    const latest = setTimeout(end, 10000);
    watch.observe(document.body, { childList: true, subtree: true });
})"""
"""Resolves when nothing on the page has come or gone for 0.4 seconds, or after ten seconds of unrest."""


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the Chromium that was found."""
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@dataclass(frozen=True)
class Kept:
    """A study that a visitor left, and what makes a browser theirs."""

    query: str
    """The end of its address."""

    state: Any
    """What their browser keeps."""


def left(page: Page) -> Kept:
    """Return what finds the study of a page again, as whoever made it."""
    return Kept(page.url.partition("?")[2], page.context.storage_state())


@contextmanager
def visit(
    browser: Browser, address: str, *, scheme: str = "light", width: int = 1280, of: Kept | None = None
) -> Iterator[tuple[Page, list[str]]]:
    """Open a page of its own, or of somebody who was here, and collect every request that would leave the machine."""
    outside: list[str] = []
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        base_url=address,
        storage_state=None if of is None else of.state,
    )
    host = urlsplit(address).netloc

    def note(asked: str) -> None:
        parts = urlsplit(asked)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != host:
            outside.append(asked)

    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    try:
        yield page, outside
    finally:
        context.close()


def settled(page: Page) -> None:
    """Wait until the script has run and nothing comes or goes any more."""
    idle = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    idle.wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    # a busy browser puts up what it was told some time after the script has ended
    page.evaluate(STILL)
    idle.wait_for()


def go(page: Page, name: str) -> None:
    """Follow the sidebar's link to a screen."""
    narrow = (page.viewport_size or {"width": 1280})["width"] < 768
    if narrow and page.get_by_test_id("stSidebar").get_attribute("data-collapsed") == "true":
        page.get_by_test_id("stExpandSidebarButton").click()
        page.wait_for_timeout(500)
    page.locator("[data-testid=stSidebarNav]").get_by_role("link", name=name, exact=True).click()
    if narrow:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    title = "medalloc" if name == "Home" else name
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    settled(page)


def unfold(page: Page, label: str) -> None:
    """Open what is folded, and wait until what is in it stands still: a click may miss what is still moving."""
    page.get_by_text(label).click()
    settled(page)


def take_sample(page: Page) -> None:
    """Take the default sample on the Data screen, right after the start."""
    page.goto("/")
    settled(page)
    go(page, "Data")
    page.get_by_role("button", name="Use this sample").first.click()
    settled(page)


def story(page: Page, name: str) -> None:
    """Open one of the finished plans on Home, and wait until its map is there."""
    page.goto("/")
    settled(page)
    page.get_by_role("button", name=f"Open the plan of {name}").click()
    page.get_by_role("heading", name="Allocate", exact=True, level=1).wait_for(timeout=TRAINING)
    page.get_by_test_id("stVegaLiteChart").first.wait_for()
    settled(page)


def train(page: Page) -> None:
    """Train the suggested models on the Need screen and wait for the leaderboard."""
    go(page, "Need")
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text("Question about the model").wait_for(timeout=TRAINING)
    settled(page)


def ask_about(page: Page, question: str) -> None:
    """Choose what is looked at closely: of the chosen model on Need, of the plan on Allocate."""
    page.get_by_role("radio", name=question, exact=True).click()
    settled(page)
