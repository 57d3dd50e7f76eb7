"""Made-up counts with a season, and the real ones of Boston."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.reading import read_panel
from medalloc.tables.apart import read_file
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

ROOT = Path(__file__).parents[4]


def _weeks(regions: int = 5, length: int = 160, seed: int = 1, missing: float = 0.05) -> Panel:
    draw = np.random.default_rng(seed)
    time = np.arange(length)
    height = draw.uniform(5, 60, (regions, 1))
    swing = np.cumsum(draw.normal(0, 0.1, length))
    values = draw.poisson(height * np.exp(0.6 * np.sin(2 * np.pi * time / 52) + 0.3 * swing)).astype(float)
    gaps = draw.random(values.shape) < missing
    gaps[:, [0, -1]] = False
    values[gaps] = np.nan
    names = tuple(f"R{number}" for number in range(regions))
    return Panel(names, Calendar("week", pd.Timestamp("2020-01-05")), values)


@pytest.fixture(scope="session")
def weeks() -> Callable[..., Panel]:
    return _weeks


@pytest.fixture(scope="session")
def boston() -> Panel:
    return read_panel(read_file(ROOT / "sample_data" / "weekly_boston_flu.csv")).panel


@pytest.fixture
def table() -> Callable[[str], Table]:
    return lambda text: read_bytes(text.encode(), "counts.csv")
