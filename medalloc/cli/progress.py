"""How far something is that takes long, on standard error: what is being done, and how long it will still take."""

import time
from collections.abc import Callable

import click

from medalloc.sentences import Sentence, sentence

QUIET = 5.0
"""Seconds before the first line, and between lines: what is done soon is not talked about. [s]"""

ENOUGH = 0.05
"""Share done since the first word of it from which the time left is told. [fraction]"""


class Told:
    """A listener for progress that writes a line now and then.

    Parameters
    ----------
    clock : callable
        Tells the time. [s]
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._first: tuple[float, float] | None = None
        self._reached = 0.0

    def __call__(self, fraction: float, stage: Sentence) -> None:
        """Say what is being done at a fraction of the whole, if it is time for that."""
        now = self._clock()
        # what came before, such as reading a file, says nothing of how long this takes
        if self._first is None or fraction < self._reached:
            self._first = now, fraction
        self._reached = fraction
        if now - self._last < QUIET or not 0 < fraction < 1:
            return
        self._last = now
        begun, before = self._first
        said = stage
        if (done := fraction - before) >= ENOUGH:
            left = max(1, round((now - begun) * (1 - fraction) / done))
            said = sentence("{stage} About {seconds} s left.", stage=stage, seconds=left)
        click.echo(str(said), err=True)

    def part(self, number: int, count: int, name: str) -> Callable[[float, Sentence], None]:
        """Return a listener for one of several parts, the first being 0."""

        def told(fraction: float, stage: Sentence) -> None:
            self((number + fraction) / count, sentence("{name}: {stage}", name=name, stage=stage))

        return told
