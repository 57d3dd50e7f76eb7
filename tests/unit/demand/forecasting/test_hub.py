from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.forecast import Forecast, forecast_of
from medalloc.demand.forecasting.hub import COLUMNS, hub_frame, week_named_by
from medalloc.demand.forecasting.quantiles import spread_of
from medalloc.demand.forecasting.scoring import TOLD, interval_score
from medalloc.report.tables import as_csv
from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.catalogue import shaped


def made_up(calendar: Calendar, seed: int = 1, regions: int = 3, horizon: int = 4) -> Forecast:
    draw = np.random.default_rng(seed)
    predicted = draw.gamma(4, 20, size=(40, regions, horizon))
    names = tuple(f"R{number}" for number in range(regions))
    dates = tuple(calendar.dates(100 + np.arange(horizon)))
    return forecast_of("ridge", names, dates, predicted[0], spread_of(predicted, draw.poisson(predicted).astype(float)))


SATURDAYS = Calendar("week", pd.Timestamp("2024-01-06"))


@pytest.mark.parametrize(("regions", "horizon"), [(1, 1), (3, 4), (4, 2), (12, 9)])
def test_a_file_for_a_hub_read_again_is_the_sum_of_medians_of_every_location(regions, horizon):
    forecast = made_up(SATURDAYS, regions, regions, horizon)
    written = as_csv(hub_frame(forecast, SATURDAYS, "last"))
    table = shaped(read_bytes(written, "forecast.csv"))
    found = table.frame.set_index(table.required("region"))[table.required("demand")]
    assert [str(each) for each in found.index] == list(forecast.regions)
    np.testing.assert_allclose(found, forecast.quantiles[1].sum(axis=1), rtol=1e-12)


def test_every_row_is_a_location_a_horizon_and_a_quantile_and_quantiles_rise():
    forecast = made_up(SATURDAYS)
    frame = hub_frame(forecast, SATURDAYS, "last")
    assert tuple(frame.columns) == COLUMNS and len(frame) == 3 * 4 * len(TOLD)
    assert not frame.duplicated(["location", "horizon", "output_type_id"]).any()
    values = frame["value"].to_numpy().reshape(3, 4, len(TOLD))
    assert (np.diff(values, axis=2) >= 0).all() and (values >= 0).all()
    np.testing.assert_array_equal(values[:, :, [1, 3, 5]], np.moveaxis(forecast.quantiles, 0, 2))
    # a hub scores what is in the file as we score it here
    actual = np.full((3, 4), 50.0)
    again = interval_score(actual, np.moveaxis(values, 2, 0), TOLD)
    np.testing.assert_array_equal(again, interval_score(actual, forecast.spread.quantiles(forecast.point, TOLD), TOLD))


@pytest.mark.parametrize(
    ("every", "start", "named_by", "reference", "ends"),
    [
        ("week", "2024-01-06", "last", "2025-11-29", ["2025-12-06", "2025-12-13"]),
        ("week", "2024-01-07", "first", "2025-12-06", ["2025-12-13", "2025-12-20"]),
        ("week", "2024-01-07", "last", "2025-11-30", ["2025-12-07", "2025-12-14"]),
        ("day", "2024-01-06", "first", "2024-04-14", ["2024-04-15", "2024-04-16"]),
        ("day", "2024-01-06", "last", "2024-04-14", ["2024-04-15", "2024-04-16"]),
        ("month", "2024-01-01", "last", "2032-04-30", ["2032-05-31", "2032-06-30"]),
        ("quarter", "2024-01-01", "first", "2048-12-31", ["2049-03-31", "2049-06-30"]),
    ],
)
def test_horizons_are_counted_from_the_last_day_that_was_counted(every, start, named_by, reference, ends):
    calendar = Calendar(every, pd.Timestamp(start))
    frame = hub_frame(made_up(calendar, horizon=2), calendar, named_by)
    assert set(frame["reference_date"]) == {reference}
    assert frame.groupby("horizon")["target_end_date"].unique().map(list).tolist() == [[each] for each in ends]
    if every == "week":
        apart = pd.to_datetime(frame["target_end_date"]) - pd.to_datetime(frame["reference_date"])
        assert (apart.dt.days == 7 * frame["horizon"]).all()


def test_only_saturdays_of_weeks_are_taken_for_last_days():
    days = pd.date_range("2024-01-01", periods=7)
    assert [week_named_by(Calendar("week", each)) for each in days] == [*["first"] * 5, "last", "first"]
    assert week_named_by(replace(SATURDAYS, every="day")) == "first"
