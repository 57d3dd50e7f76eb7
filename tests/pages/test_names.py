"""Names that are Markdown, links or formulas are shown as they were typed, on every screen."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import SCREENS, asked_about, go, opened, sound, trained, upload

NAMES = (
    "[Pay here](http://evil.example/)",
    "![img](http://127.0.0.1/leak.png)",
    "Ward $A$ and $B$",
    "_North_ :red[alert]",
    "# Heading",
    "www.evil.example",
    "me@evil.example",
    "1. First",
    ":material/home: -> <b>x</b> & ~~y~~",
)
REGIONS = "region,demand,existing_beds,*note*\n" + "".join(
    f'"{name}",{100 * place + 10},{place},a\n' for place, name in enumerate(NAMES)
)
LIVE = re.compile(
    r"(?<!\\)\]\(|(?<!\\)\$[AB]|(?<!\\)\$x|(?<!\\)_North|(?<!\\):red|^ *# Heading|^ *1\. First|(?<!\\)<b>|(?<!\\)~~y"
    r"|:material/home|www\.evil|http\\?://(?:evil|127)|me\\?@evil|(?<!\\)\*note"
)
"""What Markdown would make something of."""

READ_AS_MARKDOWN = (
    *("markdown", "caption", "info", "warning", "error", "success", "title", "header", "subheader", "metric"),
    *("button", "checkbox", "toggle", "radio", "selectbox", "multiselect", "slider", "number_input", "text_input"),
    *("button_group", "expander", "tabs", "select_slider"),
)


def said(visit: AppTest) -> Iterator[str]:
    """Yield everything on a screen that a browser reads as Markdown."""
    for kind in READ_AS_MARKDOWN:
        for each in visit.get(kind):
            # options of a list to choose from are plain text; those of pills and radio buttons are not
            yield from (text for text in _texts(each, options=kind in ("radio", "button_group")))
    yield from (tab.label for tab in visit.tabs)


def _texts(element: Any, *, options: bool) -> Iterator[str]:
    for name in ("label", "help", "delta"):
        if isinstance(found := getattr(element, name, None), str):
            yield found
    if element.type in READ_AS_MARKDOWN[:10] and isinstance(element.value, str):
        yield element.value
    if options:
        yield from map(str, getattr(element, "options", ()))


COLUMNS = ("[x](http://evil.example/)", "*note*", "a $x$ b", "me@evil.example")
TABLES = {
    "regions": REGIONS,
    "counts": "region,week,cases\n"
    + "".join(
        f'"{name}",{day:%Y-%m-%d},{10 + place + (7 * week) % 5}\n'
        for place, name in enumerate(NAMES)
        for week, day in enumerate(pd.date_range("2023-01-02", periods=30, freq="7D"))
    ),
    "patients": "region,need,"
    + ",".join(COLUMNS)
    + "\n"
    + "".join(
        f'"{NAMES[row % 9]}",{(row * 7919 + row // 3) % 3 // 2},{row % 17},"{NAMES[row % 4]}",{row**2 % 23},{row % 5}\n'
        for row in range(360)
    ),
}


@pytest.fixture(scope="module", params=TABLES)
def visit(request: pytest.FixtureRequest) -> AppTest:
    visit = upload(opened("data"), TABLES[request.param].encode(), "[file](http://evil.example) $x$.csv")
    sound(visit)
    if request.param == "patients":
        trained(visit, ["logistic"])
    return visit


@pytest.mark.parametrize("screen", SCREENS)
def test_names_are_shown_as_they_were_typed(visit: AppTest, screen: str) -> None:
    go(visit, screen)
    sound(visit)
    live = [text for text in said(visit) if LIVE.search(text)]
    if visit.get("button_group") and any(each.key == "choice_need_part" for each in visit.get("button_group")):
        for part in ("action", "reliance", "patient", "groups", "use"):
            live += [text for text in said(asked_about(visit, part)) if LIVE.search(text)]
            sound(visit)
    assert not live
