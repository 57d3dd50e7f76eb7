import numpy as np
import pandas as pd
import pytest

from medalloc.tables.table import Source, Table


def patients(rows: int = 400, seed: int = 7) -> pd.DataFrame:
    """Return patients whose need follows age and gender."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(50, 15, rows).round(1),
            "gender": draw.choice(["male", "female"], rows),
            "visits": draw.poisson(2, rows),
            "noise": draw.normal(0, 1, rows),
        }
    )
    odds = 0.08 * (frame["age"] - 50) + 1.0 * (frame["gender"] == "female") - 0.8
    frame["need"] = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    frame.loc[draw.random(rows) < 0.05, "age"] = np.nan
    return frame


def as_table(frame: pd.DataFrame, **roles: str) -> Table:
    """Return a table whose columns are features unless said otherwise."""
    given = dict.fromkeys(frame.columns, "feature")
    return Table(frame, {**given, "need": "need", **roles}, Source("test", "0" * 64))


@pytest.fixture
def frame() -> pd.DataFrame:
    return patients()


@pytest.fixture
def table(frame: pd.DataFrame) -> Table:
    return as_table(frame)
