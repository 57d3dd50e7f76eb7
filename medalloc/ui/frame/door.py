"""Who stands before the server: whose word is taken for it, and who is let in at all."""

import os
from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from medalloc.ui.account import has_accounts
from medalloc.ui.frame.around import Around

PROXIES, OPEN = "MEDALLOC_PROXIES", "MEDALLOC_WITHOUT_ACCOUNTS"
"""Variables: addresses of proxies whose word is taken; whether other machines are let in although nothing says who is
there."""

FORWARDED = ("x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded")
"""What only a proxy has to say."""


class NamedProxies(Around):
    """Takes the word of proxies for who asks, and of nobody else."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        named = os.environ.get(PROXIES, "").split(",")
        self.networks = tuple(ip_network(each.strip()) for each in named if each.strip())
        mapping = get_option("server.trustedUserHeaders")
        self.said = {*FORWARDED, *(each.lower() for each in mapping or ())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as what it is."""
        if scope["type"] in ("http", "websocket"):
            if self._is_proxy(scope):
                scope = {**scope, **_as_told(scope)}
            else:
                own = [each for each in scope["headers"] if each[0].decode("latin-1").lower() not in self.said]
                scope = {**scope, "headers": own, "client": _unnamed(scope)}
        await self.app(scope, receive, send)

    def _is_proxy(self, scope: Scope) -> bool:
        # where uvicorn took the word of a proxy on this machine, there is no port any more
        from_here = scope.get("client") is not None and scope["client"][1] == 0
        try:
            return any(ip_address("127.0.0.1" if from_here else machine_of(scope)) in each for each in self.networks)
        except ValueError:
            return False


def _unnamed(scope: Scope) -> tuple[str, int] | None:
    """Return where a request comes from: what a proxy here passes on that nobody named comes from elsewhere."""
    said = Headers(scope=scope)
    if is_this_machine(scope) and any(each in said for each in FORWARDED):
        return "a proxy that is not named", 0
    found: tuple[str, int] | None = scope.get("client")
    return found


def _as_told(scope: Scope) -> Mapping[str, object]:
    """Return who asks, and how, as a proxy says."""
    headers = Headers(scope=scope)
    told: dict[str, object] = {}
    # the last is what the proxy saw itself; those before are what it was told
    if last := headers.get("x-forwarded-for", "").rpartition(",")[2].strip():
        told["client"] = (last, 0)
    if headers.get("x-forwarded-proto") == "https":
        told["scheme"] = "wss" if scope["type"] == "websocket" else "https"
    return told


class OnlyHere(Around):
    """Lets nobody in from another machine where nothing says who is there, nor under a name that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self.is_open = os.environ.get(OPEN, "").strip().lower() not in ("", "0", "no", "false")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in ("http", "websocket") and (said := self._refused(scope)) is not None:
            await refuse(scope, receive, send, PlainTextResponse(said, 403))
            return
        await self.app(scope, receive, send)

    def _refused(self, scope: Scope) -> str | None:
        if not is_host_allowed(Headers(scope=scope).get("host")):
            return "This host is not among server.allowedHosts."
        if is_this_machine(scope):
            return None
        if scope["path"].endswith("/_stcore/metrics"):
            return "This is for the machine of the server."
        if has_accounts() or self.is_open:
            return None
        return f"Without an identity provider medalloc serves this machine only; docs/deploy.md tells more. ({OPEN})"


def is_this_machine(scope: Scope) -> bool:
    """Whether a request comes from the machine of the server."""
    try:
        return ip_address(machine_of(scope)).is_loopback
    except ValueError:
        return False


def machine_of(scope: Scope) -> str:
    """Return the address that a request comes from; this machine's where it comes without a network."""
    return str((scope.get("client") or ("127.0.0.1",))[0])


async def refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    """Answer in place of the application."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await answer(scope, receive, send)
