"""What the server adds around the screens, and what it forbids."""

import asyncio
import inspect
import tomllib
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Send

from medalloc.ui.frame import memory, server


def run(made: Callable[[], Coroutine[object, object, object]]) -> None:
    """Run what is made in a thread of its own, because a browser test in the same process keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(made())).result()


def asked(path: str, host: str = "127.0.0.1:8501") -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of one request."""
    app = Starlette(routes=server.ROUTES, middleware=server.MIDDLEWARE)
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
    }
    said: list[Message] = []

    left: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    request = {**scope, "headers": [(b"host", host.encode())]}

    async def answered() -> None:
        await asyncio.wait_for(app(request, receive, send), 20)

    run(answered)
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(each.get("body", b"") for each in said[1:])


def test_the_server_says_that_it_is_up() -> None:
    assert asked("/healthz")[::2] == (200, b"ok")


def test_boundaries_are_served_and_nothing_beside_them() -> None:
    assert asked("/boundaries/us_states.json")[0] == 200
    assert asked("/boundaries/../README.md")[0] == 404


def test_every_answer_forbids_loading_from_or_sending_to_another_machine() -> None:
    policy = asked("/healthz")[1]["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://127.0.0.1:8501 wss://127.0.0.1:8501;" in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")


def named(headers: list[tuple[bytes, bytes]], kind: str = "text/html; charset=utf-8") -> str | None:
    """Return the cookie that comes with an answer."""
    said: list[Message] = []

    async def application(_scope: object, _receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "scheme": "http", "server": ("x", 80), "query_string": b""}
    run(lambda: server.KnownBrowser(application)({**scope, "headers": headers}, None, send))  # type: ignore[arg-type]
    return next((value.decode() for name, value in said[0]["headers"] if name == b"set-cookie"), None)


def test_a_browser_gets_a_name_that_it_keeps_and_that_no_script_reads() -> None:
    first, second = named([]), named([])
    assert first is not None and second is not None and first != second
    value = first.partition(";")[0]
    assert len(value.partition("=")[2]) == 43 and "HttpOnly; SameSite=Lax" in first and "Secure" not in first
    again = named([(b"cookie", value.encode()), (b"x-forwarded-proto", b"https")])
    assert again is not None and again.partition(";")[0] == value and again.endswith("Secure")
    forged = named([(b"cookie", b"medalloc_browser=abc")])
    assert forged is not None and "=abc;" not in forged
    assert named([], "application/json") is None


def test_a_forged_host_cannot_write_into_the_policy() -> None:
    policy = asked("/healthz", host="evil.example; script-src *")[1]["content-security-policy"]
    assert "evil.examplescript-src " in policy
    assert "script-src *" not in policy


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        (None, True),
        ("http://127.0.0.1:8501", True),
        ("http://127.0.0.1:9999", False),
        ("http://127.0.0.1:8501.evil.example", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_a_page_of_another_machine_is_refused_before_streamlit_asks_the_internet_who_it_is(
    origin: str | None, let_in: bool
) -> None:
    reached, said = [], []

    async def application(scope: object, receive: object, send: object) -> None:  # noqa: ARG001
        reached.append(True)

    async def connect() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message["type"])

    headers = [(b"host", b"127.0.0.1:8501"), *([] if origin is None else [(b"origin", origin.encode())])]
    run(lambda: server.OwnOrigin(application)({"type": "websocket", "headers": headers}, connect, send))
    assert (bool(reached), said) == (let_in, [] if let_in else ["websocket.close"])


def test_the_server_sends_nothing_to_other_machines_and_lets_no_formula_out() -> None:
    settings = tomllib.loads((Path(server.ROOT) / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    # without an address of its own, streamlit asks checkip.amazonaws.com for one
    assert settings["browser"]["serverAddress"] == settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["showEmailPrompt"] is False
    # the toolbar of a table writes cells as they are; our downloads escape them
    assert settings["client"]["disableDataExport"] is True


def test_garbage_is_looked_for_once_in_a_while_by_what_streamlit_calls_after_every_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    now = iter([100.0, 100.1, 109.9, 110.0])
    monkeypatch.setattr(memory, "monotonic", lambda: next(now))
    monkeypatch.setattr(memory.gc, "collect", lambda generation: looked.append(generation) or 7)
    seldom = memory.Seldom(10.0)
    assert [seldom.collect(2) for _ in range(4)] == [7, 0, 0, 7] and looked == [2, 2]
    assert "gc.collect(" in inspect.getsource(memory.script_runner)
