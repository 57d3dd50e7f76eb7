"""A report on paper: PDF/A-3b and PDF/UA-1, the same bytes from the same report, with what it was made from inside."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from medalloc.languages import Language
from medalloc.report.fonts import FONTS, unprintable
from medalloc.sentences import sentence

TEMPLATE = Path(__file__).parent / "template.typ"

STANDARDS = ("a-3b", "ua-1")
"""Kept for decades, with files inside; and read aloud."""

LONG_WORD = re.compile(r"(?![0-9a-f]{40,})[^\s\u2e80-\uffef]{31,}")
"""A word that no column has room for; a hash has its own small letters."""

MIMES = {".json": "application/json", ".csv": "text/csv", ".zip": "application/zip"}


def as_pdf(words: Mapping[str, Any], pictures: Sequence[bytes], time: str, attached: Mapping[str, bytes]) -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    words : mapping
        What is printed, as `worded` gives it.
    pictures : sequence of bytes
        SVG of each picture, in their order.
    time : str
        When it was made, in ISO 8601.
    """
    made: bytes = _compiled(
        _sources(words, pictures, attached),
        pdf_standards=list(STANDARDS),
        timestamp=int(datetime.fromisoformat(time).timestamp()),
    )
    return made


def as_pictures(words: Mapping[str, Any], pictures: Sequence[bytes], resolution: float = 84.0) -> list[bytes]:
    """Return the pages as pictures in PNG, to be looked at before anybody prints them.

    Parameters
    ----------
    words, pictures
        As for `as_pdf`.
    resolution : float
        Of the pictures. [pixels/inch]
    """
    made = _compiled(_sources(words, pictures, {}), format="png", ppi=resolution)
    return made if isinstance(made, list) else [made]


def _compiled(sources: dict[str, bytes], **asked: Any) -> Any:
    """Return what is set; with no font of the machine, so that every machine prints the same."""
    import typst

    # its types do not tell that sources may come by name
    compiler: Any = typst.compile
    return compiler(sources, font_paths=[str(FONTS)], ignore_system_fonts=True, **asked)


def _sources(words: Mapping[str, Any], pictures: Sequence[bytes], attached: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return everything that is read where the pages are set, by its name there."""
    files = {f"{number}.svg": picture for number, picture in enumerate(pictures)}
    inside = {}
    for number, name in enumerate(sorted(attached)):
        mime = MIMES.get(Path(name).suffix, "application/octet-stream")
        relation = "source" if name.endswith(".json") else "data"
        inside[name] = {"key": str(number), "mime": mime, "relation": relation}
        files[f"attached/{number}"] = attached[name]
    printed = {**_printable(words), "attached": inside}
    return {"main": TEMPLATE.read_bytes(), "words.json": json.dumps(printed, ensure_ascii=False).encode(), **files}


def _printable(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words with long ones that may be broken, and say which characters the font does not have."""
    printed: dict[str, Any] = _broken(words)
    missing = unprintable(json.dumps(words, ensure_ascii=False))
    if missing:
        said = sentence(
            "The fonts of this PDF lack some characters, which stand as boxes: {characters}. The HTML of this report "
            "shows them.",
            characters=", ".join(f"U+{ord(each):04X}" for each in missing[:20]),
        )
        printed["parts"][0]["lines"].append(Language(words["language"]).say(said))
    return printed


def _broken(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _broken(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_broken(each) for each in value]
    # a space of no width every so many letters
    return LONG_WORD.sub(lambda it: re.sub(".{15}", "\\g<0>\u200b", it[0]), value) if isinstance(value, str) else value
