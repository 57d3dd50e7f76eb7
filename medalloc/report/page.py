"""A report as one HTML file that asks for nothing from elsewhere, looks as on paper, and reads on a telephone."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from medalloc.colours import ACCENT
from medalloc.report.documents import html_page

WORD, LONG = 12, 30
"""Letters of the columns of single words, and from which on a column holds sentences. [count]"""

STYLE = """
:root { color-scheme: light; --quiet: #5d696b; --hair: #d5dbdb; }
body { font: 15px/1.5 "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; color: #1c2526; background: #fff;
  max-width: 52rem; margin: 2.5rem auto; padding: 0 1rem; }
h1 { font-size: 2rem; margin: 0; } h2 { font-size: 1.35rem; margin: 3.5rem 0 .8rem; }
h3 { font-size: 1rem; margin: 2rem 0 .6rem; } p { margin: .35rem 0; overflow-wrap: anywhere; }
.about, figcaption, dt, dd small { color: var(--quiet); } .lead { font-size: 1.15rem; margin-bottom: 1.2rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1.2rem; margin: 1.2rem 0; }
dl div { border-top: 2px solid ACCENT; padding-top: .5rem; } dd { margin: 0; } dt, small { font-size: .85rem; }
dd b { display: block; font-size: 1.7rem; line-height: 1.3; }
figure { margin: 1.5rem 0; } img { width: 100%; height: auto; } figcaption { font-size: .85rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.4; }
th { color: var(--quiet); font-weight: normal; font-size: .8rem; vertical-align: bottom;
  border-bottom: 1.5px solid var(--quiet); }
td { border-bottom: 1px solid var(--hair); vertical-align: top; }
th, td { text-align: left; padding: .3rem .5rem; overflow-wrap: break-word; }
th:first-child, td:first-child { padding-left: 0; }
.word { white-space: nowrap; } .sentence { min-width: 15rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 4rem; color: var(--quiet); font-size: .8rem; }
@media print { body { margin: 0 auto; } h2 { break-after: avoid; } tr, figure { break-inside: avoid; } }
""".replace("ACCENT", ACCENT["light"])


def as_page(words: Mapping[str, Any], pictures: Sequence[bytes]) -> bytes:
    """Return a report as HTML.

    Parameters
    ----------
    words : mapping
        What is printed, as `worded` gives it.
    pictures : sequence of bytes
        SVG of each picture, in their order.
    """
    shown = iter(pictures)
    about = "  ·  ".join(escape(each) for each in (words["subject"], words["date"], words["byline"]) if each)
    parts = "\n".join(line for part in words["parts"] for line in _part(part, shown))
    body = (
        f'<main>\n<h1>{escape(words["title"])}</h1>\n<p class="about">{about}</p>\n{parts}\n</main>\n'
        f"<footer>{escape(words['footer'])}</footer>"
    )
    return html_page(f"{words['title']}: {words['subject']}", body, words["language"], STYLE).encode()


def _part(part: Mapping[str, Any], pictures: Iterator[bytes]) -> Iterator[str]:
    yield f"<h2>{escape(part['title'])}</h2>"
    lines = [f"<p>{escape(line)}</p>" for line in part["lines"]]
    if part["figures"]:
        yield lines.pop(0).replace("<p>", '<p class="lead">', 1)
        yield (
            "<dl>"
            + "".join(
                f"<div><dt>{escape(each['name'])}</dt><dd><b>{escape(each['value'])}</b>"
                f"<small>{escape(each['meaning'])}</small></dd></div>"
                for each in part["figures"]
            )
            + "</dl>"
        )
    yield from lines
    for each in part["pictures"]:
        source = base64.b64encode(next(pictures)).decode()
        yield (
            f'<figure><img src="data:image/svg+xml;base64,{source}" alt="{escape(each["alt"])}">'
            f"<figcaption>{escape(each['alt'])}</figcaption></figure>"
        )
    for section in part["sections"]:
        yield f"<h3>{escape(section['title'])}</h3>"
        yield from (f"<p>{escape(line)}</p>" for line in section["lines"])
        if section["table"] is not None:
            yield _table(section["table"], section["title"])


def _kind(is_number: bool, width: float) -> str:
    """Return how a column is set: numbers to the right, single words unbroken, sentences with room on a telephone."""
    return f' class="{"number" if is_number else "word" if width <= WORD else "sentence" if width >= LONG else "text"}"'


def _table(table: Mapping[str, Any], title: str) -> str:
    kinds = [_kind(*each) for each in zip(table["numbers"], table["widths"], strict=True)]
    head = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in zip(kinds, table["head"], strict=True)
    )
    rows = "\n".join(
        "<tr>" + "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in table["rows"]
    )
    # what can be scrolled must be in reach of a keyboard
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )
