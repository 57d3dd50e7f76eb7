"""What statsforecast's forecasters say from some dates, in an environment without medalloc.

    .venv-bench/bin/python -m benchmarks.peer_forecasts counts.npz said.npz

AutoETS takes no season longer than 24 periods, so weekly counts are without one there; ends below 0 are 0.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, AutoTheta, SeasonalNaive

Floats = NDArray[np.float64]

LONGEST_SEASON = 24
"""Of AutoETS. [periods]"""

CHANCES = (50, 80, 90)
"""Of the intervals. [%]"""


def said(counts: Floats, horizon: int, season: int) -> dict[str, Floats]:
    """Return quantiles of what comes by forecaster, shape (7, n_regions, horizon); gaps are the count before."""
    filled = [pd.Series(each[np.isfinite(each).argmax() :]).ffill().to_numpy() for each in counts]
    frame = pd.concat(
        [pd.DataFrame({"unique_id": place, "ds": np.arange(len(y)), "y": y}) for place, y in enumerate(filled)]
    )
    peers = (
        AutoETS(season_length=season if season <= LONGEST_SEASON else 1),
        AutoTheta(season_length=season),
        SeasonalNaive(season_length=season),
    )
    found = StatsForecast(list(peers), freq=1, n_jobs=1).forecast(df=frame, h=horizon, level=list(CHANCES))
    ends = [*(f"-lo-{each}" for each in reversed(CHANCES)), "", *(f"-hi-{each}" for each in CHANCES)]
    return {
        str(each): np.maximum([found[f"{each}{end}"].to_numpy().reshape(len(counts), horizon) for end in ends], 0.0)
        for each in peers
    }


def main(asked: Path, answer: Path) -> None:
    """Answer one question: counts of shape (n_regions, n_periods), how many of the periods are known at each date."""
    given = np.load(asked)
    each = [said(given["counts"][:, :length], int(given["horizon"]), int(given["season"])) for length in given["known"]]
    together: dict[str, Any] = {name: np.stack([found[name] for found in each]) for name in each[0]}
    np.savez(answer, **together)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
