"""The fonts that the board pack is printed in, and which characters they have; `subset.py` cuts them."""

from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent
FAMILY = "Noto Sans CJK SC"


@cache
def characters() -> frozenset[str]:
    """Return the characters that can be printed."""
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8"))


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that cannot be printed, each once, in their order.

    Examples
    --------
    >>> unprintable("Kono 北京 कोनो")
    ['क', 'ो', 'न']
    """
    return [each for each in dict.fromkeys(text) if each not in characters() and not each.isspace()]
