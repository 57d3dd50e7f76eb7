"""What a file holds beside its table: row numbers, blank rows and columns, names over several lines."""

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.numbers import numbers_if_all

UNNAMED = re.compile(r"Unnamed: \d+|__index_level_\d+__")
"""Names that stand for no name."""


def tidy(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Sentence, ...]]:
    """Give every column a plain, single-line name and leave out what holds nothing.

    Returns
    -------
    DataFrame
        With a row number from zero, and text instead of cells of several kinds.
    tuple of Sentence
        What was left out.

    Raises
    ------
    InputError
        If two columns have the same name.
    """
    notes: list[Sentence] = []
    names = [" ".join(str(name).split()) or f"Unnamed: {place}" for place, name in enumerate(frame.columns)]
    refuse_repeated(names)
    frame = frame.set_axis(names, axis=1)
    blank = frame.isna().all(axis=1)
    if blank.any():
        notes.append(sentence("Rows without a single filled cell were left out: {count}.", count=int(blank.sum())))
        frame = frame[~blank].apply(_whole_again)
    unnamed = [name for name in names if UNNAMED.fullmatch(name)]
    idle = [name for name in unnamed if frame[name].isna().all() or _counts_rows(frame[name])]
    if idle:
        notes.append(
            sentence(
                "Columns without a name that hold nothing but row numbers or blanks were left out: {count}.",
                count=len(idle),
            )
        )
    frame = frame.drop(columns=idle).reset_index(drop=True)
    # a worksheet column of text and numbers together is text
    mixed = [name for name, kind in frame.dtypes.items() if pd.api.types.is_object_dtype(kind)]
    return frame.astype(dict.fromkeys(mixed, "str")) if mixed else frame, tuple(notes)


def without_repeated_names(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, list[Sentence]]:
    """Return a table without rows that hold its names again, as where files are put below each other, and which.

    Examples
    --------
    >>> made, again, said = without_repeated_names(pd.DataFrame({"a": ["1", "a", "2"], "b": ["3", "b", "4"]}))
    >>> made["a"].tolist(), again.tolist(), str(said[0])
    ([1, 2], [False, True, False], 'Rows that hold the names of the columns again were left out: 1.')
    """
    again = pd.Series(len(frame.columns) > 1 and frame.columns.is_unique, frame.index)
    for name in frame.columns:
        if not again.any():
            break
        again &= frame[name].eq(name).fillna(False).astype(bool)
    if not again.any() or again.all():
        return frame, again & False, []
    said = sentence("Rows that hold the names of the columns again were left out: {count}.", count=int(again.sum()))
    return frame[~again].reset_index(drop=True).apply(numbers_if_all), again, [said]


def left_of_a_gap(names: Sequence[str]) -> int | None:
    """Return how many columns stand left of one without a name behind which names come again; None where none does.

    Examples
    --------
    >>> left_of_a_gap(["region", "beds", "", "region", "nurses"]), left_of_a_gap(["region", "", "beds"])
    (2, None)
    """
    plain = [each.strip() for each in names]
    for place, name in enumerate(plain):
        if not name and set(plain[:place]) & set(plain[place + 1 :]) - {""}:
            return place if all(plain[:place]) else None
    return None


def gap_said(names: Sequence[str]) -> Sentence:
    """Say that a table beside the first one was not read."""
    others = listed((f"“{each}”" for each in names if each.strip()), 8)
    return sentence(
        "Another table stands beside the first one, behind a column without a name, and was not read: {columns}. Save "
        "it as a file of its own.",
        columns=others,
    )


def refuse_repeated(names: list[str]) -> None:
    """Refuse names that stand more than once; blank ones are no names."""
    repeated = [name for name, times in Counter(names).items() if name and times > 1]
    if repeated:
        raise InputError(
            *(
                sentence("Column name “{column}” stands more than once; give each column its own name.", column=name)
                for name in repeated
            )
        )


def _whole_again(column: pd.Series) -> pd.Series:
    """Return whole numbers, which a blank row had made decimal ones, as whole numbers."""
    if not pd.api.types.is_float_dtype(column) or not (column.abs() < 2**53).all() or (column % 1).any():
        return column
    return column.astype("int64")


def _counts_rows(column: pd.Series) -> bool:
    """Whether a column only counts rows, as a saved index does."""
    if not pd.api.types.is_integer_dtype(column):
        return False
    return bool((column.diff().iloc[1:] == 1).all()) and column.iloc[0] in (0, 1)
