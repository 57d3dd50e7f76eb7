"""A file some rows at a time, so that its length does not matter: Parquet by batches, text by pieces between line ends.

A file that is not large, and one that somebody says something of or whose shape is known, is read whole, as everywhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import SEEK_END, BytesIO
from typing import Any, BinaryIO

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence
from medalloc.tables.apart import read_packed_apart
from medalloc.tables.decoding import LOOKED_AT, plain_text
from medalloc.tables.encodings import sniff_encoding
from medalloc.tables.lines import only_the_table
from medalloc.tables.options import ReadOptions
from medalloc.tables.packed import GZIP
from medalloc.tables.parquet import FEATHER, PARQUET, cells_in, is_text
from medalloc.tables.reading import WORKBOOK
from medalloc.tables.records import is_json
from medalloc.tables.shapes.catalogue import AUTO, NONE, recognised, shaped
from medalloc.tables.table import Source, Table
from medalloc.tables.text import cut_or_said, header_cells, sniff_delimiter
from medalloc.tables.tidying import UNNAMED, refuse_repeated

PACKED = (*WORKBOOK, GZIP, FEATHER, b"\xff\xfe", b"\xfe\xff")
"""How files begin that are no text between whose line ends it can be cut."""

ROWS = 32_768
"""Rows of a piece of a Parquet file or a workbook."""

BYTES = 6_000_000
"""Bytes of a piece of text, more or less."""

WHOLE = 64_000_000
"""Bytes of a file, of Parquet those of its cells, up to which it is read whole."""

BYTES_OF_A_CELL = 8
"""What a number takes once it is read. [bytes]"""

Cells = Any
"""A DataFrame, or a pyarrow.RecordBatch from Parquet."""


@dataclass(frozen=True)
class AsRead:
    """How a file is read, as somebody says it."""

    options: ReadOptions = field(default_factory=ReadOptions)
    """What holds of its text."""

    shape: str = AUTO
    """Known shape that it has, as in `shapes.catalogue.shaped`."""

    own_shape: Mapping[str, Any] | None = None
    """One's own shape."""

    beside: tuple[Table, ...] = ()
    """Files that belong to it."""


def pieces(
    file: BinaryIO,
    name: str,
    only: Sequence[str] | None = None,
    *,
    how: AsRead | None = None,
    told: Callable[[Sentence], None] = lambda _said: None,
) -> Iterator[Cells]:
    """Yield a table's rows in order, some at a time; every piece has the same columns.

    Parameters
    ----------
    file : file
        Any that `reading.read_bytes` reads, at its beginning. Cells of a large text stay text, whatever they look like.
    name : str
        File name, for messages only.
    only : sequence of str, optional
        Columns to read, where leaving out others saves time; those that are not there are passed over.
    how : AsRead, optional
        How it is read.

    Raises
    ------
    InputError
        If the content is not a table, or damaged further down.
    """
    start, large = file.read(8), _is_large(file)
    said = how if how is not None else AsRead()
    if not large or said.options != ReadOptions() or said.shape not in (AUTO, NONE):
        yield from _whole(file, name, said, told)
    elif start.startswith(PARQUET):
        yield from _parquet(file, name, only)
    elif start.startswith(PACKED) or is_json(start) or _has_shape(file, name, said):
        yield from _whole(file, name, said, told)
    else:
        yield from _text(file, name, told)


def _is_large(file: BinaryIO) -> bool:
    """Whether a file or, of Parquet, what is packed in it is too large to be read whole; leaves it at its beginning."""
    file.seek(0)
    is_parquet, size = file.read(4) == PARQUET, file.seek(0, SEEK_END)
    if is_parquet:
        from pyarrow import ArrowException

        # what is wrong with it is said where it is read
        with suppress(ArrowException, OSError):
            size = max(size, BYTES_OF_A_CELL * cells_in(file))
    file.seek(0)
    return size > WHOLE


def _whole(file: BinaryIO, name: str, how: AsRead, told: Callable[[Sentence], None]) -> Iterator[Cells]:
    read = read_packed_apart(file.read(), name, how.options)
    table = shaped(read, how.shape, how.own_shape, how.beside)
    for each in table.notes:
        told(each)
    for first in range(0, len(table.frame), ROWS):
        yield table.frame.iloc[first : first + ROWS]


def _has_shape(file: BinaryIO, name: str, how: AsRead) -> bool:
    """Whether the beginning of a file has a known shape."""
    first = next(_text(file, name, lambda _said: None), None)
    file.seek(0)
    if first is None or how.shape == NONE:
        return False
    return (
        recognised(Table(first, dict.fromkeys(first.columns, "ignored"), Source(name, "")), how.own_shape) is not None
    )


def _parquet(file: BinaryIO, name: str, only: Sequence[str] | None) -> Iterator[Cells]:
    import pyarrow
    from pyarrow import parquet

    try:
        schema = parquet.read_schema(file)
        names = [" ".join(str(each).split()) for each in schema.names]
        refuse_repeated(names)
        kept = [place for place, each in enumerate(names) if only is None or each in only]
        texts = [field.name for field in schema if is_text(field.type)]
        file.seek(0)
        # One thread and no reading ahead: what is in memory is one batch, however long the file is.
        with parquet.ParquetFile(file, read_dictionary=texts, pre_buffer=False, buffer_size=1 << 16) as opened:
            columns = [schema.names[place] for place in kept]
            for batch in opened.iter_batches(ROWS, columns=columns, use_threads=False):
                # text that is no UTF-8 would be found out by whoever looks at it first
                batch.validate(full=True)
                yield batch.rename_columns([" ".join(str(each).split()) for each in batch.schema.names])
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise refused(
            "“{file}” starts like a {kind} file but is damaged; export it again.", file=name, kind="Parquet"
        ) from error


def _text(file: BinaryIO, name: str, told: Callable[[Sentence], None]) -> Iterator[Cells]:
    begin = file.read(LOOKED_AT)
    encoding = sniff_encoding(begin[: begin.rfind(b"\n") + 1] or begin)
    file.seek(0)
    header, delimiter, lines = b"", "", 0
    for content, ends in between_lines(file, BYTES):
        plain = plain_text(content, name, encoding)
        delimiter = delimiter or sniff_delimiter(plain[:LOOKED_AT].decode(errors="ignore"))
        # The header again, so that the piece is a table of its own; it takes one line.
        before = lines - bool(header)
        framed = only_the_table(
            header + plain, name, delimiter, ReadOptions(), begins=not header, ends=ends, before=before
        )
        for each in framed.said:
            told(each)
        header = header or header_line(framed.content, delimiter)
        lines = before + len(framed.account.taken)
        cells = _cells(framed.content, name, delimiter)
        if len(cells):
            yield cells


def between_lines(file: BinaryIO, size: int | None = None) -> Iterator[tuple[bytes, bool]]:
    """Yield the file in pieces that end with a row, and whether it is the last one.

    A row ends at a line end before which quotation marks pair up.
    """
    held, ready = b"", None
    while more := file.read(size or BYTES):
        held += more
        end = held.rfind(b"\n") + 1
        while end and held.count(b'"', 0, end) % 2:
            end = held.rfind(b"\n", 0, end - 1) + 1
        if end:
            if ready is not None:
                yield ready, False
            ready, held = held[:end], held[end:]
    if held and ready is not None:
        yield ready, False
    yield held or ready or b"", True


def header_line(plain: bytes, delimiter: str) -> bytes:
    """Return the column names as one line of their own."""
    names = [" ".join(each.split()).replace('"', '""') for each in header_cells(plain, delimiter)]
    refuse_repeated(names)
    return delimiter.join(f'"{each}"' for each in names).encode() + b"\n"


def _cells(plain: bytes, name: str, delimiter: str) -> pd.DataFrame:
    with cut_or_said(name):
        cells = pd.read_csv(BytesIO(plain), sep=delimiter, dtype="str", index_col=False, encoding_errors="strict")
    cells = cells.set_axis([" ".join(str(each).split()) for each in cells.columns], axis=1)
    idle = [each for each in cells.columns if UNNAMED.fullmatch(each)]
    return cells.drop(columns=idle).dropna(how="all")
