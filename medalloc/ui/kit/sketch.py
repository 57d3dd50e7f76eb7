"""Charts that differ from one time to the next in their numbers alone: drawn once, and the numbers put in each time."""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair
import pandas as pd
from altair.utils import schemapi

from medalloc.ui import state
from medalloc.ui.kit import palette

Drawing = Any
"""A chart of the drawing library, whose own types do not say what its methods return."""

Columns = tuple[tuple[str, str], ...]
"""Names of columns, each with its kind of numbers or text."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """A chart before its numbers are in it: making one takes the drawing library longer than a plan takes."""

    draw: Callable[..., Drawing]
    """From the numbers and the settings to the chart; what it makes depends on the columns alone, not on the rows."""

    numbers: pd.DataFrame
    """What is drawn."""

    settings: tuple[Hashable, ...] = ()
    """What else there is to know."""

    def chart(self) -> Drawing:
        """Return the chart itself."""
        return self.draw(self.numbers, *self.settings)

    def to_dict(self) -> dict[str, Any]:
        """Return what Vega-Lite draws, the numbers beside it under a name of theirs."""
        columns = tuple((str(name), str(kind)) for name, kind in self.numbers.dtypes.items())
        drawn = _without_numbers(self.draw, columns, self.settings, palette.shade(), state.look().language)
        spec: dict[str, Any] = json.loads(drawn)
        return {**spec, "datasets": {**spec.get("datasets", {}), NAME: self.numbers}}


NAME = "numbers"
"""Under which the browser finds the numbers."""


def _named(_data: object) -> dict[str, str]:
    return {"name": NAME}


@lru_cache(maxsize=500)
def _without_numbers(
    draw: Callable[..., Drawing],
    columns: Columns,
    settings: tuple[Hashable, ...],
    shade: str,  # noqa: ARG001
    language: str,  # noqa: ARG001
) -> str:
    """Return the chart of no rows as JSON; it differs by the colours and the words of whoever looks at it."""
    nothing = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns})
    altair.data_transformers.register(NAME, _named)
    # streamlit brings its own theme; what is kept must not hang on who asked first
    with altair.theme.enable("none"), altair.data_transformers.enable(NAME):
        return json.dumps(draw(nothing, *settings).to_dict(validate=schemapi.DEBUG_MODE))
