"""One number, checked: whether it is one, and what is wrong with it in words."""

from numbers import Real

import numpy as np

from medalloc.sentences import Sentence, sentence


def is_number(found: object) -> bool:
    """Whether something is a finite number (True and False are not)."""
    return isinstance(found, Real) and not isinstance(found, bool | np.bool_) and bool(np.isfinite(float(found)))


def scalar_faults(found: object, label: Sentence, *, at_least_0: bool) -> list[Sentence]:
    """Return what is wrong with one number that must be at least 0, or above it."""
    if is_number(found) and (float(found) >= 0 if at_least_0 else float(found) > 0):  # type: ignore[arg-type]
        return []
    expected = sentence("give a number of at least 0.") if at_least_0 else sentence("give a number above 0.")
    return [
        sentence(
            "{label}: found {found}; {expected}",
            label=label,
            found=as_found(found),
            expected=expected,
        )
    ]


def as_found(found: object) -> object:
    """Return a number as it is and anything else as text."""
    return found if is_number(found) else str(found)
