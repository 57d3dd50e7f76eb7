"""What one visitor, and all together, may ask of the server: the rest waits, and whoever is in stays quick."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option

from medalloc.errors import refused, require
from medalloc.saved import Limits
from medalloc.ui.frame.around import Around
from medalloc.ui.frame.door import is_this_machine, machine_of, refuse
from medalloc.ui.visit import BROWSER

VISITORS = "MEDALLOC_VISITORS"
"""Variable: most visitors at once."""

MOST_VISITORS = 50
"""Visitors at once, where nothing else is said. [count]"""

OWN_PAGES = 20
"""Pages that one browser may have open. [count]"""

REQUESTS, BURST = 100.0, 2_000.0
"""Requests of another machine, in the long run and at once; a page that is loaded anew takes about a hundred. [1/s],
[count]"""

MOVES, MOVES_BURST = 10.0, 60.0
"""What one page may say, such as a slider that was moved; what comes faster waits. [1/s], [count]"""

AGAIN = 10
"""After how long whoever waits asks again by themselves. [s]"""


@dataclass
class Bucket:
    """Runs empty with every use and fills with time.

    Examples
    --------
    >>> bucket = Bucket(rate=1.0, most=2.0, now=lambda: 0.0)
    >>> [bucket.wait() for _ in range(4)]
    [0.0, 0.0, 1.0, 2.0]
    """

    rate: float
    """How fast it fills. [1/s]"""

    most: float
    """What it holds. [count]"""

    now: Callable[[], float] = time.monotonic
    """Clock. [s]"""

    left: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.at = self.most, self.now()

    def wait(self) -> float:
        """Take one, and return for how long to wait for it [s]; asking on and on has an end to that."""
        now = self.now()
        self.left = max(-self.most, min(self.most, self.left + (now - self.at) * self.rate) - 1)
        self.at = now
        return max(0.0, -self.left / self.rate)


class Admission(Around):
    """Lets in as many as the machine carries; slows down who asks too fast, and refuses what is too large."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self.most = most_visitors()
        self.open: dict[str, int] = {}
        self.asked: dict[str, Bucket] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say when to come again."""
        if scope["type"] == "websocket":
            await self._page(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = _who(scope)
        has_enough = self.open.get(who, 0) >= OWN_PAGES and not is_this_machine(scope)
        if self._is_full(who) or has_enough:
            await send({"type": "websocket.close", "code": 1013})
            return
        self.open[who] = self.open.get(who, 0) + 1
        moves = Bucket(MOVES, MOVES_BURST)

        async def slowly() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and (seconds := moves.wait()):
                await asyncio.sleep(seconds)
            return message

        try:
            await self.app(scope, slowly, send)
        finally:
            self.open[who] -= 1
            if not self.open[who]:
                del self.open[who]

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        who, headers = _who(scope), Headers(scope=scope)
        largest = int(get_option("server.maxUploadSize")) * 1_000_000 + 1_000_000
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > largest:
            await refuse(scope, receive, send, PlainTextResponse("Too large.", 413))
        elif not is_this_machine(scope) and self._bucket(machine_of(scope)).wait() > 0:
            await refuse(scope, receive, send, PlainTextResponse("Too many requests.", 429, {"Retry-After": "1"}))
        elif "text/html" in headers.get("accept", "") and self._is_full(who):
            await refuse(scope, receive, send, _full())
        else:
            await self.app(scope, receive, send)

    def _is_full(self, who: str) -> bool:
        return who not in self.open and len(self.open) >= self.most

    def _bucket(self, machine: str) -> Bucket:
        if len(self.asked) > 10_000:
            # those who asked for nothing in the last seconds have a full one again
            self.asked = {name: each for name, each in self.asked.items() if each.now() - each.at < BURST / REQUESTS}
        return self.asked.setdefault(machine, Bucket(REQUESTS, BURST))


def most_visitors() -> int:
    """Return how many may be here at once.

    Raises
    ------
    InputError
        If what the environment says is no number of visitors.
    """
    said = os.environ.get(VISITORS, "").strip() or str(MOST_VISITORS)
    if not said.isdigit():
        raise refused("{variable} is “{found}”; it must be a whole number.", variable=VISITORS, found=said)
    require(*(() if Limits(1).hold(int(said)) else (Limits(1).fault(VISITORS, int(said)),)))
    return int(said)


def _who(scope: Scope) -> str:
    """Return what tells visitors apart: their browser's name, and without one their machine."""
    return HTTPConnection(scope).cookies.get(BROWSER) or machine_of(scope)


def _full() -> Response:
    said = "All places are taken. This page asks again by itself; whoever is in keeps their place."
    page = f"""<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="{AGAIN}">
<title>medalloc</title><body style="font: 18px/1.5 system-ui; max-width: 34rem; margin: 20vh auto; padding: 0 1rem">
<h1>medalloc</h1><p>{escape(said)}</p></body></html>"""
    return HTMLResponse(page, 503, {"Retry-After": str(AGAIN)})
