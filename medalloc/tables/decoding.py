"""From the bytes of a text file to text: which encoding it has, and why it is no table."""

import codecs
import re

from medalloc.errors import refused
from medalloc.tables.encodings import sniff_encoding

LOOKED_AT = 100_000
"""Bytes at the start of a text file by which its separator is recognised."""


def encoding_of(content: bytes, chosen: str | None) -> str:
    """Return the encoding of a text: the chosen one, or the one that is recognised."""
    if chosen is None:
        return sniff_encoding(content)
    try:
        encoding = codecs.lookup(chosen).name
        "text".encode(encoding)
    except (LookupError, ValueError) as error:
        raise refused("“{encoding}” is not a known encoding; try utf-8, cp1252 or gb18030.", encoding=chosen) from error
    return "utf-8-sig" if encoding == "utf-8" and content.startswith(codecs.BOM_UTF8) else encoding


def plain_text(content: bytes, name: str, encoding: str) -> bytes:
    """Return a file that is text throughout in UTF-8, where the byte of a separator is nothing else."""
    try:
        text = content.decode(encoding)
        mixed_ends = text.count("\r") != text.count("\r\n")
        # a carriage return alone ends a line, too, but pandas loses an empty first cell after it
        text = text.replace("\r\n", "\n").replace("\r", "\n") if mixed_ends else text
        plain = content if encoding == "utf-8" and not mixed_ends else text.encode()
    except UnicodeError as error:
        place = getattr(error, "start", 0)
        raise refused(
            "“{file}” is not {encoding} text: byte {place} (line {line}) does not fit; "
            "save it as CSV UTF-8 or choose another encoding.",
            file=name,
            encoding=encoding,
            place=place + 1,
            line=content.count(b"\n", 0, place) + 1,
        ) from error
    if "\x00" in text or re.search(r"[\x01-\x08\x0e-\x19\x1b-\x1f]", text[:LOOKED_AT]):
        raise refused("“{file}” is not a table: it holds binary data; choose a CSV, XLSX or Parquet file.", file=name)
    return plain
