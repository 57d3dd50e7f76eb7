"""The text of Eurostat's own export: several columns in its first one, and letters behind its numbers."""

import re

from medalloc.sentences import Sentence, counted

FIRST = re.compile(rb"[\w,]+,[\w]+\\\w+[ ]*\t")
"""How its first line begins: ``freq,unit,geo\\TIME_PERIOD`` and a tabulator."""

MARKED = re.compile(r"(?P<number>:|[-+]?[0-9.]+) ?(?P<marks>[a-z]{1,4})")
"""A number, or none, and what is said of it, such as b for a break in the series."""


def in_columns(content: bytes) -> tuple[bytes, list[Sentence]]:
    r"""Return the text with a column for each of those in the first one, without letters behind numbers, and say so.

    Parameters
    ----------
    content : bytes
        In UTF-8; any other text comes back as it is.

    Examples
    --------
    >>> made, said = in_columns(b"freq,geo\\TIME_PERIOD\t2023 \nA,AT\t12 b\nA,BE\t: \n")
    >>> made, str(said[0])
    (b'freq\tgeo\t2023\nA\tAT\t12\nA\tBE\t:\n', 'Letters behind numbers, such as “12 b”, were cut off: 1 cell.')
    """
    if FIRST.match(content) is None:
        return content, []
    rows = [[cell.strip() for cell in line.split("\t")] for line in content.decode(errors="replace").splitlines()]
    columns, marks = rows[0][0].partition("\\")[0].split(","), list[str]()
    made = ["\t".join([*columns, *rows[0][1:]])]
    for name, *cells in rows[1:]:
        found = [MARKED.fullmatch(cell) for cell in cells]
        marks += [each[0] for each in found if each is not None]
        plain = (cell if each is None else each["number"] for cell, each in zip(cells, found, strict=True))
        made.append("\t".join([*name.split(","), *plain]) if name else "")
    said = counted(
        "Letters behind numbers, such as “{example}”, were cut off: {count} cell.",
        "Letters behind numbers, such as “{example}”, were cut off: {count} cells.",
        example=marks[0] if marks else "",
        count=len(marks),
    )
    return "\n".join([*made, ""]).encode(), [said] if marks else []
