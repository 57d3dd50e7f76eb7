"""Who is believed, who is let in, and how much of the server one visitor may take."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medalloc.errors import InputError
from medalloc.ui.frame import door, limits
from medalloc.ui.frame.door import NamedProxies, OnlyHere
from medalloc.ui.frame.limits import Admission, Bucket

HERE, ELSEWHERE, PROXY = "127.0.0.1", "192.0.2.7", "10.1.2.3"
Header = tuple[bytes, bytes]


def request(client: str = HERE, headers: Sequence[Header] = (), path: str = "/", kind: str = "http") -> Scope:
    known = {b"host": b"localhost:8501", **dict(headers)}
    return {
        "type": kind,
        "method": "GET",
        "path": path,
        "scheme": "http",
        "client": (client, 5000),
        "headers": list(known.items()),
    }


def answered(made: Callable[[ASGIApp], ASGIApp], *scopes: Scope) -> tuple[list[int], list[Scope]]:
    """Return how each request was answered, and what reached the application."""
    reached: list[Scope] = []
    said: list[int] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        reached.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.close"):
            said.append(message.get("status") or message["code"])

    async def every() -> None:
        asked = made(application)
        for scope in scopes:
            await asked(scope, receive, send)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(every())).result()
    return said, reached


def test_only_a_proxy_that_is_named_may_say_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(door.PROXIES, "10.0.0.0/8, ::1")
    told = ((b"x-forwarded-for", b"203.0.113.9, 198.51.100.4"), (b"x-forwarded-proto", b"https"))
    told = (*told, (b"x-user-email", b"ann@example.org"))
    monkeypatch.setattr(door, "get_option", lambda _name: {"X-User-Email": "email"})
    _, (by_proxy, forged) = answered(NamedProxies, request(PROXY, told), request(ELSEWHERE, told))
    assert by_proxy["client"] == ("198.51.100.4", 0) and by_proxy["scheme"] == "https"
    assert (b"x-user-email", b"ann@example.org") in by_proxy["headers"]
    assert forged["client"][0] == ELSEWHERE and forged["scheme"] == "http"
    assert [name for name, _ in forged["headers"]] == [b"host"]
    # uvicorn takes the word of any proxy on this machine first: it is named, or its visitors are from elsewhere
    rewritten = {**request(ELSEWHERE, told), "client": (ELSEWHERE, 0)}
    _, (unnamed, unread) = answered(NamedProxies, rewritten, request(HERE, told))
    assert unnamed["client"][0] == ELSEWHERE and len(unnamed["headers"]) == len(unread["headers"]) == 1
    assert not door.is_this_machine(unread)
    monkeypatch.setenv(door.PROXIES, HERE)
    _, (named,) = answered(NamedProxies, rewritten)
    assert named["client"][0] == "198.51.100.4" and (b"x-user-email", b"ann@example.org") in named["headers"]


@pytest.mark.parametrize(
    ("client", "has_accounts", "is_open", "path", "host", "status"),
    [
        (HERE, False, "", "/", b"localhost", 200),
        (ELSEWHERE, False, "", "/", b"localhost", 403),
        ("not an address", False, "", "/", b"localhost", 403),
        (ELSEWHERE, True, "", "/", b"localhost", 200),
        (ELSEWHERE, False, "1", "/", b"localhost", 200),
        (ELSEWHERE, True, "", "/_stcore/metrics", b"localhost", 403),
        (HERE, True, "", "/healthz", b"evil.example", 403),
    ],
)
def test_without_accounts_no_other_machine_is_let_in_and_never_under_a_strange_name(
    client: str, has_accounts: bool, is_open: str, path: str, host: bytes, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "has_accounts", lambda: has_accounts)
    monkeypatch.setenv(door.OPEN, is_open)
    for kind, refused in (("http", 403), ("websocket", 1008)):
        said, reached = answered(OnlyHere, request(client, ((b"host", host),), path, kind))
        assert (said[0], bool(reached)) == ((200, True) if status == 200 else (refused, False))


def browser(name: str) -> Header:
    return (b"cookie", f"medalloc_browser={name}".encode())


def test_as_many_are_let_in_as_the_machine_carries_and_whoever_is_in_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VISITORS, "2")
    said: list[tuple[str, int]] = []
    page = (b"accept", b"text/html")

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})

    async def every() -> None:
        admission, leave = Admission(application), asyncio.Event()

        async def receive() -> Message:
            await leave.wait()
            return {"type": "websocket.disconnect"}

        async def ask(name: str, kind: str) -> None:
            async def send(message: Message) -> None:
                if message["type"] in ("http.response.start", "websocket.close"):
                    said.append((name, message.get("status") or message["code"]))

            await admission(request(ELSEWHERE, (browser(name), page), kind=kind), receive, send)

        pages = [asyncio.create_task(ask(name, "websocket")) for name in ("ann", "bo", "ann")]
        await asyncio.sleep(0)
        await ask("cy", "http")
        await ask("cy", "websocket")
        await ask("ann", "http")
        leave.set()
        await asyncio.gather(*pages)
        await ask("cy", "http")

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(every())).result()
    assert said == [("cy", 503), ("cy", 1013), ("ann", 200), ("cy", 200)]
    monkeypatch.setenv(limits.VISITORS, "many")
    with pytest.raises(InputError, match="whole number"):
        limits.most_visitors()


def test_who_asks_too_fast_or_for_too_much_is_refused_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BURST", 5.0)
    large = request(HERE, ((b"content-length", b"900000000"),))
    asked = [request(ELSEWHERE)] * 7 + [request(PROXY), request(HERE), large]
    assert answered(Admission, *asked)[0] == [200] * 5 + [429, 429, 200, 200, 413]


def test_a_bucket_fills_with_time_and_asking_on_has_an_end() -> None:
    clock = [0.0]
    bucket = Bucket(rate=2.0, most=4.0, now=lambda: clock[0])
    assert [bucket.wait() for _ in range(6)] == [0, 0, 0, 0, 0.5, 1.0]
    for _ in range(100):
        bucket.wait()
    assert bucket.wait() == 2.0
    clock[0] = 10.0
    assert bucket.wait() == 0
