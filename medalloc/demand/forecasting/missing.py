"""Which periods were not counted, and what is done about it."""

from dataclasses import dataclass

import numpy as np

from medalloc.demand.forecasting.calendar import last_season, periods
from medalloc.demand.forecasting.filling import CARRIED
from medalloc.demand.forecasting.panel import Panel
from medalloc.sentences import Sentence, sentence

SHOWN = 5
"""Regions named one by one; the rest are counted."""


@dataclass(frozen=True)
class Gaps:
    """Periods of one region that were not counted."""

    region: str
    """Its name."""

    missing: int
    """Periods between its first and the panel's last one that were not counted. [periods]"""

    longest: int
    """The longest stretch of them. [periods]"""

    late: int
    """Periods before its first count, in which others were counted already. [periods]"""


def gaps(panel: Panel) -> tuple[Gaps, ...]:
    """Return the gaps of every region, in the order of the panel."""
    return tuple(
        Gaps(name, int(absent[first:].sum()), _longest(absent[first:]), int(first))
        for name, absent, first in zip(panel.regions, np.isnan(panel.values), panel.first_known, strict=True)
    )


def missing_notes(panel: Panel) -> list[Sentence]:
    """Say how much is missing, where, and what stands in for it."""
    found = gaps(panel)
    missing = sum(each.missing for each in found)
    notes = []
    if missing:
        cells = panel.values.size - sum(each.late for each in found)
        notes.append(
            sentence(
                "Missing: {count} of {all} counts. Forecasters see the last count in their place, after {carried} "
                "{periods} that of {season}; no forecast is scored on them.",
                count=missing,
                all=cells,
                carried=CARRIED,
                periods=periods(panel.calendar.every),
                season=last_season(panel.calendar.every),
            )
        )
    worst = sorted((each for each in found if each.missing), key=lambda each: -each.missing)
    notes += [
        sentence(
            "“{region}”: {count} missing, the longest gap {longest} {periods}.",
            region=each.region,
            count=each.missing,
            longest=each.longest,
            periods=periods(panel.calendar.every),
        )
        for each in worst[:SHOWN]
    ]
    if len(worst) > SHOWN:
        notes.append(sentence("Further regions with missing counts: {count}.", count=len(worst) - SHOWN))
    late = [each for each in found if each.late]
    notes += [
        sentence(
            "“{region}” begins {count} {periods} after the first region; what comes before is left out.",
            region=each.region,
            count=each.late,
            periods=periods(panel.calendar.every),
        )
        for each in late[:SHOWN]
    ]
    if len(late) > SHOWN:
        notes.append(sentence("Further regions that begin late: {count}.", count=len(late) - SHOWN))
    return notes


def _longest(absent: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], absent.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0
