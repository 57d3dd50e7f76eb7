"""The need column as 0, 1 and missing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

YES = ("yes", "y", "true", "t", "1", "1.0")
NO = ("no", "n", "false", "f", "0", "0.0")
MISSING = -1


@dataclass(frozen=True, eq=False)
class Need:
    """Who needed care."""

    values: NDArray[np.int8]
    """1 for need, 0 for none, -1 where it is not known, shape (rows,)."""

    warnings: tuple[Sentence, ...] = ()
    """What had to be decided."""

    def known(self) -> NDArray[np.int64]:
        """Return the rows whose need is known."""
        return np.flatnonzero(self.values != MISSING)


def need_vector(table: Table) -> Need:
    """Read the need column of a table.

    Accepts 0 and 1, true and false, yes and no, and any text with two values (a warning says which became 1).

    Parameters
    ----------
    table : Table
        Has a column with the role ``need``.

    Raises
    ------
    InputError
        If no column has the role, it holds other values, or everybody has the same answer.
    """
    name = table.required("need")
    need = read_need(table)
    counts = [int(np.sum(need.values == answer)) for answer in (0, 1)]
    if min(counts) == 0:
        raise InputError(
            sentence(
                "Column “{column}”: rows in need: {positives}, rows not in need: {negatives}; a model needs both. "
                "Choose another column for the role “need” or add rows.",
                column=name,
                positives=counts[1],
                negatives=counts[0],
            )
        )
    missing = int(np.sum(need.values == MISSING))
    if not missing:
        return need
    left_out = sentence(
        "Rows without an answer in “{column}”: {count}. The model does not learn from them.", column=name, count=missing
    )
    return Need(need.values, (*need.warnings, left_out))


def read_need(table: Table) -> Need:
    """Read the need column as `need_vector` does, even where everybody has the same answer.

    Raises
    ------
    InputError
        If no column has the role or it holds other values.
    """
    (column,) = encode(table.frame, [table.required("need")])
    return _from_numbers(column) if column.kind == "number" else _from_text(column)


def _from_numbers(column: EncodedColumn) -> Need:
    missing, values = column.missing(), column.values
    wrong = ~missing & (values != 0) & (values != 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            sentence(
                "Column “{column}”, row {row}: need is {found}, but must be 0 or 1 (rows like this: {count}); turn the "
                "number into yes or no first, or choose another column.",
                column=column.name,
                row=row + 1,
                found=float(values[row]),
                count=int(wrong.sum()),
            )
        )
    made = np.full(len(values), MISSING, dtype=np.int8)
    np.copyto(made, values, where=~missing, casting="unsafe")
    return Need(made)


def _from_text(column: EncodedColumn) -> Need:
    levels = [str(level) for level in (column.levels if column.levels is not None else pd.Index([]))]
    plain = [level.strip().casefold() for level in levels]
    blank = [text == "" for text in plain]
    answers = sorted(set(plain) - {""})
    warnings: tuple[Sentence, ...] = ()
    if all(text in (*YES, *NO) for text in answers):
        number = {text: int(text in YES) for text in answers}
    elif len(answers) == 2:
        number, warnings = _two_texts(column.name, answers)
    else:
        raise InputError(
            sentence(
                "Column “{column}” holds texts that are not yes or no ({found}; different texts: {count}); need must "
                "be 0/1, yes/no or a text with two values.",
                column=column.name,
                count=len(answers),
                found=", ".join(f"“{text}”" for text in levels[:4]),
            )
        )
    # The last place answers for the code -1 of a missing text.
    table = np.array(
        [*(MISSING if empty else number[text] for text, empty in zip(plain, blank, strict=True)), MISSING],
        dtype=np.int8,
    )
    return Need(table[column.values], warnings)


def _two_texts(name: str, answers: list[str]) -> tuple[dict[str, int], tuple[Sentence, ...]]:
    # A known word settles both; otherwise the later in the alphabet is 1, and the reader is told.
    first, last = answers[0], answers[-1]
    one = first if first in YES or last in NO else last
    return {text: int(text == one) for text in answers}, (
        sentence(
            "Column “{column}”: “{one}” was taken for need (1) and everything else for no need (0).",
            column=name,
            one=one,
        ),
    )
