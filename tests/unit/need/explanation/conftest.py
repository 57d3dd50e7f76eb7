from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

from medalloc.need.explanation.subject import Subject
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.training import train_patients
from medalloc.preparation.recipe import DEFAULT
from medalloc.tables.table import Source, Table


def patients(rows: int = 300, seed: int = 11) -> pd.DataFrame:
    """Return patients of every kind of column, with gaps, a constant, and Chinese names."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(50, 15, rows).round(1),
            "性别": draw.choice(["男", "女"], rows),
            "visits": draw.poisson(2, rows),
            "diabetic": draw.random(rows) < 0.2,
            "seen": pd.Timestamp("2024-01-01") + pd.to_timedelta(draw.integers(0, 300, rows), unit="D"),
            "same": 4.0,
        }
    )
    odds = 0.06 * (frame["age"] - 50) + 0.8 * frame["visits"] + 1.2 * frame["diabetic"] - 2.2
    frame["need"] = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    frame.loc[draw.random(rows) < 0.05, "age"] = np.nan
    frame.loc[draw.random(rows) < 0.05, "性别"] = None
    return frame


def as_subject(frame: pd.DataFrame, kind: str) -> Subject:
    table = Table(frame, {**dict.fromkeys(frame.columns, "feature"), "need": "need"}, Source("test", "0" * 64))
    trained = train_patients(gather(table, DEFAULT), DEFAULT, ModelChoice(kind))
    fitted = trained.fitted
    return Subject(
        table,
        fitted.prepared.sources,
        trained.split.train,
        trained.split.test,
        trained.probability,
        fitted.prepared,
        fitted,
    )


@pytest.fixture(scope="session")
def subject() -> Callable[[str], Subject]:
    """Return what trains a model of a kind once and gives it for explaining."""
    return cache(lambda kind: as_subject(patients(), kind))
