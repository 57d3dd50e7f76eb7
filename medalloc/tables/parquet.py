"""Tables in the formats of Arrow, Parquet and Feather, whose texts need not be text."""

from io import BytesIO
from typing import Any, BinaryIO

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, sentence

PARQUET, FEATHER = b"PAR1", b"ARROW1"
"""How such files begin."""


def cells_in(file: BinaryIO) -> int:
    """Return how many cells a Parquet file has by what it says of itself; its own size says nothing of that."""
    from pyarrow import parquet

    said = parquet.read_metadata(file)
    return int(said.num_rows * said.num_columns)


def parquet_cells(content: bytes, name: str) -> tuple[pd.DataFrame, tuple[Sentence, ...]]:
    """Return the cells of a Parquet or Feather file, and what was left out of them.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    # loaded when it is needed: that takes longer than reading a small table of text
    import pyarrow
    from pyarrow import feather, parquet

    kind = "Feather" if content.startswith(FEATHER) else "Parquet"
    read = feather.read_table if kind == "Feather" else parquet.read_table
    try:
        # what pandas noted in the file is left out: it would hide a named index, and it may be damaged by itself
        cells = read(BytesIO(content)).replace_schema_metadata(None)
        # text that is no UTF-8 would be found out by whoever looks at it first
        cells.validate(full=True)
        cells, notes = _without_bytes(cells)
        return cells.to_pandas(), notes
    except MemoryError:
        # one of the exceptions of Arrow, too
        raise
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise refused(
            "“{file}” starts like a {kind} file but is damaged; export it again.", file=name, kind=kind
        ) from error


def is_text(kind: Any) -> bool:
    """Whether a type of Arrow is one of text."""
    import pyarrow

    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def _without_bytes(cells: Any) -> tuple[Any, tuple[Sentence, ...]]:
    """Return cells of Arrow with bytes as the text that they are, and without columns in which they are none."""
    import pyarrow

    kinds, notes = pyarrow.types, list[Sentence]()
    for place, each in enumerate(cells.schema):
        if kinds.is_binary(each.type) or kinds.is_large_binary(each.type) or kinds.is_fixed_size_binary(each.type):
            try:
                cells = cells.set_column(place - len(notes), each.name, cells.column(place - len(notes)).cast("string"))
            except pyarrow.ArrowInvalid:
                cells = cells.remove_column(place - len(notes))
                notes.append(
                    sentence("“{column}” holds binary data, such as shapes, and was left out.", column=each.name)
                )
    return cells, tuple(notes)
