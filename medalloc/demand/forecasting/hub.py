"""A forecast as the hubs of the hubverse take it, so that it can be held against the models of others there."""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.forecast import Forecast
from medalloc.demand.forecasting.scoring import TOLD
from medalloc.sentences import Sentence, sentence

WeekNamedBy = Literal["first", "last"]
"""Which day of a week the dates of counts are: hubs want the last."""

COLUMNS = ("location", "reference_date", "horizon", "target_end_date", "output_type", "output_type_id", "value")

DAY = pd.Timedelta(days=1)


def week_named_by(calendar: Calendar) -> WeekNamedBy:
    """Return which day of a week dates seem to be: epidemiological weeks, which hubs count in, end on Saturday.

    Examples
    --------
    >>> week_named_by(Calendar("week", pd.Timestamp("2024-01-06"))), week_named_by(
    ...     Calendar("week", pd.Timestamp("2024-01-07"))
    ... )
    ('last', 'first')
    """
    return "last" if calendar.every == "week" and calendar.start.day_name() == "Saturday" else "first"


def weeks_told(named_by: WeekNamedBy) -> Sentence:
    """Return in words which day of a week dates were taken for."""
    if named_by == "last":
        return sentence("For the hub, the dates of weeks are taken for their last day.")
    return sentence("For the hub, the dates of weeks are taken for their first day; weeks there end six days later.")


def hub_frame(forecast: Forecast, calendar: Calendar, named_by: WeekNamedBy) -> pd.DataFrame:
    """Return the quantiles of a forecast in the columns of a hub, a row a location, horizon and quantile.

    Parameters
    ----------
    forecast : Forecast
        What comes next.
    calendar : Calendar
        Its periods.
    named_by : str
        Which day of a week the dates are; months and quarters go from their first day to their last whatever it is.

    Returns
    -------
    DataFrame
        ``reference_date`` is the last day that was counted, and ``target_end_date`` the last day of the period
        ``horizon`` periods later; `TOLD` says the quantiles.
    """
    count, horizon = forecast.point.shape
    first = int(calendar.number(pd.DatetimeIndex(forecast.dates[:1]))[0])
    ends = _last_days(calendar, first + np.arange(-1, horizon), named_by)
    quantiles = np.moveaxis(forecast.spread.quantiles(forecast.point, TOLD), 0, 2)
    columns = (
        np.repeat(np.array(forecast.regions, dtype=object), horizon * len(TOLD)),
        ends[0],
        np.tile(np.repeat(np.arange(1, horizon + 1), len(TOLD)), count),
        np.tile(np.repeat(ends[1:], len(TOLD)), count),
        "quantile",
        np.tile(TOLD, count * horizon),
        quantiles.reshape(-1),
    )
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _last_days(calendar: Calendar, numbers: NDArray[np.int64], named_by: WeekNamedBy) -> list[str]:
    is_last = calendar.every == "week" and named_by == "last"
    days = calendar.dates(numbers) if is_last else calendar.dates(numbers + 1) - DAY
    return [each.date().isoformat() for each in days]
