"""How far something is that takes long, on standard error: what is being done, and how long it will still take."""

import time
from collections.abc import Callable

import click

from medalloc.sentences import Sentence, sentence

QUIET = 5.0
"""Seconds before the first line, and between lines: what is done soon is not talked about. [s]"""


class Told:
    """A listener for progress that writes a line now and then.

    Parameters
    ----------
    clock : callable
        Tells the time. [s]
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = self._last = clock()

    def __call__(self, fraction: float, stage: Sentence) -> None:
        """Say what is being done at a fraction of the whole, if it is time for that."""
        now = self._clock()
        if now - self._last < QUIET or not 0 < fraction < 1:
            return
        self._last = now
        left = (now - self._start) * (1 - fraction) / fraction
        said = sentence("{stage} About {seconds} s left.", stage=stage, seconds=max(1, round(left)))
        click.echo(str(said), err=True)

    def part(self, number: int, count: int, name: str) -> Callable[[float, Sentence], None]:
        """Return a listener for one of several parts, the first being 0."""

        def told(fraction: float, stage: Sentence) -> None:
            self((number + fraction) / count, sentence("{name}: {stage}", name=name, stage=stage))

        return told
