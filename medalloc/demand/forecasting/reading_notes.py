"""What reading a history had to decide, in words."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar, spans
from medalloc.demand.forecasting.panel import Panel
from medalloc.sentences import Sentence, counted, listed, sentence
from medalloc.tables.periods import day_comes_first
from medalloc.tables.spelling import spellings


def apart(regions: pd.Series) -> tuple[Sentence, ...]:
    """Say which names that differ by their spelling only stay regions of their own."""
    other = spellings(regions[regions != ""].tolist())
    if not other:
        return ()
    found, usual = next(iter(other.items()))
    said = sentence(
        "“{one}” and “{other}” differ in spelling only and are kept apart; have rows of one region and period summed "
        "to take such names for one (names: {count}).",
        one=found,
        other=usual,
        count=len(other),
    )
    return (said,)


def day_or_month_first(cells: Sequence[object]) -> tuple[Sentence, ...]:
    """Say which of day and month was taken for the first, where no date of the column decides it."""
    found = day_comes_first(cells)
    if found is None:
        return ()
    date, day = found
    said = (
        sentence("Dates such as {date} are read with the day first, which gives the more regular steps.", date=date)
        if day
        else sentence("Dates such as {date} are read with the month first; no date decides it.", date=date)
    )
    return (said,)


def merged(twice: NDArray[np.bool_], spelt: pd.Series, region: pd.Series) -> Iterator[Sentence]:
    """Say which rows were summed, and which names were taken for one region."""
    yield sentence("Rows that were added to another row of their region and period: {count}.", count=int(twice.sum()))
    other = sorted(set(spelt[spelt != region]))
    if other:
        yield sentence(
            "Names that differ by case or spaces only were taken for one region: {names}.", names=listed(other)
        )


def frequency(calendar: Calendar, panel: Panel) -> Sentence:
    """Say how many regions there are, and from when to when."""
    return counted(
        "{regions} region, {periods} from {first} to {last}.",
        "{regions} regions, {periods} from {first} to {last}.",
        "regions",
        regions=len(panel.regions),
        periods=spans(panel.length, calendar.every),
        first=panel.dates[0].date().isoformat(),
        last=panel.dates[-1].date().isoformat(),
    )
