from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.state import ColumnState, Operation


@pytest.fixture
def learn() -> Callable[..., Operation]:
    """Learn a step from a column."""

    def learned(name: str, state: ColumnState, **options: object) -> Operation:
        kind = STEP_KINDS[name]
        every = {each: options.get(each, option.default) for each, option in kind.options.items()}
        assert kind.learn is not None
        return kind.learn(every, state, None)

    return learned


@pytest.fixture
def text() -> Callable[..., ColumnState]:
    """Make a column of text."""

    def made(*texts: str | None) -> ColumnState:
        levels = pd.Index(sorted({one for one in texts if one is not None}), dtype="str")
        codes = [-1 if one is None else int(levels.get_loc(one)) for one in texts]
        return ColumnState("x", np.array(codes, dtype=np.int32), levels)

    return made
