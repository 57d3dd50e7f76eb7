"""A table of patients without what says who they are: names by keyed hashes, ages in bands, days to their month."""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from medalloc.errors import InputError, refused, require
from medalloc.sentences import Sentence, sentence
from medalloc.tables.impossible import AGE_IN_YEARS
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.periods import read_dates
from medalloc.tables.personal import is_personal

Treatment = Literal["keep", "pseudonym", "band", "month", "leave out"]
TREATMENTS: tuple[Treatment, ...] = get_args(Treatment)

BAND = 10
"""Width of a band. [in the unit of the column]"""

DAY = r"\d{4}-?\d{2}-?\d{2}([T ].*)?|\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([T ].*)?"
"""How a day is written."""

DIGITS = 16
"""Hexadecimal digits of a pseudonym: of a million patients two have the same with a chance below 1 in 10 million."""


@dataclass(frozen=True, eq=False)
class Pseudonymised:
    """A table without names."""

    frame: pd.DataFrame
    """Its cells."""

    said: tuple[Sentence, ...]
    """What was done to which column."""


def new_key() -> bytes:
    """Return a key that nobody knows; without it no name can be found again from its pseudonym."""
    return secrets.token_bytes(32)


def suggested(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, Treatment]:
    """Suggest what is done to each column, for somebody to correct.

    Examples
    --------
    >>> patients = pd.DataFrame({"id": ["a", "b"], "age": [31, 70], "region": ["N", "S"], "note": ["x", "y"]})
    >>> suggested(patients, {"id": "patient id"})
    {'id': 'pseudonym', 'age': 'band', 'region': 'keep', 'note': 'leave out'}
    """
    return {str(name): _suggested(frame[name], roles.get(name, "")) for name in frame.columns}


def _suggested(column: pd.Series, role: str) -> Treatment:
    if role == "patient id":
        return "pseudonym"
    if role in ("region", "need", "weight"):
        return "keep"
    if _holds_days(column):
        return "month"
    if is_personal(column):
        return "leave out"
    numeric = pd.api.types.is_numeric_dtype(column) or looks_numeric(column)
    return "band" if numeric and AGE_IN_YEARS.search(str(column.name)) else "keep"


def pseudonymised(frame: pd.DataFrame, treatments: Mapping[str, Treatment], key: bytes) -> Pseudonymised:
    """Return a table in which every column is treated as somebody said.

    Parameters
    ----------
    frame : DataFrame
        Patients; an empty cell stays empty.
    treatments : mapping
        By column; columns that are not named are kept.
    key : bytes
        Of the hashes: the same name has the same pseudonym wherever the key is the same.

    Raises
    ------
    InputError
        If a column is not there, or does not hold what its treatment takes; all faults at once.

    Notes
    -----
    Pseudonyms are HMAC-SHA-256 (RFC 2104), cut to `DIGITS`. They do not make a table anonymous: who knows enough of
    somebody else finds the row all the same, which `anonymity` measures.
    """
    faults = [
        sentence("There is no column “{column}”.", column=name) for name in treatments if name not in frame.columns
    ]
    columns: dict[str, pd.Series] = {}
    for name in frame.columns:
        try:
            made = _treated(frame[name], treatments.get(name, "keep"), key)
        except InputError as error:
            faults += error.faults
            continue
        if made is not None:
            columns[name] = made
    require(*faults)
    return Pseudonymised(pd.DataFrame(columns, index=frame.index), tuple(_said(treatments)))


def _treated(column: pd.Series, treatment: Treatment, key: bytes) -> pd.Series | None:
    if treatment == "leave out":
        return None
    if treatment == "pseudonym":
        return pd.Series([cell if pd.isna(cell) else _pseudonym(key, str(cell)) for cell in column], column.index)
    if treatment == "band":
        return _in_bands(column)
    return _months(column) if treatment == "month" else column


def _pseudonym(key: bytes, name: str) -> str:
    return hmac.digest(key, name.encode(), "sha256").hex()[:DIGITS]


def _in_bands(column: pd.Series) -> pd.Series:
    """Return bands of whole numbers such as ``30-39``."""
    numbers = to_numbers(column)
    if (numbers.isna() & column.notna()).any():
        raise refused("Column “{column}” has cells that are no numbers; treat it otherwise.", column=str(column.name))
    bands = [None if np.isnan(low) else f"{low:.0f}-{low + BAND - 1:.0f}" for low in np.floor(numbers / BAND) * BAND]
    return pd.Series(bands, column.index, dtype=object)


def _months(column: pd.Series) -> pd.Series:
    """Return months such as ``2026-11``."""
    days = pd.Series(read_dates(column.tolist()), column.index)
    if (days.isna() & column.notna()).any():
        raise refused("Column “{column}” has cells that are no dates; treat it otherwise.", column=str(column.name))
    return pd.Series([None if pd.isna(day) else f"{day:%Y-%m}" for day in days], column.index, dtype=object)


def _holds_days(column: pd.Series) -> bool:
    """Whether every known cell is a day, year, month and all."""
    known = column.dropna()
    if pd.api.types.is_datetime64_any_dtype(column):
        return True
    # the first few settle it for most columns, however long they are
    if known.empty or not all(each.astype("str").str.fullmatch(DAY).all() for each in (known.head(100), known)):
        return False
    return not read_dates(known.tolist()).isna().any()


def _said(treatments: Mapping[str, Treatment]) -> Iterator[Sentence]:
    for treatment in TREATMENTS:
        named = ", ".join(name for name, given in treatments.items() if given == treatment)
        if not named or treatment == "keep":
            continue
        if treatment == "pseudonym":
            yield sentence("Replaced by pseudonyms: {columns}.", columns=named)
        elif treatment == "band":
            yield sentence("Put into bands of {width}: {columns}.", width=BAND, columns=named)
        elif treatment == "month":
            yield sentence("Told to the month: {columns}.", columns=named)
        else:
            yield sentence("Left out: {columns}.", columns=named)
