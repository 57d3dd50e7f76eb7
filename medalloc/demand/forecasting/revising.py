"""What a newer file of counts changes: periods that came, past values that were revised, another forecast."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import periods, spans
from medalloc.demand.forecasting.forecast import Forecast
from medalloc.demand.forecasting.panel import Panel
from medalloc.sentences import Sentence, counted, sentence

NAMED = 10
"""Regions named in a sentence; the rest are counted."""


@dataclass(frozen=True, eq=False)
class Revision:
    """What is different in a newer file of counts."""

    came: tuple[pd.Timestamp, ...]
    """Periods after the last one of the earlier file."""

    table: pd.DataFrame
    """A row a region of both files: ``region``, ``revised`` (periods whose count changed), ``largest`` (change by the
    largest of them) and ``when`` (its first day), ``filled`` (periods that were missing before), ``withdrawn``."""

    said: tuple[Sentence, ...]
    """The same in words."""


def revision(before: Panel, now: Panel) -> Revision:
    """Return what a newer file of counts changes in the past, and what it adds.

    Parameters
    ----------
    before, now : Panel
        The counts of the earlier and of the newer file.
    """
    if before.calendar.every != now.calendar.every:
        told = sentence(
            "The files cannot be compared: one counts {before}, the other {now}.",
            before=periods(before.calendar.every),
            now=periods(now.calendar.every),
        )
        return Revision((), _table([]), (told,))
    came = tuple(each for each in now.dates if each > before.dates[-1])
    then = pd.DataFrame(before.values.T, index=before.dates, columns=list(before.regions))
    since = pd.DataFrame(now.values.T, index=now.dates, columns=list(now.regions))
    dates = then.index.intersection(since.index)
    both = [each for each in before.regions if each in set(now.regions)]
    rows = [_of_region(region, then.loc[dates, region], since.loc[dates, region]) for region in both]
    table = _table(rows)
    said = (
        _came(came, now),
        *_regions(before, now),
        _revised(table, len(dates) * len(both)),
    )
    return Revision(came, table, said)


def _of_region(region: str, then: "pd.Series[float]", since: "pd.Series[float]") -> dict[str, object]:
    moved = (since - then).to_numpy()
    changed = np.isfinite(moved) & ~np.isclose(moved, 0.0)
    place = int(np.argmax(np.where(changed, np.abs(moved), -1.0))) if changed.any() else None
    return {
        "region": region,
        "revised": int(changed.sum()),
        "largest": np.nan if place is None else float(moved[place]),
        "when": "" if place is None else then.index[place].date().isoformat(),
        "filled": int((then.isna() & since.notna()).sum()),
        "withdrawn": int((then.notna() & since.isna()).sum()),
    }


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "revised", "largest", "when", "filled", "withdrawn"])


def _came(came: tuple[pd.Timestamp, ...], now: Panel) -> Sentence:
    if not came:
        return sentence("No period is new: both files end at {last}.", last=now.dates[-1].date().isoformat())
    return sentence(
        "New: {periods}, {first} to {last}.",
        periods=spans(len(came), now.calendar.every),
        first=came[0].date().isoformat(),
        last=came[-1].date().isoformat(),
    )


def _regions(before: Panel, now: Panel) -> list[Sentence]:
    found = []
    for said, one, other in (
        (sentence("Regions that are new: {count} ({regions})."), now, before),
        (sentence("Regions that are gone: {count} ({regions})."), before, now),
    ):
        names = [each for each in one.regions if each not in set(other.regions)]
        if names:
            shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
            found.append(Sentence(said.template, {"count": len(names), "regions": shown}))
    return found


def _revised(table: pd.DataFrame, compared: int) -> Sentence:
    changed = table[table["revised"] > 0]
    if changed.empty:
        return counted(
            "Of {compared} past count, none was revised.",
            "Of {compared} past counts, none was revised.",
            "compared",
            compared=compared,
        )
    most = changed.iloc[int(np.argmax(changed["largest"].abs()))]
    return sentence(
        "Past counts that were revised: {count} of {compared}; regions concerned: {regions}. The largest revision is "
        "in {region}, {date}: {change}.",
        compared=compared,
        count=int(changed["revised"].sum()),
        regions=len(changed),
        region=str(most["region"]),
        date=str(most["when"]),
        change=f"{float(most['largest']):+,.4g}",
    )


def forecast_change(before: Forecast, now: Forecast) -> pd.DataFrame:
    """Return by how much the forecast of each region moved, a row a region of both.

    Parameters
    ----------
    before, now : Forecast
        From the earlier and from the newer file.

    Returns
    -------
    DataFrame
        Columns ``region``, ``before`` and ``now``, the mean of all periods ahead [count/period], and ``change``.
    """
    earlier = dict(zip(before.regions, before.mean.mean(axis=1).tolist(), strict=True))
    later = dict(zip(now.regions, now.mean.mean(axis=1).tolist(), strict=True))
    both = [each for each in now.regions if each in earlier]
    made = pd.DataFrame(
        {"region": both, "before": [earlier[each] for each in both], "now": [later[each] for each in both]}
    )
    return made.assign(change=made["now"] - made["before"])


def kept_word(before: Forecast, now: Panel) -> Sentence | None:
    """Say how the last forecast held against what has been counted since; None when nothing of it has been counted.

    Parameters
    ----------
    before : Forecast
        From the earlier file.
    now : Panel
        The counts of the newer file.
    """
    came = pd.DataFrame(now.values.T, index=now.dates, columns=list(now.regions))
    came = came.reindex(index=list(before.dates), columns=list(before.regions))
    found: NDArray[np.float64] = came.to_numpy().T
    known = np.isfinite(found)
    if not known.any():
        return None
    inside = (found >= before.quantiles[0]) & (found <= before.quantiles[-1]) & known
    return counted(
        "Of {count} count that the last forecast spoke of, {share}% came within its 80% interval; in all {forecast} "
        "were forecast and {counted} counted.",
        "Of {count} counts that the last forecast spoke of, {share}% came within its 80% interval; in all {forecast} "
        "were forecast and {counted} counted.",
        count=int(known.sum()),
        share=round(100 * inside.sum() / known.sum()),
        forecast=float(before.mean[known].sum()),
        counted=float(found[known].sum()),
    )
