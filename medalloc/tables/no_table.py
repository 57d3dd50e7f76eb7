"""Files that are no tables: what each is, and what to do instead."""

import re

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, sentence

MOST_COLUMNS = 10_000
"""Columns of the widest table. [count]"""

PAGE = sentence("a web page; often the sign-in page of a portal, which stands in for the download")
IMAGE = sentence("an image")
STATISTICS = sentence("a file of a statistics program; export it there as CSV")
BINARY = sentence("binary data")

BEGINS: tuple[tuple[bytes, Sentence], ...] = (
    (b"%PDF", sentence("a PDF document")),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"RIFF", BINARY),
    (b"{\\rtf", sentence("a text document")),
    (b"SQLite format 3\x00", sentence("a database")),
    (b"$FL2", STATISTICS),
    (b"<stata_dta>", STATISTICS),
    (b"RDX", STATISTICS),
    (b"7z\xbc\xaf", sentence("an archive; unpack it first")),
    (b"Rar!", sentence("an archive; unpack it first")),
    (b"BZh", sentence("an archive; unpack it first")),
    (b"\xfd7zXZ", sentence("an archive; unpack it first")),
    (b"MSH|", sentence("a message in HL7; export the records as CSV")),
)
"""How files begin that hold no table, and what they are."""

MARKUP: tuple[tuple[str, Sentence], ...] = (
    (r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|div)\b", PAGE),
    (r"\s*<\?xml|\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>\s*<", sentence("XML; export the table as CSV")),
)


def refuse_no_table(content: bytes, name: str) -> None:
    """Refuse a file that is known to hold no table.

    Raises
    ------
    InputError
        With what it is, and what to do.
    """
    found = next((kind for begins, kind in BEGINS if content.startswith(begins)), None)
    if found is None and content.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in content:
        raise refused("“{file}” is locked by a password; save it as XLSX without one, or as CSV.", file=name)
    if found is None:
        start = content[:4000].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        found = next((kind for pattern, kind in MARKUP if re.match(pattern, start, re.IGNORECASE | re.DOTALL)), None)
    if found is not None:
        raise refused(
            "“{file}” is not a table but {kind}. Please choose a CSV, XLSX or Parquet file.", file=name, kind=found
        )


def refuse_wide(frame: pd.DataFrame, name: str) -> None:
    """Refuse a table that is wider than anything here can show."""
    if len(frame.columns) > MOST_COLUMNS:
        raise refused(
            "“{file}” has {columns} columns; a table may have {most} here: leave out columns that are not needed, "
            "or turn rows and columns round.",
            file=name,
            columns=len(frame.columns),
            most=MOST_COLUMNS,
        )
