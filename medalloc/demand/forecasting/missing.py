"""Which periods were not counted, and what is done about it."""

from collections.abc import Sequence
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

    stopped: int
    """Periods after its last count. [periods]"""


def gaps(panel: Panel) -> tuple[Gaps, ...]:
    """Return the gaps of every region, in the order of the panel."""
    return tuple(
        Gaps(name, int(absent[first:].sum()), _longest(absent[first:]), int(first), int(absent[::-1].argmin()))
        for name, absent, first in zip(panel.regions, np.isnan(panel.values), panel.first_known, strict=True)
    )


def missing_notes(panel: Panel) -> list[Sentence]:
    """Say how much is missing, where, and what stands in for it."""
    found = gaps(panel)
    called = periods(panel.calendar.every)
    return [*_in_all(panel, found), *_by_region(found, called), *_apart(found, called)]


def _in_all(panel: Panel, found: Sequence[Gaps]) -> list[Sentence]:
    missing = sum(each.missing for each in found)
    if not missing:
        return []
    return [
        sentence(
            "Missing: {count} of {all} counts. Forecasters see the last count in their place, after {carried} "
            "{periods} that of {season}; no forecast is scored on them.",
            count=missing,
            all=panel.values.size - sum(each.late for each in found),
            carried=CARRIED,
            periods=periods(panel.calendar.every),
            season=last_season(panel.calendar.every),
        )
    ]


def _by_region(found: Sequence[Gaps], called: Sentence) -> list[Sentence]:
    worst = sorted((each for each in found if each.missing), key=lambda each: -each.missing)
    notes = [
        sentence(
            "“{region}”: {count} missing, the longest gap has {longest} of the {periods}.",
            region=each.region,
            count=each.missing,
            longest=each.longest,
            periods=called,
        )
        for each in worst[:SHOWN]
    ]
    if len(worst) > SHOWN:
        notes.append(sentence("Further regions with missing counts: {count}.", count=len(worst) - SHOWN))
    return notes


def _apart(found: Sequence[Gaps], called: Sentence) -> list[Sentence]:
    """Tell which regions begin later or end earlier than the others."""
    late = [each for each in found if each.late]
    notes = [
        sentence(
            "“{region}” begins later than the first region and is left out before: {count} of the {periods}.",
            region=each.region,
            count=each.late,
            periods=called,
        )
        for each in late[:SHOWN]
    ]
    if len(late) > SHOWN:
        notes.append(sentence("Further regions that begin late: {count}.", count=len(late) - SHOWN))
    stopped = [each for each in found if each.stopped > CARRIED]
    notes += [
        sentence(
            "“{region}” was not counted in the last {count} {periods}; what is forecast rests on what stands in.",
            region=each.region,
            count=each.stopped,
            periods=called,
        )
        for each in stopped[:SHOWN]
    ]
    if len(stopped) > SHOWN:
        notes.append(sentence("Further regions that ended early: {count}.", count=len(stopped) - SHOWN))
    return notes


def _longest(absent: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], absent.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0
