"""Three people sign in at an identity provider on this machine, and each may do what their role says."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from medalloc.safety.access import Access, write_access
from tests.browser import server, visitor
from tests.browser.test_screens import faults

pytestmark = pytest.mark.browser

PEOPLE = (
    {"sub": "ann", "email": "ann@example.org", "email_verified": True},
    {"sub": "bo", "email": "bo@example.org", "email_verified": True},
    # where no list names somebody, the provider may
    {"sub": "cy", "email": "cy@example.org", "profile": "administrator"},
)


ROLES = {"ann": "planner", "bo": "viewer", "cy": "administrator"}


@contextmanager
def provider() -> Iterator[str]:
    """Start an identity provider that speaks the real protocol on this machine, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
    # in a process of its own, as what it stands on warns of its end
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *people]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server.wait_for(f"http://127.0.0.1:{port}/.well-known/openid-configuration", started)
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait(timeout=30)


@contextmanager
def signed_in(browser: Browser, address: str, who: str, path: str = "/") -> Iterator[Page]:
    """Sign in as somebody, and stand on a screen."""
    with visitor.visit(browser, address) as (page, _):
        page.goto(path)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name=who, exact=True).click()
        page.get_by_text(f"· {ROLES[who]}").wait_for()
        visitor.settled(page)
        yield page


def test_a_planner_changes_a_viewer_looks_and_an_administrator_manages(browser: Browser, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    write_access(kept, Access("profile", viewers=("bo@example.org",), planners=("ann@example.org",)))
    with provider() as at:
        told = f"{at}/.well-known/openid-configuration"

        def environment(address: str) -> Mapping[str, str]:
            (tmp_path / "secrets.toml").write_text(
                f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{"x" * 64}"\n'
                f'client_id = "medalloc"\nclient_secret = "s"\nserver_metadata_url = "{told}"\n'
            )
            return {
                "MEDALLOC_PRIVATE": "",
                "MEDALLOC_WORKSPACE": str(kept),
                "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"),
            }

        with server.running(environment) as address:
            with signed_in(browser, address, "ann") as page:
                visitor.story(page, "the world")
                floor = page.get_by_role("slider", name="Floor: smallest coverage")
                floor.press("ArrowRight")
                visitor.settled(page)
                chosen, query = floor.input_value(), page.url.partition("?")[2]
            with signed_in(browser, address, "bo", f"/allocate?{query}") as page:
                # who follows a link is where it leads, after signing in
                assert page.url == f"{address}/allocate?{query}"
                floor = page.get_by_role("slider", name="Floor: smallest coverage")
                assert floor.input_value() == chosen and floor.is_disabled()
                links = page.get_by_test_id("stSidebarNav").get_by_role("link").all_inner_texts()
                assert "Allocate" in links and not {"Data", "Prepare", "Patients"} & set(links)
                with page.expect_download() as download:
                    page.get_by_role("button", name="Download CSV").first.click()
                assert b"region" in Path(download.value.path()).read_bytes().lower()
                assert faults(page) == []
                visitor.go(page, "Home")
                expect(page.get_by_text("Manage the workspace")).to_have_count(0)
            with signed_in(browser, address, "cy") as page:
                visitor.unfold(page, "Manage the workspace")
                page.get_by_role("button", name="Check the trail and every file").click()
                expect(page.get_by_text("every file is as it was written")).to_be_visible()
                visitor.settled(page)
                assert faults(page) == []
                page.get_by_role("button", name="Sign out").click()
                page.get_by_role("button", name="End session").click()
                expect(page.get_by_role("button", name="Sign in")).to_be_visible()
            # who is not signed in gets nothing of a study by its address, nor a forged name by a header
            with visitor.visit(browser, address) as (page, _):
                page.goto(f"/allocate?{query}")
                expect(page.get_by_role("button", name="Sign in")).to_be_visible()
                assert page.get_by_role("slider").count() == 0
            with pytest.raises(HTTPError, match="403"):
                urlopen(Request(f"{address}/healthz", headers={"Host": "evil.example"}))
