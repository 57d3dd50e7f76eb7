"""What became of every line of a file: nothing is lost without being told."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any
from zlib import compress, decompress

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.sentences import Sentence, counted, sentence

FIRST, LAST, LONGEST = 40, 10, 200
"""Lines at the beginning and at the end that are shown, and letters of one. [count]"""


class Line(IntEnum):
    """What a line of a text, or a row of a worksheet, was taken for."""

    ROW, CONTINUED, NAMES, UNITS, TITLE, NOTE, BLANK, LEFT_OUT, SUM, REPAIRED, REJECTED = range(11)


WORDS = {
    Line.ROW: sentence("rows"),
    Line.CONTINUED: sentence("rows that go on"),
    Line.NAMES: sentence("names"),
    Line.UNITS: sentence("units"),
    Line.TITLE: sentence("titles"),
    Line.NOTE: sentence("notes"),
    Line.BLANK: sentence("blank"),
    Line.LEFT_OUT: sentence("left out"),
    Line.SUM: sentence("sums of others"),
    Line.REPAIRED: sentence("taken out by a repair"),
    Line.REJECTED: sentence("rejected"),
}
"""What each is called, where several are counted."""


def lines_as(line: Line, count: int) -> Sentence:
    """Return in words that so many lines were taken for this.

    Examples
    --------
    >>> print(lines_as(Line.ROW, 1), lines_as(Line.NOTE, 3), lines_as(Line.BLANK, 1), sep=", ")
    1 row, 3 notes, 1 blank
    """
    match line:
        case Line.ROW:
            return counted("{count} row", "{count} rows", count=count)
        case Line.CONTINUED:
            return counted("{count} row that goes on", "{count} rows that go on", count=count)
        case Line.NAMES:
            return counted("{count} line of names", "{count} lines of names", count=count)
        case Line.UNITS:
            return counted("{count} line of units", "{count} lines of units", count=count)
        case Line.TITLE:
            return counted("{count} title", "{count} titles", count=count)
        case Line.NOTE:
            return counted("{count} note", "{count} notes", count=count)
        case Line.SUM:
            return counted("{count} sum of others", "{count} sums of others", count=count)
    return Sentence("{count} {what}", {"count": count, "what": WORDS[line]})


@dataclass(frozen=True)
class Rejected:
    """A row that could not be taken for one of the table."""

    line: int
    """Where it begins, from 1."""

    text: str
    """As it stands in the file."""

    reason: Sentence
    """Why it was not taken."""

    file: str = ""
    """In which file, where there are several."""


@dataclass(frozen=True, eq=False)
class Account:
    """What every line of a text, or every row of a worksheet, was taken for."""

    taken: NDArray[np.uint8]
    """A `Line` for each, shape (n_lines,); the n-th `ROW` is the n-th row of the table."""

    shown: tuple[tuple[int, str], ...] = ()
    """The first and the last lines as they stand in the file, each with its number from 1."""

    rejected: tuple[Rejected, ...] = ()
    """Rows that could not be taken."""

    def counts(self) -> dict[Line, int]:
        """Return how many lines were taken for what; together they are all lines of the file.

        Examples
        --------
        >>> Account(np.array([Line.NAMES, Line.ROW, Line.BLANK, Line.ROW], np.uint8)).counts()[Line.ROW]
        2
        """
        every = np.bincount(self.taken, minlength=len(Line)).tolist()
        return {each: every[each] for each in Line if every[each]}

    def of(self, line: int) -> Line:
        """Return what a line, from 1, was taken for."""
        return Line(self.taken[line - 1])

    def said(self) -> Sentence:
        """Return the sum of all lines in words."""
        parts = {f"part{each}": lines_as(each, count) for each, count in self.counts().items()}
        every = Sentence(" + ".join(f"{{{name}}}" for name in parts), parts)
        return sentence("Lines of the file: {total} = {parts}.", total=len(self.taken), parts=every)

    def with_rows_as(self, line: Line, out: ArrayLike) -> "Account":
        """Return the account after rows were left out, which a mask over the rows names, shape (n_rows,)."""
        places = np.flatnonzero(self.taken == Line.ROW)[np.asarray(out, dtype=bool)]
        if not len(places):
            return self
        taken = self.taken.copy()
        taken[places] = line
        return replace(self, taken=taken)

    def rejects(self) -> pd.DataFrame:
        """Return the rejected rows as a table of line, text and reason, and of the file where there are several."""
        rows = [(each.line, each.text, str(each.reason)) for each in self.rejected]
        made = pd.DataFrame(rows, columns=["line", "text", "reason"])
        files = [each.file for each in self.rejected]
        return made.assign(file=files) if any(files) else made

    def to_json(self) -> dict[str, Any]:
        """Return JSON-able data."""
        rejected = [[each.line, each.text, each.reason.to_json()] for each in self.rejected]
        taken = b64encode(compress(self.taken.tobytes(), 1)).decode()
        return {"taken": taken, "shown": list(self.shown), "rejected": rejected}

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "Account":
        """Return the account that `to_json` gave."""
        taken = np.frombuffer(decompress(b64decode(read["taken"])), np.uint8)
        rejected = tuple(Rejected(line, text, Sentence.from_json(why)) for line, text, why in read["rejected"])
        return cls(taken, tuple((line, text) for line, text in read["shown"]), rejected)
