"""The need column as 0, 1 and missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.need.training.answer_words import known_need
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.sentences import Sentence, counted, listed, sentence
from medalloc.tables.table import Table

MISSING = -1


@dataclass(frozen=True, eq=False)
class Need:
    """Who needed care."""

    values: NDArray[np.int8]
    """1 for need, 0 for none, -1 where it is not known, shape (rows,)."""

    column: str = ""
    """Where that was read."""

    means_need: tuple[str, ...] = ("1",)
    """Answers that were taken for need, as they are written."""

    means_none: tuple[str, ...] = ("0",)
    """All other answers."""

    warnings: tuple[Sentence, ...] = ()
    """What had to be decided."""

    def known(self) -> NDArray[np.int64]:
        """Return the rows whose need is known."""
        return np.flatnonzero(self.values != MISSING)

    def to_json(self) -> dict[str, Any]:
        """Return what was taken for need as plain data."""
        return {"column": self.column, "means_need": list(self.means_need), "means_none": list(self.means_none)}

    @property
    def said(self) -> Sentence:
        """What was taken for need, in words."""
        return counted(
            "Column “{column}”: {need} means need, not {none}.",
            "Column “{column}”: {need} mean need, not {none}.",
            count=len(self.means_need),
            column=self.column,
            need=listed((f"“{each}”" for each in self.means_need), 8) or "–",
            none=listed((f"“{each}”" for each in self.means_none), 8) or "–",
        )


@dataclass(frozen=True, eq=False)
class Answers:
    """The different answers of a column."""

    texts: list[str]
    """As they are written, without spaces around them."""

    of_row: NDArray[np.int64]
    """Place of each row's answer, -1 where it is missing, shape (rows,)."""


def need_vector(table: Table) -> Need:
    """Read the need column of a table.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need``; which of its answers mean need is what `table.need_is` names, or known
        from the words themselves.

    Raises
    ------
    InputError
        If no column has the role, nothing says which answers mean need, or everybody has the same answer.
    """
    name = table.required("need")
    need = read_need(table)
    counts = [int(np.sum(need.values == answer)) for answer in (0, 1)]
    if min(counts) == 0:
        raise refused(
            "Column “{column}”: rows in need: {positives}, rows not in need: {negatives}; a model needs both. "
            "Choose another column for the role “need” or add rows.",
            column=name,
            positives=counts[1],
            negatives=counts[0],
        )
    missing = int(np.sum(need.values == MISSING))
    if not missing:
        return need
    left_out = sentence(
        "Rows without an answer in “{column}”: {count}. The model does not learn from them.", column=name, count=missing
    )
    return replace(need, warnings=(*need.warnings, left_out))


def read_need(table: Table) -> Need:
    """Read the need column as `need_vector` does, even where everybody has the same answer.

    Raises
    ------
    InputError
        If no column has the role, or nothing says which answers mean need.
    """
    name = table.required("need")
    (column,) = encode(table.frame, [name])
    if not table.need_is and column.kind == "number" and (plain := _zeros_and_ones(column)) is not None:
        return Need(plain, name)
    found = answers_of(column)
    if not table.need_is:
        return _read(name, found, _known(name, found))
    need = _read(name, found, _chosen(table, found))
    return replace(need, warnings=_inverted(need, known_need(_different(found))))


def answers_of(column: EncodedColumn) -> Answers:
    """Return the different answers of a column, numbers among them, in their order."""
    if column.kind == "text":
        levels = [str(each).strip() for each in (() if column.levels is None else column.levels)]
        texts = sorted({each for each in levels if each})
        place = {each: number for number, each in enumerate(texts)}
        # the last place answers for the code -1 of a missing text
        table = np.array([*(place.get(each, MISSING) for each in levels), MISSING], dtype=np.int64)
        return Answers(texts, table[column.values])
    missing = column.missing()
    # told apart before they are sorted: of a million rows few are different
    inverse, found = pd.factorize(column.values[~missing], sort=True)
    of_row = np.full(len(column.values), MISSING, dtype=np.int64)
    of_row[~missing] = inverse
    return Answers([f"{float(each):.12g}" for each in found], of_row)


def _zeros_and_ones(column: EncodedColumn) -> NDArray[np.int8] | None:
    """Return a column of 0 and 1 as it is; None where it holds other numbers."""
    missing, values = column.missing(), column.values
    if (~missing & (values != 0) & (values != 1)).any():
        return None
    made = np.full(len(values), MISSING, dtype=np.int8)
    np.copyto(made, values, where=~missing, casting="unsafe")
    return made


def _read(name: str, found: Answers, need: set[str]) -> Need:
    means = np.array([*(text.casefold() in need for text in found.texts), MISSING], dtype=np.int8)
    parted = {yes: tuple(t for t, m in zip(found.texts, means, strict=False) if m == yes) for yes in (1, 0)}
    return Need(means[found.of_row], name, parted[1], parted[0])


def _chosen(table: Table, found: Answers) -> set[str]:
    """Return the answers that were said to mean need."""
    held = {text.casefold() for text in found.texts}
    named = {each if each in held else _as_number(each) for each in (one.strip().casefold() for one in table.need_is)}
    unknown = sorted(named - held)
    if unknown:
        raise refused(
            "Need is said to be {given}, but column “{column}” holds {found}; name one or several of these.",
            given=listed(f"“{each}”" for each in unknown),
            column=table.required("need"),
            found=_quoted(found.texts),
        )
    return named


def _as_number(text: str) -> str:
    """Return a number as answers are written, 2.0 as 2; any other text as it is."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


def _known(name: str, found: Answers) -> set[str]:
    need = known_need(_different(found))
    if need is None:
        raise refused(
            "Column “{column}” holds {found} (different answers: {count}), and which of them mean need cannot be "
            "told: name them, by --need-is in a command or under “Means need” on Data.",
            column=name,
            found=_quoted(found.texts),
            count=len(found.texts),
        )
    return need


def _different(found: Answers) -> list[str]:
    return list(dict.fromkeys(text.casefold() for text in found.texts))


def _inverted(need: Need, usual: set[str] | None) -> tuple[Sentence, ...]:
    """Say where the answers that were chosen are those that usually mean the contrary."""
    if usual is None or {each.casefold() for each in need.means_none} != usual:
        return ()
    return (
        sentence(
            "Column “{column}”: {need} was chosen to mean need, but by its words {none} does.",
            column=need.column,
            need=_quoted(need.means_need),
            none=_quoted(need.means_none),
        ),
    )


def _quoted(texts: Sequence[str]) -> str:
    return listed((f"“{text}”" for text in texts), 8)
