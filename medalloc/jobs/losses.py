"""How the loss of networks goes down while a run trains them: told by the worker, read by the screen."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from medalloc.jobs.run import Run
from medalloc.networks.network import Epoch

SECONDS_BETWEEN = 0.3
"""A screen looks once a second; writing every pass would take longer than making it."""

Losses = Mapping[str, list[list[Epoch]]]
"""By kind of model its trainings, in order, each with its passes."""


class LossLog:
    """Takes down every pass that it is told."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.kind = ""
        self._trainings: dict[str, list[list[tuple[float, float | None]]]] = {}
        self._written = 0.0

    def __call__(self, epoch: Epoch) -> None:
        """Take down a pass; the first one begins a training."""
        trainings = self._trainings.setdefault(self.kind, [])
        if epoch.number == 1 or not trainings:
            trainings.append([])
        trainings[-1].append((epoch.loss, epoch.validation))
        if time.monotonic() - self._written >= SECONDS_BETWEEN:
            self.write()

    def write(self) -> None:
        """Tell what is known so far; nothing where no network was trained."""
        if self._trainings:
            self.run.tell(self._trainings)
            self._written = time.monotonic()


def losses(told: Mapping[str, Sequence[Sequence[Any]]] | None) -> Losses:
    """Return what a run told; empty where no network was trained."""
    return {
        kind: [[Epoch(place + 1, *each) for place, each in enumerate(one)] for one in trainings]
        for kind, trainings in (told or {}).items()
    }
