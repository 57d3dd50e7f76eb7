"""One number, checked: whether it is one, and what is wrong with it in words."""

from medalloc.saved import Limits
from medalloc.saved.rules import FINITE
from medalloc.sentences import Sentence, sentence


def is_number(found: object) -> bool:
    """Whether something is a finite number (True and False are not)."""
    return FINITE.hold(found)


def scalar_faults(found: object, label: Sentence, limits: Limits) -> list[Sentence]:
    """Return what is wrong with one number: it must be at least 0, above it, or a fraction."""
    if limits.hold(found):
        return []
    if limits.high == 1:
        expected = sentence("give a fraction from 0 to 1.")
    else:
        expected = sentence("give a number above 0.") if limits.above else sentence("give a number of at least 0.")
    return [sentence("{label}: found {found}; {expected}", label=label, found=as_found(found), expected=expected)]


def as_found(found: object) -> object:
    """Return a number as it is and anything else as text."""
    return found if is_number(found) else str(found)
