"""What a number must lie between."""

from typing import Any

from medalloc.sentences import Sentence, sentence

Range = tuple[float | None, float | None]
"""The smallest and the largest number that can be; None for no such limit."""


def out_of_range(value: Any, low: float | None, high: float | None) -> Sentence | None:
    """Return why a number cannot be, if it lies below the smallest or above the largest."""
    if not isinstance(value, int | float) or ((low is None or value >= low) and (high is None or value <= high)):
        return None
    if low is None:
        return sentence("{value} is too large: at most {high}. Nothing was changed.", value=value, high=high)
    if high is None:
        return sentence("{value} is too small: at least {low}. Nothing was changed.", value=value, low=low)
    return sentence("{value} is not from {low} to {high}. Nothing was changed.", value=value, low=low, high=high)
