"""A table in partitions, and a model that learnt from it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes
from medalloc.need.training.training import train
from medalloc.partitions.measuring import Measure
from medalloc.partitions.state import State, with_sample
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.apart import read_file
from medalloc.tables.table import Table

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"


@pytest.fixture(scope="session")
def patients() -> Table:
    return read_file(SAMPLE)


@pytest.fixture(scope="session")
def measure(patients: Table) -> Measure:
    trained = train(patients, recipe_named("default"), ModelChoice("logistic"))
    model = model_bytes(keep_model(trained, patients))
    return Measure(model, "region", "need", None, means_need=("1",), means_none=("0",))


@pytest.fixture
def state(patients: Table, tmp_path: Path) -> State:
    """Return a table of twelve parts with a sample of a thousand rows."""
    (tmp_path / "table").mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(patients.frame)), 12)):
        frame: pd.DataFrame = patients.frame.iloc[rows]
        frame.to_parquet(tmp_path / "table" / f"part-{number}.parquet", index=False)
    return with_sample(tmp_path / "table", tmp_path / "state", 1000, ("region", "need"), 42, lambda *_: None)
