"""The cells of a text whose columns a sign parts, and how its numbers are written."""

import csv
import re
import warnings
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence
from medalloc.tables.account import Account
from medalloc.tables.decoding import LOOKED_AT, encoding_of, plain_text
from medalloc.tables.encodings import guess_said, is_guessed
from medalloc.tables.eurostat import in_columns
from medalloc.tables.lines import only_the_table
from medalloc.tables.marks import marks_blank
from medalloc.tables.number_style import in_one_style
from medalloc.tables.options import ReadOptions
from medalloc.tables.table import Source
from medalloc.tables.text import cut_or_said, header_cells, may_hold_codes, sniff_delimiter
from medalloc.tables.tidying import gap_said, left_of_a_gap, refuse_repeated

PARTED = rb"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])"
"""A number whose points may part thousands."""

CODE = r" *0[0-9]+ *"
"""A cell of digits that is a name, such as 01001."""

LONG_CODE = r" *(?:0[0-9]+|[0-9]{16,}) *"
"""The same, or of more digits than a decimal number keeps."""


def refuse_empty(content: bytes, name: str) -> None:
    """Refuse a file that holds nothing."""
    if not content.strip():
        raise refused("“{file}” is empty; save the table again and choose that file.", file=name)


def text_cells(
    content: bytes, name: str, sha256: str, options: ReadOptions
) -> tuple[pd.DataFrame, Source, Account, tuple[Sentence, ...]]:
    """Return the cells of a text, how it was read, what its lines were taken for, and what is to be said of that."""
    encoding = encoding_of(content, options.encoding)
    content = plain_text(content, name, encoding)
    refuse_empty(content, name)
    content, marked = in_columns(content)
    delimiter = options.delimiter or sniff_delimiter(content[:LOOKED_AT].decode(errors="ignore"))
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise refused("“{delimiter}” cannot separate columns; use one character such as , or ;.", delimiter=delimiter)
    framed = only_the_table(content, name, delimiter, options)
    content, names = framed.content, header_cells(framed.content, delimiter)
    beside = []
    if (width := left_of_a_gap(names)) is not None:
        content, beside = _first_columns(content, delimiter, width), [gap_said(names[width:])]
    frame, styled = cells_of(content, name, delimiter, options, options.texts)
    guessed = options.encoding is None and is_guessed(encoding)
    told = [guess_said(encoding, content.decode(errors="ignore"))] if guessed else []
    source = Source(name, sha256, encoding=encoding, delimiter=delimiter, multiple=framed.multiple)
    return frame, source, framed.account, (*told, *marked, *framed.said, *beside, *styled)


def cells_of(
    content: bytes, name: str, delimiter: str, options: ReadOptions, texts: Sequence[str] = ()
) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return the cells of a text that is a table and nothing else, and what was decided about its numbers.

    Parameters
    ----------
    content : bytes
        In UTF-8, beginning with a line of names.
    name : str
        File name, for messages only.
    delimiter, options
        How it is cut.
    texts : sequence of str
        Columns that are text, whatever they look like here: elsewhere in the file they hold something else.
    """
    refuse_repeated(header_cells(content, delimiter))
    with cut_or_said(name):
        written = {} if options.decimal == "." else _written(content, delimiter)
        written = {each: cells for each, cells in written.items() if each not in texts}
        return in_one_style(_cut(content, delimiter, texts), written, options.decimal, options.texts)


def _written(content: bytes, delimiter: str) -> dict[str, pd.Series]:
    """Return the columns in which every point may part thousands, as the file writes them.

    Where commas part columns a point is the decimal sign, unless such numbers stand in quotation marks beside whole
    ones.
    """
    if re.search(PARTED if delimiter != "," else rb'"' + PARTED + rb'"', content) is None:
        return {}
    text = pd.read_csv(
        BytesIO(content), sep=delimiter, dtype="str", index_col=False, keep_default_na=False, na_values=[""]
    )
    plain = {name: marks_blank(text[name]) for name in text.columns}
    written = {
        str(name): text[name]
        for name, column in plain.items()
        if pd.to_numeric(column, errors="coerce").notna().sum() == column.notna().sum()
    }
    if delimiter == ",":
        points = [each.dropna().str.contains(".", regex=False) for each in written.values()]
        return {} if any(each.any() and each.all() for each in points) else written
    return written


def _cut(content: bytes, delimiter: str, texts: Sequence[str] = ()) -> pd.DataFrame:
    """Cut text into cells; digits that are a name and not a number stay text."""

    def read(**how: Any) -> pd.DataFrame:
        def whole(*, low_memory: bool) -> pd.DataFrame:
            source = BytesIO(content)
            cells: pd.DataFrame = pd.read_csv(
                source,
                sep=delimiter,
                low_memory=low_memory,
                index_col=False,
                keep_default_na=False,
                na_values=[""],
                **how,
            )
            return cells

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", pd.errors.DtypeWarning)
                return whole(low_memory=True)
        except pd.errors.DtypeWarning:
            # read piece by piece, the pieces of a column were of different kinds: only the whole column can tell
            return whole(low_memory=False)

    frame = read() if not texts else read(dtype=dict.fromkeys(texts, "str"))
    numbers = [place for place, kind in enumerate(frame.dtypes) if pd.api.types.is_any_real_numeric_dtype(kind)]
    # a column of long codes and blanks became decimal numbers, which keep sixteen digits
    floats = ((place, column) for place, (_name, column) in enumerate(frame.items()) if column.dtype.kind == "f")
    rounded = {place for place, column in floats if (column.to_numpy() > 2**53).any()}
    if not rounded and not (numbers and may_hold_codes(content, delimiter)):
        return frame
    text = read(usecols=numbers, dtype="str").set_axis(numbers, axis=1)
    codes = [each for each in numbers if text[each].str.fullmatch(LONG_CODE if each in rounded else CODE).any()]
    return frame.assign(**{str(frame.columns[each]): text[each].str.strip() for each in codes})


def _first_columns(content: bytes, delimiter: str, width: int) -> bytes:
    """Return a text with its first columns only."""
    lines = StringIO(content.decode(errors="replace"), newline="")
    made = StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(
        row[:width] for row in csv.reader(lines, delimiter=delimiter)
    )
    return made.getvalue().encode()
