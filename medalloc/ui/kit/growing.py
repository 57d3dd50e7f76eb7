"""Results that arrive one by one and are kept, also when the visitor clicks on something else half-way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Growing(Generic[T]):
    """What was found so far, and where more comes from.

    Examples
    --------
    >>> numbers = Growing(iter([1, 2, 3]))
    >>> next(numbers.more()), numbers.found, numbers.complete
    (1, [1], False)
    >>> list(numbers.more()), numbers.found, numbers.complete
    ([2, 3], [1, 2, 3], True)
    """

    rest: Iterator[T]
    """What is still to be found."""

    found: list[T] = field(default_factory=list)
    """What was found, in its order."""

    complete: bool = False
    """Whether nothing more will come."""

    def more(self) -> Iterator[T]:
        """Go on finding; what was found stays when nobody asks for the rest."""
        for each in self.rest:
            self.found.append(each)
            yield each
        self.complete = True
