"""How a race stands: many runs of one optimiser as a band, and who is lowest where all can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from medalloc.lessons.descent import Run
from medalloc.lessons.sample import Floats

Axis = Literal["updates", "passes", "seconds"]
AXES: tuple[Axis, ...] = ("updates", "passes", "seconds")


@dataclass(frozen=True, eq=False)
class Band:
    """Several runs of one optimiser against one measure of effort."""

    effort: Floats
    """Updates, passes or seconds at every look, shape (looks,)."""

    low: Floats
    """Smallest loss of the runs there. [nat]"""

    middle: Floats
    """Median loss. [nat]"""

    high: Floats
    """Largest loss. [nat]"""

    lost: int
    """Runs that left for good; the band ends where the first of them did. [count]"""

    def at(self, effort: float) -> float:
        """Return the median loss at an effort; endless beyond the end of the band."""
        if effort > self.effort[-1] * (1 + 1e-9):
            return float("inf")
        return float(np.interp(effort, self.effort, self.middle))


def band(runs: Sequence[Run], axis: Axis) -> Band:
    """Return several runs of one optimiser as a band.

    Parameters
    ----------
    runs : sequence of Run
        At least one, looked at after the same updates.
    axis : str
        One of `AXES`; of seconds, which differ from run to run, the median is taken.
    """
    looks = min(len(each.loss) for each in runs)
    losses = np.array([each.loss[:looks] for each in runs])
    effort = np.median([getattr(each, axis)[:looks] for each in runs], axis=0)
    return Band(
        effort, losses.min(axis=0), np.median(losses, axis=0), losses.max(axis=0), sum(each.lost for each in runs)
    )


def common_end(bands: Mapping[str, Band]) -> float:
    """Return the largest effort that everybody who was not lost has made; 0 when all were lost."""
    return min((float(each.effort[-1]) for each in bands.values() if not each.lost), default=0.0)


def standing(bands: Mapping[str, Band]) -> list[tuple[str, float]]:
    """Return everybody with the median loss at the common end, lowest first; those who were lost last, endless."""
    end = common_end(bands)
    reached = {way: float("inf") if each.lost else each.at(end) for way, each in bands.items()}
    return sorted(reached.items(), key=lambda pair: pair[1])
