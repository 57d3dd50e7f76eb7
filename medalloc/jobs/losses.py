"""How the loss of networks goes down while a run trains them: written by the worker, read by the screen."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from medalloc.networks.network import Epoch

FILE = "loss.json"
SECONDS_BETWEEN = 0.3
"""A screen looks once a second; writing every pass would take longer than making it."""

Losses = Mapping[str, list[list[Epoch]]]
"""By kind of model its trainings, in order, each with its passes."""


class LossLog:
    """Writes down every pass that it is told.

    Parameters
    ----------
    folder : Path
        Of the run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        """Write what is known so far, so that a reader sees all of it or what was there before."""
        if not self._trainings:
            return
        draft = self.folder / "loss.draft"
        draft.write_text(json.dumps(self._trainings), encoding="utf-8")
        os.replace(draft, self.folder / FILE)
        self._written = time.monotonic()


def losses(folder: Path) -> Losses:
    """Return what a run wrote down so far; empty where no network was trained."""
    try:
        read = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        kind: [[Epoch(place + 1, *each) for place, each in enumerate(one)] for one in trainings]
        for kind, trainings in read.items()
    }
