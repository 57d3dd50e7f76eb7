"""Cells on their way through the steps that shape a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence


@dataclass(frozen=True, eq=False)
class Cells:
    """A frame, what its columns are for, and which row of the file each of its rows came from."""

    frame: pd.DataFrame
    """Cells, numbered from 0."""

    roles: Mapping[str, str]
    """Role by column; none where a file is only predicted."""

    origin: NDArray[np.integer[Any]]
    """Row of the frame as it came in, shape (rows,). From a row can come none, one or several."""

    left_out: tuple[Sentence, ...] = ()
    """Which rows were left out, how many, and why."""
