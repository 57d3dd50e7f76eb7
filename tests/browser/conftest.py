"""A Chromium and a server for all browser tests of a run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, server, visitor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail("There is no Chromium on this machine and none could be installed; install one to run these tests.")
    with sync_playwright() as playwright:
        started = visitor.launch(playwright, path)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with server.running() as started:
        yield started


@pytest.fixture(scope="session")
def trained(browser: Browser, address: str) -> visitor.Kept:
    """Take the default sample, train on it once, and return what finds this visit again."""
    with visitor.visit(browser, address) as (page, outside):
        visitor.take_sample(page)
        visitor.train(page)
        assert outside == []
        return visitor.left(page)
