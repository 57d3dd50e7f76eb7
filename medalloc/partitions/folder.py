"""A table in a folder: Parquet files with the same columns, whose row groups are read a few at a time."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from medalloc.errors import InputError, SourceError
from medalloc.sentences import sentence
from medalloc.tables.parquet import is_text
from medalloc.tables.pieces import ROWS

ROWS_OF_A_PART = 1_000_000
"""Rows that are measured at a time, more or less: what a killed run loses. [count]"""


@dataclass(frozen=True)
class Part:
    """Some row groups of one file."""

    file: str
    """Where it is."""

    groups: tuple[int, ...]
    """Its row groups."""

    before: int
    """Rows of the table before these. [count]"""

    rows: int
    """Rows. [count]"""

    def __post_init__(self) -> None:
        """Take the list that JSON has, too."""
        object.__setattr__(self, "groups", tuple(self.groups))


@dataclass(frozen=True)
class Partitions:
    """A table in partitions."""

    parts: tuple[Part, ...]
    """In the order of their names."""

    columns: tuple[str, ...]
    """Names of the columns."""

    identity: str
    """Hash of names, sizes and times of the files: another one where any of them was changed."""

    @property
    def rows(self) -> int:
        """Rows of the table [count]."""
        return sum(each.rows for each in self.parts)


def partitions_of(folder: Path, rows: int = ROWS_OF_A_PART) -> Partitions:
    """Return what a folder of Parquet files holds.

    Parameters
    ----------
    folder : Path
        Its files end in ``.parquet``; folders in it are looked into.
    rows : int
        Rows of a part, more or less: row groups are never parted. [count]

    Raises
    ------
    SourceError
        If there is no such file, or one cannot be opened.
    InputError
        If one is damaged, or has other columns than the first.
    """
    import pyarrow
    from pyarrow import parquet

    files = [folder] if folder.is_file() else sorted(folder.rglob("*.parquet"), key=_natural)
    if not files:
        raise SourceError(sentence("“{folder}” holds no Parquet files (.parquet).", folder=str(folder)))
    parts, before, schema, known = list[Part](), 0, None, hashlib.sha256()
    for file in files:
        try:
            with parquet.ParquetFile(file) as opened:
                found, told = opened.schema_arrow.remove_metadata(), opened.metadata
                sizes = [told.row_group(each).num_rows for each in range(told.num_row_groups)]
        except (pyarrow.ArrowException, OSError) as error:
            raise InputError(
                sentence(
                    "“{file}” starts like a {kind} file but is damaged; export it again.", file=file, kind="Parquet"
                )
            ) from error
        schema = found if schema is None else schema
        _refuse_other_columns(file, schema, found)
        stat = file.stat()
        known.update(f"{file.relative_to(folder.parent)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        for groups in _grouped(sizes, rows):
            count = sum(sizes[each] for each in groups)
            parts.append(Part(str(file), groups, before, count))
            before += count
    if not before:
        raise InputError(sentence("“{folder}” has column names but no rows.", folder=str(folder)))
    names = tuple(" ".join(str(each).split()) for each in schema.names) if schema is not None else ()
    return Partitions(tuple(parts), names, known.hexdigest())


def batches(part: Part, columns: Sequence[str] | None = None, *, coded: bool = True) -> Iterator[Any]:
    """Yield the rows of a part, some at a time, as batches of Arrow.

    Parameters
    ----------
    part : Part
        What is read.
    columns : sequence of str, optional
        Columns to read; all without it.
    coded : bool
        Whether texts come as codes with a dictionary.
    """
    from pyarrow import parquet

    with parquet.ParquetFile(part.file) as opened:
        schema = opened.schema_arrow
    names = {" ".join(str(each).split()): each for each in schema.names}
    texts = [each.name for each in schema if is_text(each.type)] if coded else None
    with parquet.ParquetFile(part.file, read_dictionary=texts, pre_buffer=False, buffer_size=1 << 16) as opened:
        wanted = [names[each] for each in (names if columns is None else columns)]
        # one thread and no reading ahead: what is in memory is one batch
        for batch in opened.iter_batches(ROWS, row_groups=list(part.groups), columns=wanted, use_threads=False):
            yield batch.rename_columns([" ".join(str(each).split()) for each in batch.schema.names])


def head(partitions: Partitions, rows: int) -> pd.DataFrame:
    """Return the first rows of a table in partitions."""
    first = next(batches(partitions.parts[0], coded=False))
    cells: pd.DataFrame = first.slice(0, rows).to_pandas()
    return cells


def _natural(path: Path) -> list[tuple[int, str]]:
    """Return what paths are sorted by: numbers in their names count as numbers."""
    return [(int(each), "") if each.isdigit() else (0, each) for each in re.split(r"(\d+)", str(path))]


def _grouped(sizes: Sequence[int], rows: int) -> Iterator[tuple[int, ...]]:
    held, count = list[int](), 0
    for place, size in enumerate(sizes):
        if held and count + size > rows:
            yield tuple(held)
            held, count = [], 0
        held.append(place)
        count += size
    if count:
        yield tuple(held)


def _refuse_other_columns(file: Path, first: Any, found: Any) -> None:
    if first.equals(found):
        return
    other = [each.name for each in first if each.name not in found.names or found.field(each.name).type != each.type]
    other += [each for each in found.names if each not in first.names]
    raise InputError(
        sentence(
            "“{file}” has other columns, or other kinds of cells, than the first file of its folder: {columns}.",
            file=str(file),
            columns=", ".join(other) or sentence("their order"),
        )
    )
