"""Who has to sign in first is led to what they asked for, and to nothing that is not ours."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send

from medalloc.ui.frame import returning


def answered(path: str, query: str, cookie: str, *headers: tuple[bytes, bytes], status: int = 200) -> dict[str, str]:
    """Return the headers of an answer on its way out."""
    said: list[Message] = []

    async def application(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        **{"type": "http", "method": "GET", "path": path, "scheme": "http", "server": ("x", 80)},
        **{"query_string": query.encode(), "headers": [(b"cookie", cookie.encode())]},
    }
    with ThreadPoolExecutor(1) as thread:
        made = returning.BackToWhatWasAsked(application)
        thread.submit(lambda: asyncio.run(made(scope, None, send))).result()  # type: ignore[arg-type]
    return {name.decode(): value.decode() for name, value in said[0]["headers"]}


PAGE = (b"content-type", b"text/html; charset=utf-8")
HOME = (b"location", b"/")
SIGNED_IN = (b"set-cookie", b"_streamlit_user=abc; HttpOnly")


@pytest.fixture(autouse=True)
def accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "signs_in_here", lambda: True)


def test_who_signs_in_stands_where_the_link_leads_and_who_signs_out_does_not() -> None:
    noted = answered("/allocate", "visit=a%20b&x=1", "", PAGE)["set-cookie"]
    assert "HttpOnly" in noted and "Max-Age=600" in noted
    cookie = noted.partition(";")[0]
    assert answered("/oauth2callback", "", cookie, HOME, SIGNED_IN, status=302)["location"] == (
        "/allocate?visit=a+b&x=1"
    )
    assert answered("/oauth2callback", "", cookie, HOME, status=302)["location"] == "/"


@pytest.mark.parametrize(
    "forged",
    ["//evil.example", "https:%2F%2Fevil.example", "%0d%0aset-cookie:a", "..%2F..%2Fx", "allocate/../../x", "?"],
)
def test_no_note_leads_elsewhere(forged: str) -> None:
    told = answered("/oauth2callback", "", f"medalloc_asked={forged}", HOME, SIGNED_IN, status=302)
    assert told["location"] == "/"


def test_nothing_is_noted_but_screens() -> None:
    assert "set-cookie" not in answered("/healthz", "", "", (b"content-type", b"text/plain"))
    assert "set-cookie" not in answered("/nowhere", "a=b", "", PAGE)
    assert "set-cookie" not in answered("/allocate", "a=" + "b" * 3000, "", PAGE)
