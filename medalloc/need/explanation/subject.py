"""A trained model beside the table it learned from: what every explanation asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import encode_features
from medalloc.preparation.fitted import FittedRecipe
from medalloc.preparation.state import Rows
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Subject:
    """What is explained."""

    table: Table
    """The table the model learned from, with every column."""

    features: tuple[str, ...]
    """Columns the model goes by."""

    train: Rows
    """Rows it learned from."""

    test: Rows
    """Rows that were held out."""

    predict: Callable[[Table], Floats]
    """From a table with the same features to probabilities, NaN for rows that the recipe leaves out."""

    prepared: FittedRecipe
    """From cells to the model's matrix."""

    fitted: FittedModel | None = None
    """The model itself, for explanations that look inside; None where only its answers are known."""

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The features of every row; columns of mixed type are numbers or text, as the model took them."""
        taken = self.table.frame[list(self.features)]
        kinds = dict(zip(self.prepared.sources, self.prepared.kinds, strict=True))
        mixed = [name for name in taken.columns if taken[name].dtype == object]
        return taken.assign(
            **{name: taken[name].astype("float64" if kinds[name] == "number" else "str") for name in mixed}
        )

    def probability(self, cells: pd.DataFrame) -> Floats:
        """Return the model's probability of need for cells of the features, shape (len(cells),). [fraction]."""
        return self.predict(Table(cells, dict.fromkeys(self.features, "feature"), self.table.source))

    def matrix(self, cells: pd.DataFrame) -> NDArray[np.float32]:
        """Return prepared cells, shape (len(cells), matrix columns)."""
        as_table = Table(cells, dict.fromkeys(self.features, "feature"), self.table.source)
        by_name = {column.name: column for column in encode_features(as_table)}
        return self.prepared.matrix([by_name[name] for name in self.prepared.sources], np.arange(len(cells)))

    @cached_property
    def train_matrix(self) -> NDArray[np.float32]:
        """Prepared training rows, shape (training rows, matrix columns)."""
        return self.matrix(self.cells.iloc[self.train])

    @cached_property
    def training_means(self) -> Floats:
        """Mean of each matrix column over the training rows, shape (matrix columns,)."""
        return np.asarray(self.train_matrix.mean(axis=0, dtype=np.float64))

    def with_values(self, cells: pd.DataFrame, column: str, values: Any) -> pd.DataFrame:
        """Return cells with the values of one column replaced, in its own type."""
        return cells.assign(**{column: as_cells(values, self.cells[column], cells.index)})


def as_cells(values: Any, like: "pd.Series[Any]", index: pd.Index) -> "pd.Series[Any]":
    """Return values as cells of the type of a column; every number as one with decimals, which a model takes alike."""
    listed = list(values)
    if pd.api.types.is_numeric_dtype(like):
        return pd.Series([np.nan if pd.isna(each) else float(each) for each in listed], index=index)
    return pd.Series(listed, index=index, dtype=like.dtype)
