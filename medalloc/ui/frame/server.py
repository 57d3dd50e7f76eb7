"""The application around the screens: what it serves beside them, and what it forbids a browser to do."""

import pkgutil
import re
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from altair.utils.schemapi import disable_debug_mode
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from medalloc import ui
from medalloc.geography.boundaries import COUNTRIES, every_set, packed
from medalloc.geography.own.matching import FOLDER as OWN
from medalloc.ui.account import has_accounts
from medalloc.ui.frame import memory
from medalloc.ui.frame.around import Around
from medalloc.ui.frame.door import NamedProxies, OnlyHere
from medalloc.ui.frame.limits import Admission
from medalloc.ui.frame.returning import BackToWhatWasAsked
from medalloc.ui.kept import drawn_boundaries
from medalloc.ui.visit import BROWSER, close, jobs

ROOT = Path(__file__).parents[3]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self' ws://{host} wss://{host}",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)
"""Nothing is loaded from, or sent to, another machine than the one the page came from."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
"""What a browser is told beside that."""

ONLY_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
"""What it is told where the connection is encrypted already."""


class SecurityHeaders(Around):
    """Adds the security headers to every answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        told = HEADERS | (ONLY_ENCRYPTED if scope.get("scheme") == "https" else {})
        host = re.sub(r"[^\w.:\[\]-]", "", Headers(scope=scope).get("host", "")) if scope["type"] == "http" else ""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update({**told, "Content-Security-Policy": POLICY.format(host=host)})
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class OwnOrigin(Around):
    """Refuses live connections from pages of other machines.

    Streamlit would refuse most of them, too, but asks a service on the internet first whether they are its own.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from a page of this server, or from no page."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and origin.partition("://")[2] != headers.get("host"):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


class KnownBrowser(Around):
    """Gives each browser a name that nobody else can know, by which it finds its own studies again."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a page renews the name, or gives one."""
        asked = Request(scope) if scope["type"] == "http" else None
        secure = asked is not None and "https" in (asked.url.scheme, asked.headers.get("x-forwarded-proto"))

        async def send_with_name(message: Message) -> None:
            page = MutableHeaders(scope=message) if message["type"] == "http.response.start" else None
            if asked is not None and page is not None and page.get("content-type", "").startswith("text/html"):
                known = asked.cookies.get(BROWSER, "")
                named = known if re.fullmatch(r"[\w-]{43}", known, re.ASCII) else secrets.token_urlsafe(32)
                kept = f"Max-Age={SECONDS_KNOWN}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"
                page.append("set-cookie", f"{BROWSER}={named}; {kept}")
            await send(message)

        await self.app(scope, receive, send_with_name)


async def health(_request: object) -> PlainTextResponse:
    """Say that the server is up."""
    return PlainTextResponse("ok")


SECONDS_KNOWN = 366 * 86_400
"""How long a browser keeps its name after its last visit. [s]"""

ENTRY = Path(__file__).with_name("entry.py")
"""The script that runs for every visitor."""


async def country(request: Request) -> Response:
    """Give the regions of one country, as they are packed."""
    name = f"{COUNTRIES}/{request.path_params['code']}"
    if name not in every_set():
        return Response(status_code=404)
    return Response(packed(name), headers={"Content-Encoding": "gzip"}, media_type="application/json")


async def own_boundaries(request: Request) -> Response:
    """Give boundaries that somebody brought to whoever knows what they are called: who has a map of them."""
    name = request.path_params["sha256"]
    path = drawn_boundaries() / f"{name}.json"
    if not re.fullmatch("[0-9a-f]{64}", name) or not path.exists():
        return Response(status_code=404)
    return FileResponse(path, media_type="application/json")


ROUTES = [
    Route("/healthz", health),
    Route(f"/boundaries/{COUNTRIES}/{{code}}.json", country),
    Route(f"/boundaries/{OWN}/{{sha256}}.json", own_boundaries),
    Mount("/boundaries", StaticFiles(directory=ROOT / "sample_data" / "boundaries")),
]
"""What is served beside the screens."""

MIDDLEWARE = [
    Middleware(each)
    for each in (NamedProxies, SecurityHeaders, OnlyHere, Admission, OwnOrigin, KnownBrowser, BackToWhatWasAsked)
]
"""What every answer passes through."""


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Say who is let in, and clear up when the server is told to end: after that the process goes without a word."""
    if not has_accounts():
        print("No identity provider is set up: medalloc serves this machine only (docs/deploy.md).", file=sys.stderr)
    later = memory.load_models_later()
    yield
    later.cancel()
    close()


def load_rooms() -> None:
    """Open the workspace and load what the screens are made of, for which the first visitors would wait otherwise."""
    memory.give_back()
    # charts are held against their schema where they are tested; a visitor would wait for it with every run
    disable_debug_mode()
    jobs()
    for each in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        # the entry is no module: it runs a page
        if not each.name.startswith(f"{ui.__name__}.frame"):
            import_module(each.name)
    memory.collect_seldom()
