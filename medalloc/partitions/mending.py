"""What is mended in every part of a table: the repairs that need no other part, and text that holds numbers."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from medalloc.errors import refused
from medalloc.tables.parquet import is_text
from medalloc.tables.repairs import Repair, repaired
from medalloc.tables.table import Source, Table
from medalloc.tables.values import plain_numbers


def with_repairs(cells: Any, repairs: Sequence[Repair], name: str) -> Any:
    """Return rows of a file with the repairs applied."""
    if not repairs:
        return cells
    frame = cells if isinstance(cells, pd.DataFrame) else cells.to_pandas()
    return repaired(Table(frame, dict.fromkeys(frame.columns, "ignored"), Source(name, "")), repairs).frame


def with_numbers(cells: Any, names: Collection[str | None], decimal: str | None) -> Any:
    """Return rows with numbers in place of text that holds them in these columns."""
    if isinstance(cells, pd.DataFrame):
        texts = [name for name in cells.columns if name in names and not pd.api.types.is_numeric_dtype(cells[name])]
    else:
        kinds = {each.name: getattr(each.type, "value_type", each.type) for each in cells.schema}
        texts = [name for name, kind in kinds.items() if name in names and is_text(kind)]
    if not texts:
        return cells
    frame = cells if isinstance(cells, pd.DataFrame) else cells.to_pandas()
    return frame.assign(**plain_numbers(frame[texts].astype("str").where(frame[texts].notna()), decimal))


WHOLE_TABLE = ("duplicated rows", "duplicated ids", "spellings", "far out")
"""Repairs that only somebody who sees every row can make."""


def refuse_for_partitions(repairs: Iterable[tuple[str, str | None]]) -> None:
    """Refuse the repairs that need every row of a table at once."""
    if wrong := [kind for kind, _ in repairs if kind in WHOLE_TABLE]:
        raise refused(
            "These repairs need all rows at once and cannot be made in a table in partitions: {kinds}.",
            kinds=", ".join(dict.fromkeys(wrong)),
        )
