"""Where it is written down what was told: lines that are only added, by several servers at once."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from medalloc.errors import not_written
from medalloc.saved import append_line, read_file, read_lines_from, write_file

Add = Callable[[bytes], None]


class Journal(Protocol):
    """Lines that are only added."""

    def since(self, place: int) -> tuple[list[bytes], int]:
        """Return the lines after a place, 0 for all, and the place where they end."""

    def turn(self) -> AbstractContextManager[Add]:
        """Give what adds a line; nobody else has it meanwhile."""

    def key(self) -> bytes:
        """Return a secret of 32 bytes, made when it is first asked for."""

    def __hash__(self) -> int:
        """Tell it from others."""


@dataclass(frozen=True)
class FileJournal:
    """Lines in a file, which servers with one disk share; its key lies beside it."""

    path: Path

    def since(self, place: int) -> tuple[list[bytes], int]:
        """Return the lines that begin at a place or after it; see `Journal`."""
        if not self.path.exists() or self.path.stat().st_size == place:
            return [], place
        return read_lines_from(self.path, place)

    @contextmanager
    def turn(self) -> Iterator[Add]:
        """Give what adds a line; other processes may add one, too."""
        yield self._add

    def key(self) -> bytes:
        """Return the key beside the file; see `Journal`."""
        place = self.path.with_suffix(".key")
        if not place.exists():
            write_file(place, secrets.token_bytes(32), private=True)
        return read_file(place)

    def _add(self, line: bytes) -> None:
        try:
            append_line(self.path, line)
        except OSError as error:
            # what cannot be remembered is not told
            raise not_written(self.path.name, error) from error
