"""What may be entered about a queue: numbers, their limits, and every fault at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.allocation.problem.checks import numbers
from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence

Array = NDArray[np.float64]

MOST_SERVERS = 10_000_000
"""More than anybody has; the work grows with the root of the servers, and a slip of the keyboard must not hang."""


@dataclass(frozen=True)
class Limits:
    """What a kind of number has to be. Nothing that is not a finite number is ever within them."""

    holds: Callable[[Array], NDArray[np.bool_]]
    """Whether each of some finite numbers is accepted."""

    said: Sentence
    """The same in words, as a request."""


LARGEST = 10**15
"""Larger than any rate or time, and its reciprocal smaller; products and quotients of what is within stay finite."""


AT_LEAST_0 = Limits(
    lambda given: (given >= 0) & (given <= LARGEST), sentence("give numbers from 0 to {most}.", most=LARGEST)
)
ABOVE_0 = Limits(
    lambda given: (given >= 1 / LARGEST) & (given <= LARGEST),
    sentence("give numbers above 0, up to {most}.", most=LARGEST),
)
SERVERS = Limits(
    lambda given: (given >= 0) & (given <= MOST_SERVERS),
    sentence("give numbers from 0 to {most}.", most=MOST_SERVERS),
)
WHOLE_SERVERS = Limits(
    lambda given: (given >= 0) & (given <= MOST_SERVERS) & (given == np.floor(given)),
    sentence("give whole numbers from 0 to {most}.", most=MOST_SERVERS),
)
BELOW_1 = Limits(
    lambda given: (given >= 0) & (given < 1), sentence("give fractions from 0 to below 1 (0.8 means 80%).")
)
TO_1 = Limits(
    lambda given: (given >= 1 / LARGEST) & (given <= 1), sentence("give fractions above 0, up to 1 (0.85 means 85%).")
)


@dataclass(frozen=True)
class Entry:
    """One thing that was given, and what it may be."""

    label: Sentence
    """What it is called."""

    given: ArrayLike
    """What was given for it: one number, or one for each region."""

    limits: Limits
    """What it has to be."""


def checked(*entries: Entry) -> list[Array]:
    """Return what was given as arrays of one shape, a number standing for the same number in every region.

    Raises
    ------
    InputError
        With a fault for every entry that holds something else than accepted numbers, or for shapes that do not fit.

    Examples
    --------
    >>> checked(Entry(sentence("Load"), [1, 2], AT_LEAST_0), Entry(sentence("Target wait"), 4, ABOVE_0))[1].tolist()
    [4.0, 4.0]
    """
    arrays = [numbers(entry.given) for entry in entries]
    faults = [
        fault for entry, array in zip(entries, arrays, strict=True) if (fault := _fault(entry, array)) is not None
    ]
    given = [array for array in arrays if array is not None]
    sizes = {array.shape for array in given if array.ndim}
    if len(sizes) > 1:
        faults.append(
            sentence(
                "There are different numbers of regions in {labels}: {found}; give one number for each region.",
                labels=_labels(entries),
                found=listed(" x ".join(map(str, size)) for size in sorted(sizes)),
            )
        )
    if faults:
        raise InputError(*faults)
    return [np.asarray(array) for array in np.broadcast_arrays(*given)]


def _fault(entry: Entry, array: Array | None) -> Sentence | None:
    if array is None:
        return sentence("{label}: found something else than numbers; {expected}", **_said(entry))
    # not a number compares as false with everything, so it is never accepted
    wrong = ~(np.isfinite(array) & entry.limits.holds(array))
    if not wrong.any():
        return None
    found = listed(f"{each:g}" for each in np.atleast_1d(array)[np.atleast_1d(wrong)])
    return sentence("{label}: found {found}; {expected}", **_said(entry), found=found)


def _said(entry: Entry) -> dict[str, object]:
    return {"label": entry.label, "expected": entry.limits.said}


def _labels(entries: tuple[Entry, ...]) -> Sentence:
    several = {f"label{place}": entry.label for place, entry in enumerate(entries) if np.ndim(entry.given)}
    return Sentence(", ".join(f"{{{name}}}" for name in several), several)
