"""What was worked out is kept, under the very inputs that it was worked out from."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import PurePath
from typing import Any, TypeVar, cast

from medalloc.errors import MedallocError

T = TypeVar("T")

SHELF = 5
"""Answers of one function that are kept for one visitor. [count]"""

PLAIN = (str, int, float, bool, type(None), tuple, frozenset, dict, PurePath)
"""Kinds of inputs that are the same when they are equal; of all others only the very object is."""


class Kept:
    """Answers of functions; what a user can repair is kept like an answer, and raised again.

    Parameters
    ----------
    shelf : int
        Answers of each function that are kept, those last asked for. [count]

    Examples
    --------
    >>> kept = Kept()
    >>> big = [1, 2]
    >>> kept.answer(len, big), kept.answer(len, big), kept.answer(len, [1, 2]), kept.asked, kept.worked_out
    (2, 2, 2, 3, 2)
    """

    def __init__(self, shelf: int = SHELF) -> None:
        self._shelves: dict[Any, deque[tuple[tuple[Any, ...], Any, MedallocError | None]]] = defaultdict(
            lambda: deque(maxlen=shelf)
        )
        self._beside: dict[type[Any], Any] = {}
        self.asked = 0
        """How often an answer was looked up. [count]"""
        self.worked_out = 0
        """How often there was none. [count]"""

    def beside(self, kind: type[T]) -> T:
        """Return the one thing of a kind that goes with all answers, made when it is first asked for."""
        if kind not in self._beside:
            self._beside[kind] = kind()
        return cast(T, self._beside[kind])

    def latest(self, function: Callable[..., T]) -> T:
        """Return the last answer of a function that was worked out."""
        return cast(T, self._shelves[function][-1][1])

    def answer(self, function: Callable[..., T], *inputs: Any, **named: Any) -> T:
        """Return what a function gives for these inputs, worked out once.

        Parameters
        ----------
        function : callable
            Pure: the same inputs give the same answer.
        *inputs, **named
            Plain values are the same when they are equal, everything else when it is the same object.
        """
        self.asked += 1
        of = (*inputs, named) if named else inputs
        shelf = self._shelves[function]
        for place, (known, value, error) in enumerate(shelf):
            if len(known) == len(of) and all(map(_same, known, of)):
                # what is asked for again is the last to go
                del shelf[place]
                shelf.append((known, value, error))
                if error is not None:
                    raise error.with_traceback(None)
                return cast(T, value)
        self.worked_out += 1
        try:
            value = function(*inputs, **named)
        except MedallocError as error:
            shelf.append((of, None, error))
            raise
        shelf.append((of, value, None))
        return value


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and (isinstance(one, PLAIN) or _is_small(one)) and one == other


def _is_small(value: object) -> bool:
    """Whether a value is a frozen dataclass of plain values alone: then it can be hashed."""
    if not is_dataclass(value):
        return False
    try:
        hash(value)
    except TypeError:
        return False
    return True
