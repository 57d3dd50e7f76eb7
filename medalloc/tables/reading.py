"""Read the file a user has: CSV in any usual separator and encoding, Excel, Parquet."""

import hashlib
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from medalloc.errors import InputError, SourceError
from medalloc.quantities import PER_REGION, PER_RESOURCE
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.account import Account, Line
from medalloc.tables.days import in_said_order
from medalloc.tables.decoding import LOOKED_AT, encoding_of, plain_text
from medalloc.tables.encodings import guess_said, is_guessed
from medalloc.tables.lines import only_the_table
from medalloc.tables.marks import marks_blank, without_marks
from medalloc.tables.no_table import refuse_no_table, refuse_wide
from medalloc.tables.number_style import in_one_style
from medalloc.tables.options import ReadOptions
from medalloc.tables.packed import unpacked
from medalloc.tables.parquet import FEATHER, PARQUET, parquet_cells
from medalloc.tables.records import is_json, json_cells
from medalloc.tables.roles import suggest_roles
from medalloc.tables.suppressed import with_intervals
from medalloc.tables.table import Source, Table
from medalloc.tables.text import header_cells, may_hold_codes, sniff_delimiter
from medalloc.tables.tidying import refuse_repeated, tidy
from medalloc.tables.workbook import workbook_cells

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin."""

PARTED = rb"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])"
"""A number whose points may part thousands."""

CODE = r" *0[0-9]+ *"
"""A cell of digits that is a name, such as 01001."""

LONG_CODE = r" *(?:0[0-9]+|[0-9]{16,}) *"
"""The same, or of more digits than a decimal number keeps."""


def read_file(path: str | Path, options: ReadOptions | None = None) -> Table:
    """Read a table from a file.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, JSON, XLSX, XLS, ODS, Parquet or Feather, also packed (.gz, .zip); recognised by content, not by name.
    options : ReadOptions, optional
        Overrides of what is detected.

    Raises
    ------
    SourceError
        If the file cannot be opened.
    InputError
        If its content is not a table.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(
            sentence("“{file}” cannot be opened: {reason}.", file=path, reason=(error.strerror or str(error)).lower())
        ) from error
    from medalloc.tables.apart import read_packed_apart

    return read_packed_apart(content, path.name, options)


def read_bytes(content: bytes, name: str, options: ReadOptions | None = None) -> Table:
    r"""Read a table from the bytes of a file and suggest a role for each column.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        File name, for messages only.
    options : ReadOptions, optional
        Overrides of what is detected.

    Raises
    ------
    InputError
        If the content is not a table, with what was found and what to do.

    Examples
    --------
    >>> table = read_bytes(b"region;demand\nNorth;120\nSouth;80\n", "regions.csv")
    >>> table.source.delimiter, dict(table.roles)
    (';', {'region': 'region', 'demand': 'demand'})
    """
    options = options or ReadOptions()
    said: tuple[Sentence, ...] = ()
    account = None
    sha256 = hashlib.sha256(content).hexdigest()
    content, inside, members = unpacked(content, name, options.sheet)
    if len(members) > 1:
        said, options = (_of_members(inside, members),), replace(options, sheet=None)
    _refuse_empty(content, name)
    refuse_no_table(content, inside)
    before = said
    if content.startswith((PARQUET, FEATHER)):
        (frame, said), source = parquet_cells(content, name), Source(name, sha256)
    elif content.startswith(WORKBOOK):
        frame, source, account, said = workbook_cells(content, name, sha256, options)
    elif is_json(content):
        frame, source = json_cells(content, name), Source(name, sha256)
    else:
        frame, source, account, said = _text(content, name, sha256, options)
    del content
    if len(members) > 1:
        source = replace(source, sheet=inside, sheets=members)
    refuse_wide(frame, name)
    if account is not None:
        account = account.with_rows_as(Line.BLANK, frame.isna().all(axis=1))
    frame, notes, hidden = plain_cells(frame, options)
    if frame.empty:
        raise InputError(
            sentence("“{file}” has column names but no rows; add the rows and choose it again.", file=name)
        )
    return Table(frame, suggest_roles(frame), source, (*before, *said, *notes), account=account, hidden=hidden)


def plain_cells(
    frame: pd.DataFrame, options: ReadOptions
) -> tuple[pd.DataFrame, tuple[Sentence, ...], dict[str, tuple[int, int]]]:
    """Return cells with plain names, and numbers and blanks in the place of what stands for them.

    What was done, and between which ends hidden counts lie, by column, come with them.
    """
    frame, notes = tidy(frame)
    frame, hidden, ends = with_intervals(frame)
    frame, dated = in_said_order(frame, options.day_first)
    frame, marked = without_marks(frame, options.blanks, named=_of_regions(suggest_roles(frame)))
    return frame, (*notes, *hidden, *dated, *marked), ends


def _of_members(chosen: str, members: Sequence[str]) -> Sentence:
    others = listed((f"“{each}”" for each in members if each != chosen), 8)
    return sentence("Read is the file “{file}”; not read: {others}.", file=chosen, others=others)


def _refuse_empty(content: bytes, name: str) -> None:
    if not content.strip():
        raise InputError(sentence("“{file}” is empty; save the table again and choose that file.", file=name))


def _of_regions(roles: Mapping[str, str]) -> list[str]:
    """Return the columns whose numbers a plan is made of: what is no number in them is told with its row."""
    return [name for name, role in roles.items() if role.partition(":")[0] in (*PER_REGION, *PER_RESOURCE)]


def _text(
    content: bytes, name: str, sha256: str, options: ReadOptions
) -> tuple[pd.DataFrame, Source, Account, tuple[Sentence, ...]]:
    encoding = encoding_of(content, options.encoding)
    content = plain_text(content, name, encoding)
    _refuse_empty(content, name)
    delimiter = options.delimiter or sniff_delimiter(content[:LOOKED_AT].decode(errors="ignore"))
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise InputError(
            sentence("“{delimiter}” cannot separate columns; use one character such as , or ;.", delimiter=delimiter)
        )
    framed = only_the_table(content, name, delimiter, options)
    content = framed.content
    frame, styled = cells_of(content, name, delimiter, options)
    guessed = options.encoding is None and is_guessed(encoding)
    told = [guess_said(encoding, content.decode(errors="ignore"))] if guessed else []
    source = Source(name, sha256, encoding=encoding, delimiter=delimiter)
    return frame, source, framed.account, (*told, *framed.said, *styled)


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
    try:
        written = {} if options.decimal == "." else _written(content, delimiter)
        written = {each: cells for each, cells in written.items() if each not in texts}
        return in_one_style(_cut(content, delimiter, texts), written, options.decimal)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(
            sentence(
                "“{file}” cannot be cut into columns ({reason}); check its quotation marks and separator.",
                file=name,
                reason=str(error).strip().splitlines()[-1],
            )
        ) from error


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
    kinds = list(frame.dtypes)
    numbers = [place for place, kind in enumerate(kinds) if pd.api.types.is_any_real_numeric_dtype(kind)]
    # a column of long codes and blanks became decimal numbers, which keep sixteen digits
    rounded = {each for each in numbers if kinds[each].kind == "f" and frame.iloc[:, each].max() > 2**53}
    if not rounded and not (numbers and may_hold_codes(content, delimiter)):
        return frame
    text = read(usecols=numbers, dtype="str").set_axis(numbers, axis=1)
    codes = [each for each in numbers if text[each].str.fullmatch(LONG_CODE if each in rounded else CODE).any()]
    return frame.assign(**{str(frame.columns[each]): text[each].str.strip() for each in codes})
