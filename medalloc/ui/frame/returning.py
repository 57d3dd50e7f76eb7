"""Whoever follows a link and has to sign in first stands on the screen that the link names afterwards."""

from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from medalloc.ui.account import signs_in_here
from medalloc.ui.frame.around import Around
from medalloc.ui.kit.layout import PAGES

ASKED = "medalloc_asked"
"""Name of the cookie with the screen that was asked for."""

SECONDS, LONGEST = 600, 2_000
"""How long it is known, and what it may hold. [s], [characters]"""

CALLBACK = "oauth2callback"
"""Where identity providers send people back to."""

SCREENS = frozenset(each.stem for each in PAGES.glob("*.py")) - {"home"} | {""}
"""What can be asked for; nothing else is led to. Home has no name in addresses."""


class BackToWhatWasAsked(Around):
    """Notes which screen a browser asks for, and leads there once it has signed in.

    The note names a screen of ours and its parameters, never an address: nobody is led to another server by it.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = Request(scope) if scope["type"] == "http" and signs_in_here() else None

        async def send_on(message: Message) -> None:
            if asked is not None and message["type"] == "http.response.start":
                _lead(asked, MutableHeaders(scope=message), message["status"])
            await send(message)

        await self.app(scope, receive, send_on)


def _lead(asked: Request, answer: MutableHeaders, status: int) -> None:
    screen = asked.url.path.rpartition("/")[2]
    secure = "; Secure" if asked.url.scheme == "https" else ""
    if screen == CALLBACK and status == 302:
        # whoever signed out, or could not sign in, comes back here as well
        if any(each.startswith(f"{USER_COOKIE_NAME}=") for each in answer.getlist("set-cookie")):
            answer["location"] = answer["location"].rstrip("/") + "/" + asked_for(asked.cookies.get(ASKED, ""))
        answer.append("set-cookie", f"{ASKED}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax{secure}")
    elif screen in SCREENS and answer.get("content-type", "").startswith("text/html"):
        said = quote(f"{screen}?{asked.url.query}", safe="")
        if len(said) <= LONGEST:
            answer.append("set-cookie", f"{ASKED}={said}; Max-Age={SECONDS}; Path=/; HttpOnly; SameSite=Lax{secure}")


def asked_for(noted: str) -> str:
    """Return the screen with its parameters that a note names; nothing, which is Home, where it names none of ours.

    Examples
    --------
    >>> asked_for("allocate%3Fvisit%3Dabc"), asked_for("%2F%2Fevil.example%3Fa%3Db"), asked_for("")
    ('allocate?visit=abc', '', '')
    """
    screen, _, query = unquote(noted).partition("?")
    if screen not in SCREENS:
        return ""
    parameters = urlencode(parse_qsl(query))
    return f"{screen}?{parameters}" if parameters else screen
