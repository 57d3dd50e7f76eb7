"""Which columns and rows the patterns of a shape speak of, and whether a table is of that shape."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from medalloc.tables.shapes.patterns import Patterns, fitting, found
from medalloc.tables.shapes.shape import Shape


def first(patterns: str | Patterns, frame: pd.DataFrame) -> str | None:
    """Return the first column that one of the patterns fits, the first pattern first."""
    names = frame.columns.tolist()
    for pattern in "|".join((patterns,) if isinstance(patterns, str) else patterns).split("|"):
        if pattern and (fits := fitting(pattern, names)):
            return fits[0]
    return None


def as_texts(column: pd.Series) -> pd.Series:
    """Return cells as texts without blanks around them; a whole number is written without a decimal point."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    texts: pd.Series = column.astype("string").str.strip()
    return texts.mask(texts.eq(""))


def rows_of(column: pd.Series, patterns: Patterns) -> pd.Series:
    """Return which cells fit one of the patterns; each distinct cell is looked at once."""
    codes, texts = pd.factorize(as_texts(column))
    kept = [any(found(pattern, str(text)) is not None for pattern in patterns) for text in texts]
    # a missing cell has the code -1, which finds the place at the end
    return pd.Series(np.array([*kept, False])[codes], index=column.index)


def lacking(shape: Shape, frame: pd.DataFrame) -> list[str]:
    """Return what a table lacks for being of a shape; nothing where it is."""
    if shape.tagged and not is_tagged(frame):
        return ["#adm1+name …"]
    names = [pattern for pattern in shape.columns if first(pattern, frame) is None]
    if names:
        return names
    return [f"{name}: {' | '.join(cells)}" for name, cells in shape.cells.items() if not _holds(frame, name, cells)]


def is_tagged(frame: pd.DataFrame) -> bool:
    """Whether the first row of a table holds tags."""
    tags = frame.iloc[0].dropna().astype(str).str.strip() if len(frame) else pd.Series(dtype="str")
    return bool(len(tags)) and bool(tags.str.fullmatch(r"#[A-Za-z][\w+ -]*").all())


def _holds(frame: pd.DataFrame, name: str, cells: Patterns) -> bool:
    column = first(name, frame)
    return column is not None and bool(rows_of(frame[column], cells).any())


def fits(columns: Patterns, cells: Mapping[str, Patterns], frame: pd.DataFrame) -> bool:
    """Whether a table has these columns, and these cells in them."""
    named = all(first(pattern, frame) is not None for pattern in columns)
    return named and all(_holds(frame, name, each) for name, each in cells.items())
