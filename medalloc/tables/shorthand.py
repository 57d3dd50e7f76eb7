"""Shorthand of statistical offices in brackets, such as [p] behind a provisional number and [x] where there is none."""

import re
from collections import Counter
from collections.abc import Collection

import pandas as pd

from medalloc.sentences import Sentence, counted, sentence
from medalloc.tables.cells import text_columns
from medalloc.tables.marks import is_mark
from medalloc.tables.numbers import numbers_if_all
from medalloc.tables.suppressed import BELOW

MEANINGS = {
    "b": sentence("break in the series"),
    "c": sentence("confidential"),
    "d": sentence("another definition"),
    "e": sentence("estimated"),
    "er": sentence("error"),
    "f": sentence("forecast"),
    "low": sentence("less than half of the last digit shown"),
    "note": sentence("see the notes"),
    "p": sentence("provisional"),
    "r": sentence("revised"),
    "s": sentence("statistically significant"),
    "u": sentence("of low reliability"),
    "w": sentence("none recorded"),
    "x": sentence("not available"),
    "z": sentence("not applicable"),
}
"""What each means, as the Government Analysis Function of the United Kingdom has it for tables of all its offices."""

SIGN = re.compile(r"\[(" + "|".join(MEANINGS) + r") ?\d{0,2}\]", re.IGNORECASE)
SIGNS = rf"(?:\s*{SIGN.pattern})+"
NUMBER = re.compile(r"[-+−]?[£$€]?\d[\d.,' \u00a0]*%?")
BEHIND = re.compile(rf"(?P<number>{NUMBER.pattern}){SIGNS}", re.IGNORECASE)
ALONE = re.compile(SIGNS, re.IGNORECASE)


def without_shorthand(frame: pd.DataFrame, only: Collection[str] | None = None) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return columns of numbers without what stands in brackets behind these, and say what all of it means.

    Signs that stand alone are left: where there is no number, whoever needs one decides.

    Parameters
    ----------
    frame : DataFrame
        Cells as they were read.
    only : collection of str, optional
        Columns that are looked at; all without it.

    Examples
    --------
    >>> made, said = without_shorthand(pd.DataFrame({"stays": ["14,020 [p]", "9,870", "[x]"]}, dtype="str"))
    >>> made["stays"].tolist(), str(said[0])
    (['14,020', '9,870', '[x]'], '“stays”: [p] means provisional: 1 cell.')
    """
    made, said = {}, list[Sentence]()
    for name in text_columns(frame):
        if only is not None and name not in only:
            continue
        cells = frame[name].str.strip().value_counts()
        behind = {each: found["number"].strip() for each in cells.index if (found := BEHIND.fullmatch(each))}
        signed = [*behind, *(each for each in cells.index if ALONE.fullmatch(each))]
        others = [each for each in cells.index if each not in signed and not _stands_for_a_number(each)]
        if not signed or others:
            continue
        made[name] = numbers_if_all(frame[name].str.strip().replace(behind)) if behind else frame[name]
        said += _told(str(name), cells[signed])
    return frame.assign(**made), said


def _stands_for_a_number(cell: str) -> bool:
    return bool(NUMBER.fullmatch(cell) or is_mark(cell) or BELOW.fullmatch(cell))


def _told(name: str, signed: "pd.Series[int]") -> list[Sentence]:
    """Say what each sign means in a column, and how many cells have it."""
    counts = Counter[str]()
    for cell, count in signed.items():
        for sign in {each.lower() for each in SIGN.findall(str(cell))}:
            counts[sign] += int(count)
    return [
        counted(
            "“{column}”: [{sign}] means {meaning}: {count} cell.",
            "“{column}”: [{sign}] means {meaning}: {count} cells.",
            column=name,
            sign=sign,
            meaning=MEANINGS[sign],
            count=counts[sign],
        )
        for sign in sorted(counts)
    ]
