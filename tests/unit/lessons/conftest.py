import numpy as np
import pandas as pd
import pytest

from medalloc.lessons.sample import Sample
from medalloc.tables.table import Source, Table


def patients(rows: int = 200, seed: int = 3) -> pd.DataFrame:
    """Return patients whose need follows age and visits."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(50, 15, rows).round(1),
            "gender": draw.choice(["male", "female"], rows),
            "visits": draw.poisson(2, rows),
        }
    )
    odds = 0.06 * (frame["age"] - 50) + 0.5 * (frame["visits"] - 2)
    frame["need"] = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    return frame


@pytest.fixture
def table() -> Table:
    frame = patients()
    return Table(frame, {**dict.fromkeys(frame.columns, "feature"), "need": "need"}, Source("test", "0" * 64))


@pytest.fixture
def two() -> Sample:
    frame = patients()
    return Sample(("age", "visits"), frame[["age", "visits"]].to_numpy(float), frame["need"].to_numpy(np.int8))
