from collections.abc import Callable

import pandas as pd
import pytest

from medalloc.priority.waiting import Waiting, waiting_of
from medalloc.tables.table import Source, Table


@pytest.fixture(scope="session")
def waits() -> Callable[..., Waiting]:
    """Return what makes patients of columns; one called ``patient`` says who they are."""

    def waits(**columns: list[object]) -> Waiting:
        frame = pd.DataFrame(columns)
        roles = {"patient": "patient id", "region": "region"}
        return waiting_of(Table(frame, {each: roles.get(each, "ignored") for each in frame}, Source("patients", "")))

    return waits
