"""Documents made of sections: Markdown for text systems, one stand-alone HTML file for everybody else."""

import html
from collections.abc import Callable, Iterable

from medalloc.need.persistence.card import Cell, Section
from medalloc.sentences import Sentence, in_markdown

Say = Callable[[Sentence], str]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
"""


def as_markdown(title: Sentence, sections: Iterable[Section], say: Say = str) -> str:
    """Return a document as Markdown in which no cell or name can be a link, an image or a mark."""
    return f"# {in_markdown(say(title))}\n\n{markdown_body(sections, say)}"


def markdown_body(sections: Iterable[Section], say: Say = str) -> str:
    """Return the parts of a document as Markdown."""
    parts = []
    for section in sections:
        parts.append(f"## {in_markdown(say(section.title))}")
        parts += [in_markdown(say(line)) for line in section.lines]
        if section.grid is not None:
            rows = [section.grid.head, *section.grid.rows]
            lines = ["| " + " | ".join(in_markdown(_cell(each, say)) or " " for each in row) + " |" for row in rows]
            parts.append("\n".join([lines[0], "|" + " --- |" * len(section.grid.head), *lines[1:]]))
    return "\n\n".join(parts) + "\n"


def as_html(title: Sentence, sections: Iterable[Section], say: Say = str, *, language: str = "en") -> str:
    """Return a document as one HTML file that asks for nothing from elsewhere.

    Parameters
    ----------
    language : str
        The reader's language, for reading aloud and for hyphens.
    """
    body = "\n".join(_html_section(each, say) for each in sections)
    return html_page(say(title), f"<h1>{html.escape(say(title))}</h1>\n{body}", language, _STYLE)


def html_page(title: str, body: str, language: str, style: str) -> str:
    """Return a stand-alone page: no script runs in it, and pictures are its own."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!doctype html>\n<html lang="{html.escape(language.replace("_", "-"))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html_section(section: Section, say: Say) -> str:
    made = [f"<h2>{html.escape(say(section.title))}</h2>"]
    made += [f"<p>{html.escape(say(line))}</p>" for line in section.lines]
    if section.grid is not None:
        head = "".join(f'<th scope="col">{html.escape(say(each))}</th>' for each in section.grid.head)
        rows = "\n".join("<tr>" + "".join(_html_cell(each, say) for each in row) + "</tr>" for row in section.grid.rows)
        made.append(
            f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        )
    return "\n".join(made)


def _html_cell(cell: Cell, say: Say) -> str:
    kind = "" if isinstance(cell, str | Sentence) else ' class="number"'
    return f"<td{kind}>{html.escape(_cell(cell, say))}</td>"


def _cell(cell: Cell, say: Say) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return say(cell if isinstance(cell, Sentence) else Sentence("{value}", {"value": cell}))
