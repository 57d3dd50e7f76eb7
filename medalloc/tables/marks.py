"""Marks that stand for a missing number, and words that do or do not."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from medalloc.sentences import Sentence, counted, listed, sentence
from medalloc.tables.cells import text_columns

# fmt: off
SIGNS = ("?", "-", "--", "---", "–", "—", ".", "..", "...", "*", "**", ":", "/", "#n/a", "#na", "n/a", "n.a.", "n.d.",
    "n.p.", "np", "…", "[c]", "[x]", "[z]", "[u]", "[w]", "[low]", "(x)")
WORDS = (
    "na", "nan", "null", "none", "nil", "missing", "unknown", "suppressed", "nr", "nd", "not available",
    "not reported", "缺失", "未知", "无", "不详", "k.a.", "k. a.", "keine angabe", "s/d", "sin dato",
)
# fmt: on
MARKS = frozenset((*SIGNS, *WORDS))
"""Texts, without regard to case, that are read as blank where all other cells of a column are numbers."""

FEWEST_NUMBERS = 0.5
"""Share of the filled cells that must be numbers for the others to be marks. [fraction]"""

MAY_MEAN_BLANK = frozenset({"na", "n/a", "nan", "null", "none", "#n/a"})
"""Words that mean blank in a column of text only where the same file uses them so among numbers, or by choice."""


def is_mark(cell: str) -> bool:
    """Whether a cell is one of the marks."""
    return cell.strip().casefold() in MARKS


def marks_blank(column: pd.Series) -> pd.Series:
    """Return a column of text with its marks blank."""
    return column.mask(column.map(is_mark, na_action="ignore").eq(True))


def without_marks(
    frame: pd.DataFrame, blanks: Collection[str] = (), named: Collection[str] = ()
) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return columns of numbers with marks as such, with blanks in their place, and what was done in words.

    Parameters
    ----------
    frame : DataFrame
        Cells as they were read, in which only empty cells are blank.
    blanks : collection of str
        Words that mean blank in every column, without regard to case.
    named : collection of str
        Columns in which every sign is to be named where the numbers are used, and only words such as NA are blank.

    Examples
    --------
    >>> made, said = without_marks(pd.DataFrame({"age": ["30", "?", "41"], "place": ["NA", "KE", "ZA"]}))
    >>> made["age"].tolist(), made["place"].tolist()
    ([30.0, nan, 41.0], ['NA', 'KE', 'ZA'])
    """
    wanted = {each.strip().casefold() for each in blanks}
    made, said, used = {}, list[Sentence](), set[str]()
    texts = text_columns(frame)
    for name in texts:
        numbers, marks = _numbers(frame[name], MAY_MEAN_BLANK | wanted if name in named else MARKS | wanted)
        if numbers is None:
            continue
        made[name] = numbers
        used |= {each.strip().casefold() for each in marks}
        count = int((frame[name].notna() & numbers.isna()).sum())
        if count:
            quoted = listed((f"“{each}”" for each in marks), 5)
            said.append(
                counted(
                    "“{column}”: {marks} are read as blank: {count} cell.",
                    "“{column}”: {marks} are read as blank: {count} cells.",
                    column=name,
                    marks=quoted,
                    count=count,
                )
            )
    everywhere = wanted | (used & MAY_MEAN_BLANK)
    kept: dict[str, list[str]] = {}
    for name in (each for each in texts if each not in made):
        # each spelling once: a million cells of a few words need no second column of text
        said_as = {each: each.strip().casefold() for each in pd.Series(frame[name].unique()).dropna()}
        blank = frame[name].isin([each for each, plain in said_as.items() if plain in everywhere])
        if blank.any():
            made[name] = frame[name].mask(blank)
            marks = list(dict.fromkeys(frame[name][blank].str.strip()))
            said.append(
                counted(
                    "“{column}”: {marks} are read as blank: {count} cell.",
                    "“{column}”: {marks} are read as blank: {count} cells.",
                    column=name,
                    marks=listed((f"“{each}”" for each in marks), 5),
                    count=int(blank.sum()),
                )
            )
        values = (each.strip() for each, plain in said_as.items() if plain in MAY_MEAN_BLANK - everywhere)
        for each in dict.fromkeys(values):
            kept.setdefault(each, []).append(str(name))
    for word, names in kept.items():
        columns = listed((f"“{each}”" for each in names), 5)
        said.append(sentence("“{word}” is a value like any other in: {columns}.", word=word, columns=columns))
    return frame.assign(**made), said


def _numbers(column: pd.Series, known: Collection[str]) -> tuple[pd.Series | None, list[str]]:
    """Return a column as numbers and the marks in it; None where it holds anything else, or nothing."""
    texts = pd.Series(column.unique()).dropna()
    if len(texts) > 20_000 and not any(is_mark(each) for each in texts[:20_000]):
        return None, []
    marks = [each for each in texts if each.strip().casefold() in known]
    others = pd.Series([each for each in texts if each.strip().casefold() not in known], dtype="str")
    if not marks or others.empty or others.str.match(r" *0[0-9]").any():
        return None, []
    read = pd.to_numeric(others, errors="coerce")
    if read.isna().any() or np.isinf(read.to_numpy(float)).any():
        return None, []
    numbers = pd.to_numeric(column.mask(column.isin(marks)), errors="coerce")
    if numbers.notna().sum() < FEWEST_NUMBERS * column.notna().sum():
        return None, []
    return numbers, marks
