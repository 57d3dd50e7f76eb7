"""How much work a plan may take, and who watches: counted in steps of the solver, so that no other program matters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

from medalloc.sentences import Sentence

Progress = Callable[[float, Sentence], None]
"""Told the fraction done and what is being done."""

STEPS = 1e9
"""Steps of the simplex, each counted with the square root of the number of rows and columns, that one answer may take:
a minute or two for thirty thousand regions or more, and never reached by a few thousand. A step takes 25 microseconds
with 30,000 of them and 25 to 55 with 300,000."""

NODES, MOST_NODES = 60_000, 600
"""Nodes of one search for whole units, each counted once for every whole column: 100 for 300 regions x 2; and most."""


@dataclass(eq=False)
class Effort:
    """What is left of the work that may be done; the same question always takes the same. Changed in place."""

    progress: Progress | None = None
    steps: float = STEPS
    stopped: bool = field(default=False, init=False)
    """Whether somebody asked for the best plan so far."""

    told: float = field(default_factory=perf_counter, init=False)
    """Reading of the clock when something was told last; the first second is not worth a word."""

    def stop(self) -> None:
        """Ask for the best plan so far."""
        self.stopped = True

    def tell(self, fraction: float, stage: Callable[[], Sentence]) -> None:
        """Tell whoever watches, once a second."""
        now = perf_counter()
        if self.progress is not None and now - self.told >= 1.0:
            self.told = now
            self.progress(min(1.0, max(0.0, fraction)), stage())


_effort: ContextVar[Effort | None] = ContextVar("effort", default=None)


def effort() -> Effort:
    """Return what counts the work of the answer that is being found."""
    return _effort.get() or Effort()


def watched_by(progress: Progress) -> Effort:
    """Return what counts the work where somebody watches it already, else a new count that is told to `progress`."""
    return _effort.get() or Effort(progress)


@contextmanager
def working(by: Effort | None = None) -> Iterator[Effort]:
    """Count the work of all programs that are solved inside; a new count, or that of who surrounds it if he watches.

    Programs are solved several calls below whoever watches: the count does not travel through all of their signatures.
    """
    made = by or _effort.get() or Effort()
    token = _effort.set(made)
    try:
        yield made
    finally:
        _effort.reset(token)
