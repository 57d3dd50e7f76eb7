"""Patterns of names and cells that anybody can write: ``*`` is any text, ``{it}`` a part of it, ``|`` means or."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from medalloc.sentences import Sentence, sentence

Patterns = tuple[str, ...]
"""Each is held against a whole name or cell, without regard to case."""

MOST_OPEN = 3
"""Places in a pattern that any text may fill: with more of them, trying all could take for ever. [count]"""

LONGEST = 120
"""Length of the longest text that a pattern can fit. [characters]"""

DIGITS = ("low", "high")
"""Parts that are figures."""

OPEN = re.compile(r"\*|\{([a-z]+)\}")


def pattern_fault(name: str, pattern: str) -> Sentence | None:
    """Return what is wrong with a pattern; None where nothing is."""
    if any(len(OPEN.findall(each)) > MOST_OPEN for each in pattern.split("|")):
        return sentence(
            "“{name}”: “{found}” has more than {most} open places.", name=name, found=pattern, most=MOST_OPEN
        )
    parts = OPEN.findall(pattern)
    if "|" in pattern and any(parts):
        return sentence(
            "“{name}”: “{found}” has a part such as {it} beside |; use one.", name=name, found=pattern, it="{it}"
        )
    if len([each for each in parts if each]) != len({each for each in parts if each}):
        return sentence("“{name}”: “{found}” names a part twice.", name=name, found=pattern)
    return None


def found(pattern: str, text: str) -> dict[str, str] | None:
    """Return the parts of a text that fits a pattern; None where it does not.

    Examples
    --------
    >>> found("Gt {low} To {high} Weeks*", "Gt 01 To 02 Weeks SUM 1")
    {'low': '01', 'high': '02'}
    >>> found("region|area", "Area"), found("region", "regions")
    ({}, None)
    """
    plain = _plain(text)
    match = None if plain is None else _compiled(pattern).fullmatch(plain)
    return None if match is None else match.groupdict()


def fitting(pattern: str, names: Iterable[str]) -> list[str]:
    """Return the names that a pattern fits.

    Examples
    --------
    >>> fitting("adm1_*", ["ADM1_EN", "ADM2_EN"])
    ['ADM1_EN']
    """
    every, fits = tuple(map(str, names)), _compiled(pattern).fullmatch
    return [name for name, plain in zip(every, _all_plain(every), strict=True) if plain is not None and fits(plain)]


def _plain(text: str) -> str | None:
    """Return a text with single blanks; None where it is too long for any pattern."""
    return " ".join(text.split()) if len(text) <= LONGEST else None


@lru_cache(maxsize=1)
def _all_plain(names: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return what patterns are held against; a table's names are asked for hundreds of them, one after the other."""
    return tuple(map(_plain, names))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_one, pattern.split("|"))), re.IGNORECASE | re.DOTALL)


def _one(pattern: str) -> str:
    made, end = "", 0
    for each in OPEN.finditer(pattern):
        part = each[1]
        opened = ".*" if part is None else f"(?P<{part}>{'[0-9]+' if part in DIGITS else '.+?'})"
        made, end = made + re.escape(pattern[end : each.start()]) + opened, each.end()
    return made + re.escape(pattern[end:])
