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
    attached : mapping
        Files that go into it, by name.
    """
    import typst

    files = {f"{number}.svg": picture for number, picture in enumerate(pictures)}
    inside = {
        name: {
            "key": str(number),
            "mime": MIMES.get(Path(name).suffix, "application/octet-stream"),
            "relation": relation,
        }
        for number, name in enumerate(sorted(attached))
        for relation in ["source" if name.endswith(".json") else "data"]
    }
    files |= {f"attached/{inside[name]['key']}": content for name, content in attached.items()}
    printed = {**_printable(words), "attached": inside}
    made: bytes = typst.compile(
        {"main": TEMPLATE.read_bytes(), "words.json": json.dumps(printed, ensure_ascii=False).encode(), **files},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS),
        timestamp=int(datetime.fromisoformat(time).timestamp()),
    )
    return made


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
