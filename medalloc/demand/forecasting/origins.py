"""From which past periods forecasts are tried, and which periods are kept aside."""

from dataclasses import dataclass

from medalloc.demand.forecasting.calendar import SEASONS, Every, spans
from medalloc.sentences import Sentence, sentence

MOST_ORIGINS = 26
"""Origins of one stretch; with more periods, only every second or third one is tried. [count]"""

SEASONS_COMPARED = 3
"""Stretches on which forecasters are compared, if the history allows; only one is kept aside. [count]"""

SEASONS_LEARNED = 4
"""Seasons before the first origin that allow more than one stretch. [seasons]"""

ENOUGH_ORIGINS = 12
"""Fewer origins are told to be few. [count]"""

TRIED = {"day": 91, "week": 52, "month": 24, "quarter": 12}
"""Periods of one stretch, if the history allows: a year, or a quarter of one of days. [periods]"""

FEWEST_LEARNED = 6
"""Periods before the first origin; half of them where the history is shorter still. [periods]"""


@dataclass(frozen=True)
class Origins:
    """The last known periods that forecasts are tried from."""

    compared: tuple[int, ...]
    """Origins on which forecasters are compared; all their targets lie before those kept aside."""

    kept: tuple[int, ...]
    """Origins of the last season, which only the chosen forecaster is scored on. Later horizons of the last ones have
    not been counted yet."""

    step: int
    """Periods between two origins that are compared. [periods]"""

    note: Sentence | None
    """That there are few of them, when it is so."""


def planned(length: int, horizon: int, every: Every) -> Origins:
    """Return the origins for a history.

    Parameters
    ----------
    length : int
        Periods that were counted. [periods]
    horizon : int
        Periods to look ahead. [periods]
    every : str
        Length of a period.

    Examples
    --------
    >>> found = planned(436, 4, "week")
    >>> len(found.compared), len(found.kept), found.compared[-1], found.kept[0]
    (26, 26, 379, 384)
    """
    fewest = min(FEWEST_LEARNED, length // 2)
    free = length - fewest
    stretch = min(TRIED[every], free // 3)
    after_a_season = (length - SEASONS[every] - horizon) // 2
    if after_a_season >= ENOUGH_ORIGINS:
        # shorter stretches, so that what was counted a season before can be compared from the first origin on
        stretch = min(stretch, after_a_season)
    # the first kept origin is the period before the season that is kept aside
    kept_from = length - stretch - 1
    kept, _ = _spread(kept_from, length - 2) if stretch >= ENOUGH_ORIGINS else ((), 1)
    end = (kept_from if kept else length - 1) - horizon
    # several stretches, where a long history is left to learn from: one season may have been unlike the rest
    compared_on = max(stretch, min(SEASONS_COMPARED * TRIED[every], end + 1 - SEASONS_LEARNED * SEASONS[every]))
    start = max(fewest - 1, min(end - compared_on + 1, end - ENOUGH_ORIGINS + 1))
    compared, step = _spread(start, end)
    note = None
    if len(compared) < ENOUGH_ORIGINS or not kept:
        note = sentence(
            "The history of {periods} is short: forecasters are compared on past dates, {count} in all, and {kept} are "
            "kept aside.",
            periods=spans(length, every),
            count=len(compared),
            kept=spans(stretch if kept else 0, every),
        )
    return Origins(compared, kept, step, note)


def _spread(first: int, last: int) -> tuple[tuple[int, ...], int]:
    """Return evenly spread origins that end with the last one, and their step."""
    step = -(-(last - first + 1) // MOST_ORIGINS)
    return tuple(range(last, first - 1, -step))[::-1], step
