"""What was told before: tables that differ from one of them by a few people alone are told as that one was."""

import hashlib
import json
import secrets
from collections import defaultdict
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import InputError, SourceError
from medalloc.saved import append_line, read_file, read_json, read_lines_from, write_file
from medalloc.sentences import sentence

Whole = NDArray[np.int64]
Kind = tuple[str, tuple[int, ...]]


class Remembered:
    """Tables that were told, in a file of lines that several servers may add to; only grows.

    Parameters
    ----------
    path : Path
        Of the file; its key lies beside it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables: dict[Kind, list[Whole]] = defaultdict(list)
        self._totals: dict[Kind, list[int]] = defaultdict(list)
        self._spent: dict[str, float] = {}
        self._read, self._lock = 0, Lock()

    def steadied(self, table: Whole, fewest: int, of: str = "") -> Whole:
        """Return a table as it is to be told: one of the same told before, where fewer people lie between them.

        Notes
        -----
        Whoever has both then has the same table twice. What is told has at most `fewest` - 1 people more or less in a
        column than there are. Of several such tables the nearest is told.
        """
        with self._lock:
            self._look()
            kind, total = (of, table.shape), int(table.sum())
            known, totals = self._tables[kind], np.array(self._totals[kind], dtype=np.int64)
            near = np.flatnonzero(np.abs(totals - total) < fewest * table.shape[1])
            apart: list[int] = [int(np.abs(known[place] - table).sum(axis=0).max(initial=0)) for place in near]
            if apart and min(apart) < fewest:
                nearest: Whole = known[near[int(np.argmin(apart))]]
                return nearest
            self._add({"of": of, "counts": table.tolist(), "shape": list(table.shape)})
            return table

    def spend(self, table: bytes, epsilon: float) -> None:
        """Note what a table costs that is told with noise; the same one again costs nothing."""
        name = hashlib.sha256(table).hexdigest()
        with self._lock:
            self._look()
            if name not in self._spent:
                self._add({"table": name, "epsilon": epsilon})

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
        place = self.path.with_suffix(".key")
        with self._lock:
            if not place.exists():
                write_file(place, secrets.token_bytes(32), private=True, sealed=True)
            return read_file(place)

    def _add(self, line: dict[str, object]) -> None:
        try:
            append_line(self.path, json.dumps(line).encode())
        except OSError as error:
            # what cannot be remembered is not told
            reason = (error.strerror or str(error)).lower()
            raise SourceError(
                sentence("“{file}” cannot be written: {reason}.", file=self.path.name, reason=reason)
            ) from error
        self._look()

    def _look(self) -> None:
        """Read what was added since, by this server or another."""
        if not self.path.exists() or self.path.stat().st_size == self._read:
            return
        lines, self._read = read_lines_from(self.path, self._read)
        for each in lines:
            self._take(read_json(each))

    def _take(self, line: object) -> None:
        if isinstance(line, dict) and "counts" in line:
            table = np.array(line["counts"], dtype=np.int64).reshape(line["shape"])
            kind = (str(line["of"]), table.shape)
            self._tables[kind].append(table)
            self._totals[kind].append(int(table.sum()))
        elif isinstance(line, dict) and "table" in line:
            self._spent[str(line["table"])] = float(line["epsilon"])
        else:
            raise InputError(sentence("“{file}” is damaged.", file=self.path.name))


@cache
def remembered(path: Path) -> Remembered:
    """Return what was told before according to a file, one for all who ask."""
    return Remembered(path)
