"""Work of one kind on many things: one after the other in this process, or wherever somebody has it spread."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

Spread = Callable[[Callable[[Any], Any], Mapping[int, Any]], Iterable[tuple[int, Any]]]
"""Does some work on things that have numbers, and yields each number with what was found, in any order."""


def here(work: Callable[[Item], Found], items: Mapping[int, Item]) -> Iterator[tuple[int, Found]]:
    """Do the work in this process, one after the other."""
    for number, item in items.items():
        yield number, work(item)


_spread: ContextVar[Spread] = ContextVar("spread", default=here)


@contextmanager
def spread_by(spread: Spread) -> Iterator[None]:
    """Have everything that is worked through inside be spread so; whoever asks for it need not know how."""
    token = _spread.set(spread)
    try:
        yield
    finally:
        _spread.reset(token)


def is_spread() -> bool:
    """Whether work is spread over others."""
    return _spread.get() is not here


def spread(work: Callable[[Item], Found], items: Mapping[int, Item]) -> Iterable[tuple[int, Found]]:
    """Return the number of each thing with what was found, in any order."""
    return _spread.get()(work, items)


def for_each(work: Callable[[Item], Found], items: Iterable[Item]) -> Iterator[tuple[Item, Found]]:
    """Yield each thing with what was found, in the order of the things.

    Parameters
    ----------
    work : callable
        Pure, and such that it can be sent to another process.
    items : iterable
        Here the next one is asked for when the one before it was taken; elsewhere all of them are at once.

    Examples
    --------
    >>> list(for_each(abs, (-1, 2)))
    [(-1, 1), (2, 2)]
    """
    if not is_spread():
        yield from ((item, work(item)) for item in items)
        return
    numbered = dict(enumerate(items))
    held, due = dict[int, Found](), 0
    for number, found in spread(work, numbered):
        held[number] = found
        while due in held:
            yield numbered[due], held.pop(due)
            due += 1
