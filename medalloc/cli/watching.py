"""A plan that takes long tells how far it is, and Ctrl-C asks for the best one so far."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import click

from medalloc.allocation.program.effort import Effort, working
from medalloc.sentences import Sentence


@contextmanager
def watching() -> Iterator[None]:
    """Print on standard error how far a plan is, with the time left, once it has taken a second.

    The first Ctrl-C asks for the best plan so far, the second ends the program.
    """
    begun = perf_counter()

    def progress(fraction: float, stage: Sentence) -> None:
        gone = perf_counter() - begun
        left = f", at most {gone * (1 - fraction) / fraction:.0f} s left" if fraction > 0.02 else ""
        click.echo(f"{stage} ({gone:.0f} s{left}; Ctrl-C for the best plan so far)", err=True)

    effort = Effort(progress)
    before = signal.getsignal(signal.SIGINT)

    def stop(*_: Any) -> None:
        effort.stop()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        with working(effort):
            yield
    finally:
        signal.signal(signal.SIGINT, before)
