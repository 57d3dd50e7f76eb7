"""How high a region's number is, by a rule that is shown."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.saved import Limits, Saved
from medalloc.sentences import Sentence, sentence

Level = Literal["unknown", "usual", "raised", "high"]


@dataclass(frozen=True)
class LevelRule(Saved):
    """From which multiple of what is usual a number is raised, and from which it is high.

    Examples
    --------
    >>> LevelRule(1.5, 2.0).levels(np.array([10.0, 16, 20, np.nan]), np.array([10.0, 10, 10, 10]))
    ('usual', 'raised', 'high', 'unknown')
    """

    noun = sentence("rule of levels")

    raised: Annotated[float, Limits(1)] = 1.5
    """Multiple of the usual number. [1]"""

    high: Annotated[float, Limits(1)] = 2.0
    """Multiple of the usual number, at least that of raised. [1]"""

    def own_faults(self) -> list[Sentence]:
        """Return what is wrong with the two together."""
        return [sentence("“High” must begin no lower than “raised”.")] if self.high < self.raised else []

    def levels(self, now: Array, usual: Array) -> tuple[Level, ...]:
        """Return the level of every region; NaN is not known."""
        names: tuple[Level, ...] = ("usual", "raised", "high")
        with np.errstate(invalid="ignore"):
            step = (now >= self.raised * usual).astype(int) + (now >= self.high * usual)
        known = np.isfinite(now) & np.isfinite(usual) & ((usual > 0) | (now == 0))
        return tuple(
            names[0 if now[row] == 0 else int(step[row])] if known[row] else "unknown" for row in range(now.size)
        )

    @property
    def said(self) -> Sentence:
        """The rule in words."""
        return sentence(
            "Raised from {raised} times, high from {high} times what is usual: the median of the year before.",
            raised=self.raised,
            high=self.high,
        )


def usual_before(counts: Array, year: int) -> Array:
    """Return the median of the last periods that are known, shape (n_regions,); NaN where none is. [count/period]."""
    last = counts[:, -year:]
    known = np.isfinite(last).any(axis=1)
    usual = np.full(len(counts), np.nan)
    usual[known] = np.nanmedian(last[known], axis=1)
    return usual
