"""A server with accounts, an identity provider on this machine, and three people who sign in there."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from medalloc.safety.access import Access, write_access
from medalloc.saved import Objects
from medalloc.workspace import Workspace
from tests.browser import server, visitor

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
        started.wait(timeout=server.PATIENCE)


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


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server whose workspace lies in a folder, with the provider, and give its address."""
    kept = folder / "kept"
    # as the command that gives roles does: what is written is encrypted where there is a key
    Workspace(kept).store.close()
    write_access(Objects(kept), Access("profile", viewers=("bo@example.org",), planners=("ann@example.org",)))
    with provider() as at:
        told = f"{at}/.well-known/openid-configuration"

        def environment(address: str) -> Mapping[str, str]:
            (folder / "secrets.toml").write_text(
                f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{"x" * 64}"\n'
                f'client_id = "medalloc"\nclient_secret = "s"\nserver_metadata_url = "{told}"\n'
            )
            return {
                "MEDALLOC_PRIVATE": "",
                "MEDALLOC_WORKSPACE": str(kept),
                "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"),
            }

        with server.running(environment) as address:
            yield address
