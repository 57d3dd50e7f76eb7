"""How good forecasts are on real counts, and how long they take on made-up ones.

    python -m benchmarks.forecasts                  # Boston's last two years; 1,000 regions of 200 weeks
    python -m benchmarks.forecasts --regions 3000
    python -m benchmarks.forecasts --networks       # the three networks, three seeds each, on Boston's as well

Every week of the last two years is forecast from what had been counted by then; models learn anew every 13 weeks. Time
is CPU time of this process; memory is by how much its largest resident size grew.
"""

import argparse
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.need import line
from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.catalogue import NETWORKS, QUICK, made
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.tables.apart import read_file

BOSTON = Path(__file__).parents[1] / "sample_data" / "weekly_boston_flu.csv"
SEED = 20260101
WEEKS = 104
REFIT = 13
AIMS = {1: 8.5, 4: 12.2}
"""Mean absolute error that the chosen forecaster may have, by weeks ahead."""


def rolling_error(panel: Panel, model: str, ahead: int, seed: int = 0) -> float:
    """Return the mean absolute error of the last two years, one week after the other."""
    first = panel.length - WEEKS - ahead
    errors = []
    forecaster = made(model, ahead, seed)
    for place, origin in enumerate(range(first, panel.length - ahead)):
        seen = panel.until(origin + 1)
        if place % REFIT == 0:
            forecaster = made(model, ahead, seed).fit(seen)
        errors.append(np.abs(forecaster.predict(ahead, seen)[:, -1] - panel.values[:, origin + ahead]))
    return float(np.nanmean(errors))


def chosen(panel: Panel, ahead: int, models: Sequence[str]) -> str:
    """Return the forecaster that the past before those two years speaks for."""
    return outlook(panel.until(panel.length - WEEKS), Question(ahead, tuple(models))).verdict.chosen


def regions_of(count: int, length: int = 200, seed: int = SEED) -> Panel:
    """Return made-up weekly counts: a level, a year, a drift and 3 % missing."""
    draw = np.random.default_rng(seed)
    time_of_year = np.arange(length) / 52 + draw.normal(0, 0.05, (count, 1))
    drift = 0.5 * np.cumsum(draw.normal(0, 0.05, (count, length)), axis=1)
    height = np.exp(draw.normal(3, 0.7, (count, 1)) + 0.5 * np.sin(2 * np.pi * time_of_year) + drift)
    values: NDArray[np.float64] = draw.poisson(height).astype(np.float64)
    values[draw.random(values.shape) < 0.03] = np.nan
    return Panel(
        tuple(f"R{number:05}" for number in range(count)), Calendar("week", pd.Timestamp("2022-01-02")), values
    )


def peak() -> float:
    """Return the largest resident size so far [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def accuracy(networks: bool) -> None:
    panel = read_panel(read_file(BOSTON)).panel
    for ahead, aim in AIMS.items():
        naive = min(rolling_error(panel, each, ahead) for each in ("naive", "seasonal"))
        used = chosen(panel, ahead, ("auto",))
        for model in QUICK[2:]:
            error = rolling_error(panel, model, ahead)
            said = (
                f"{model}{' (chosen)' if model == used else ''}, {ahead} weeks ahead, mean absolute error, better naive"
            )
            print(line(said, error, naive, error / naive, f"at most {aim} of the chosen one" if model == used else ""))
        for model in NETWORKS if networks else ():
            errors = [rolling_error(panel, model, ahead, seed) for seed in range(3)]
            said = f"{model}, {ahead} weeks ahead, 3 seeds from {min(errors):.2f} to {max(errors):.2f}, better naive"
            print(line(said, float(np.mean(errors)), naive, float(np.mean(errors)) / naive, ""))


def speed(count: int) -> None:
    panel = regions_of(count)
    for models in (("boosting",), ("auto",)):
        began, before = time.process_time(), peak()
        outlook(panel, Question(4, models))
        seconds = time.process_time() - began
        name = f"{count:,} regions of 200 weeks, {models[0]} with backtest"
        print(f"{name}: {seconds:.1f} CPU seconds (aim at most 60), memory grew by {peak() - before:.0f} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=1000)
    parser.add_argument("--networks", action="store_true")
    asked = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    accuracy(asked.networks)
    speed(asked.regions)


if __name__ == "__main__":
    main()
