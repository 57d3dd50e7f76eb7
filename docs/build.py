"""The page of documentation about known file shapes, made from the shapes themselves."""

import inspect
import json
import re

from medalloc.tables.shapes.catalogue import KNOWN
from medalloc.tables.shapes.known.hospitals import AE
from medalloc.tables.shapes.patterns import LONGEST, MOST_OPEN
from medalloc.tables.shapes.shape import Join, Measure, Shape

OPENING = """# File shapes that are known

A file of one of these shapes is read to its regions, periods and numbers without naming a column. It is recognised by
the names of its columns; what was recognised and what was left out is said wherever the numbers are. On the Data screen
it is changed under “Known file shapes”, in commands by `--shape NAME`, `--shape none`, or `--shape FILE.json` for one's
own. Files that belong to it, such as names of organisation units, are given there, or by `--beside FILE`.

Of counts in fewer than four periods, or by year, the latest are used, because nothing can be forecast from them.

This page is written by `python -m docs.build > docs/files.md`.
"""
ENTRY = r'^    (\w+): (?!ClassVar)[^\n]*\n    """([^"]*)"""'
"""A field of a dataclass and what is said of it."""

OWN = f"""## A shape of one's own

A JSON object with these entries; all but `name`, `title`, `columns` and one of `region` and `roles` can be left out. In
a pattern `*` is any text, `|` means or, and `{{it}}` is the part that is taken; capital letters make no difference,
there are at most {MOST_OPEN} open places, and texts of more than {LONGEST} characters fit no pattern.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([OPENING, *map(_section, KNOWN), OWN, _entries(), "For example:\n", _example(AE)])


def _section(shape: Shape) -> str:
    rows = [f"{column}: {_coded(cells)}" for column, cells in shape.cells.items()]
    said = [
        f"## {shape.title}",
        f"`--shape {shape.name}`. {shape.words}",
        f"Recognised by: {_coded(shape.columns)}.",
        *([f"In their cells: {'; '.join(rows)}."] if rows else []),
        *(f"A file that belongs to it has: {_coded(each.columns)}." for each in shape.joins),
    ]
    return "\n\n".join(said) + "\n"


def _coded(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _entries(kind: type = Shape, indent: str = "") -> str:
    """Return what every entry means, as the code says it."""
    parts = {"joins": Join, "measures": Measure}
    told = ""
    for name, said in re.findall(ENTRY, inspect.getsource(kind), re.MULTILINE):
        told += f"{indent}- `{name}`: {' '.join(said.split()).replace('``', '`')}\n"
        told += _entries(parts[name], "  ") if name in parts else ""
    return told


def _example(shape: Shape) -> str:
    return f"```json\n{json.dumps(shape.to_json(), indent=2, ensure_ascii=False)}\n```\n"


if __name__ == "__main__":
    print(page(), end="")
