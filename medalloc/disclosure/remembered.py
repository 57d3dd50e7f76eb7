"""What was told before: no two tables that were told tell of a few people when one is taken from the other."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np

from medalloc.disclosure.history import HIDDEN, History, Whole
from medalloc.disclosure.journal import Add, Journal
from medalloc.errors import refused
from medalloc.saved import read_json


class Remembered:
    """Tables that were told, in a journal that several servers may add to; only grows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._histories: dict[tuple[str, int], History] = {}
        self._rows: dict[str, list[str]] = {}
        self._spent: dict[str, float] = {}
        self._read, self._lock = 0, Lock()

    def told(
        self, table: Whole, fewest: int, apart: int | None = None, of: str = "", rows: Sequence[str] | None = None
    ) -> Whole:
        """Return a table as it is to be told; `HIDDEN` in rows that are not.

        Parameters
        ----------
        table : array of shape (n_rows, n_columns)
            People; the columns of a row are parts of the one before them. [count]
        fewest : int
            The fewest people that are told. [count]
        apart : int, optional
            The fewest people between what is told of a part of a row at two times; `fewest` where left out. [count]
        rows : sequence of str, optional
            Names of the rows; their places where left out.
        """
        rows = [str(place) for place in range(len(table))] if rows is None else list(rows)
        under = (fewest, apart or fewest)
        with self._lock:
            self._look()
            before = self._history(of, table).same(rows, table, *under)
            if before is not None:
                return before
            with self._journal.turn() as add:
                # somebody else may have told one meanwhile
                self._look()
                shown = self._history(of, table).told(rows, table, *under)
                add(self._line(table, shown, of=of, under=under, rows=self._named(rows, add)))
            self._look()
            return shown

    def spend(self, table: bytes, epsilon: float) -> None:
        """Note what a table costs that is told with noise; the same one again costs nothing."""
        name = hashlib.sha256(table).hexdigest()
        with self._lock:
            self._look()
            if name not in self._spent:
                with self._journal.turn() as add:
                    add(json.dumps({"table": name, "epsilon": epsilon}).encode())
                self._look()

    def spent(self) -> tuple[int, float]:
        """Return how many different tables were told with noise, and what they cost together (their epsilons add up).

        Notes
        -----
        Sequential composition: whoever has all of them learns of one person at most what one table with that epsilon
        would tell.
        """
        with self._lock:
            self._look()
            return len(self._spent), float(sum(self._spent.values()))

    def key(self) -> bytes:
        """Return the key of the noise, made when it is first asked for."""
        with self._lock:
            return self._journal.key()

    def _history(self, of: str, table: Whole) -> History:
        return self._histories.setdefault((of, table.shape[1]), History(table.shape[1]))

    def _named(self, rows: list[str], add: Add) -> str:
        """Return what names of rows are called, which are written down once for all tables that have them."""
        name = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
        if name not in self._rows:
            add(json.dumps({"rows": name, "names": rows}).encode())
        return name

    @staticmethod
    def _line(table: Whole, shown: Whole, **about: object) -> bytes:
        other = np.flatnonzero(shown != table)
        told = dict(zip(map(str, other.tolist()), shown.ravel()[other].tolist(), strict=True))
        return json.dumps({**about, "exact": table.tolist(), "told": told}).encode()

    def _look(self) -> None:
        """Read what was added since, by this server or another."""
        lines, self._read = self._journal.since(self._read)
        for each in lines:
            self._take(read_json(each))

    def _take(self, line: object) -> None:
        if not isinstance(line, dict):
            raise refused("What was told before is damaged.")
        if "names" in line:
            self._rows[str(line["rows"])] = list(line["names"])
        elif "exact" in line:
            exact = np.array(line["exact"], dtype=np.int64)
            shown = exact.copy()
            for place, value in line["told"].items():
                shown.flat[int(place)] = value
            self._history(str(line["of"]), exact).add(self._rows[line["rows"]], exact, shown, *line["under"])
        elif "epsilon" in line:
            self._spent[str(line["table"])] = float(line["epsilon"])


@cache
def remembered(journal: Journal) -> Remembered:
    """Return what was told before according to a journal, one for all who ask."""
    return Remembered(journal)


__all__ = ["HIDDEN", "Remembered", "Whole", "remembered"]
