"""A table in partitions: Parquet files with the same columns, whose row groups are read a few at a time."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from medalloc.errors import InputError, refused
from medalloc.partitions.places import Place, files_at, opened, place_of
from medalloc.sentences import sentence
from medalloc.tables.parquet import is_text
from medalloc.tables.pieces import ROWS

ROWS_OF_A_PART = 1_000_000
"""Rows that are measured at a time, more or less: what a killed run loses. [count]"""


@dataclass(frozen=True)
class Part:
    """Some row groups of one file."""

    file: str
    """Its path or URL."""

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


def partitions_of(place: Place, rows: int = ROWS_OF_A_PART) -> Partitions:
    """Return what a folder of Parquet files holds.

    Parameters
    ----------
    place : Path or str
        A folder, or the URL of one; its files end in ``.parquet``, and folders in it are looked into.
    rows : int
        Rows of a part, more or less: row groups are never parted. [count]

    Raises
    ------
    SourceError
        If there is no such file, or the place cannot be reached.
    InputError
        If one is no Parquet or damaged, or has other columns than the first.
    """
    import pyarrow
    from pyarrow import parquet

    parts, before, schema, known = list[Part](), 0, None, hashlib.sha256()
    for stored in files_at(place):
        try:
            with opened(stored.file) as source, parquet.ParquetFile(source) as read:
                found, told = read.schema_arrow.remove_metadata(), read.metadata
                sizes = [told.row_group(each).num_rows for each in range(told.num_row_groups)]
        except (pyarrow.ArrowException, OSError) as error:
            raise _damaged(stored.file) from error
        schema = found if schema is None else schema
        _refuse_other_columns(stored.file, schema, found)
        known.update(f"{stored.stamp}\n".encode())
        for groups in _grouped(sizes, rows):
            count = sum(sizes[each] for each in groups)
            parts.append(Part(stored.file, groups, before, count))
            before += count
    if not before:
        raise refused("“{folder}” has column names but no rows.", folder=str(place))
    names = tuple(" ".join(str(each).split()) for each in schema.names) if schema is not None else ()
    return Partitions(tuple(parts), names, known.hexdigest())


def batches(part: Part, columns: Collection[str] | None = None, *, coded: bool = True) -> Iterator[Any]:
    """Yield the rows of a part, some at a time, as batches of Arrow.

    Parameters
    ----------
    columns : collection of str, optional
        Columns to read, as far as they are there; all without it.
    coded : bool
        Whether texts come as codes with a dictionary.

    Raises
    ------
    SourceError
        If the file cannot be read where it lies.
    """
    from pyarrow import parquet

    far = isinstance(place_of(part.file), str)
    with opened(part.file) as source:
        with parquet.ParquetFile(source) as read:
            schema, about = read.schema_arrow, read.metadata
        names = {" ".join(str(each).split()): each for each in schema.names}
        texts = [each.name for each in schema if is_text(each.type)] if coded else None
        # of what lies here a little at a time is read; elsewhere each question takes its time, and a group is asked for
        how = {"pre_buffer": True} if far else {"pre_buffer": False, "buffer_size": 1 << 16}
        wanted = [own for each, own in names.items() if columns is None or each in columns]
        with parquet.ParquetFile(source, metadata=about, read_dictionary=texts, **how) as read:
            for groups in ([each] for each in part.groups) if far else [list(part.groups)]:
                # one thread and no reading ahead: what is in memory is one batch
                for batch in read.iter_batches(ROWS, row_groups=groups, columns=wanted, use_threads=False):
                    yield batch.rename_columns([" ".join(str(each).split()) for each in batch.schema.names])


def head(partitions: Partitions, rows: int) -> pd.DataFrame:
    """Return the first rows of a table in partitions."""
    first = next(batches(partitions.parts[0], coded=False))
    cells: pd.DataFrame = first.slice(0, rows).to_pandas()
    return cells


def _damaged(file: str) -> InputError:
    return refused("“{file}” is no Parquet file, or a damaged one; export it again, as Parquet.", file=file)


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


def _refuse_other_columns(file: str, first: Any, found: Any) -> None:
    if first.equals(found):
        return
    other = [each.name for each in first if each.name not in found.names or found.field(each.name).type != each.type]
    other += [each for each in found.names if each not in first.names]
    raise refused(
        "“{file}” has other columns, or other kinds of cells, than the first file of its folder: {columns}.",
        file=file,
        columns=", ".join(other) or sentence("their order"),
    )
