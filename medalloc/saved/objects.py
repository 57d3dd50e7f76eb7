"""Files of a workspace by their names: where they are is said once, and nobody who reads or writes them asks."""

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from medalloc.saved.files import append_line, lines_in, read_file, write_file
from medalloc.sealing import Ring

LINES = ".jsonl"
"""How the names of files end to which lines are added, each sealed by itself."""


@dataclass(frozen=True)
class Found:
    """One file among others."""

    name: str
    """Relative to where it was looked for, with slashes."""

    size: int
    """As it lies there. [bytes]"""

    changed: float
    """When it was written last. [seconds since 1970]"""


class Objects:
    """Files in a folder, each of which holds the old or the new content whatever happens meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def under(self, name: str) -> "Objects":
        """Return those in a folder of this one."""
        return Objects(self.folder / name)

    def local(self, name: str) -> Path:
        """Return where a file lies on this machine, sealed where it is; nothing is there where there is none."""
        return self.folder / name

    def latest(self, name: str) -> Path:
        """Return the same of a file that others may change."""
        return self.local(name)

    def read(self, name: str) -> bytes:
        """Return what was written; raises FileNotFoundError where nothing was, and `SourceError` if it is locked."""
        return read_file(self.local(name))

    def at_rest(self, name: str) -> bytes:
        """Return the bytes as they lie there, sealed where they are; raises as `read` does."""
        return self.local(name).read_bytes()

    def write(self, name: str, content: bytes, *, sealed: bool = False) -> None:
        """Write a file, for nobody else's eyes; see `write_file`."""
        write_file(self.folder / name, content, private=True, sealed=sealed)

    def create(self, name: str, content: bytes) -> None:
        """Write a file that nobody wrote before: of several who do at once, one does; raises OSError."""
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        try:
            with suppress(FileExistsError):
                os.link(draft, self.folder / name)
        finally:
            draft.unlink()

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).exists()

    def found(self, name: str = "") -> list[Found]:
        """Return the files in a folder and all below it, by name; none where there is no such folder."""
        paths = (each for each in (self.folder / name).rglob("*") if each.is_file() and not each.name.startswith("."))
        told = ((each.relative_to(self.folder).as_posix(), each.stat()) for each in sorted(paths))
        return [Found(each, stat.st_size, stat.st_mtime) for each, stat in told]

    def delete(self, name: str) -> None:
        """Take a file away, or a folder with all that it holds."""
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def append(self, name: str, line: bytes) -> None:
        """Add a line to a file, at once; raises OSError, or `SourceError` if it is locked."""
        append_line(self.folder / name, line)

    def lines(self, name: str) -> list[bytes]:
        """Return the lines that were added, none before the first; a last one that was cut off is left out."""
        try:
            return lines_in(self.folder / name, self.at_rest(name))
        except FileNotFoundError:
            return []

    def share(self, names: Iterable[str]) -> None:
        """Have others find files that were written into the folder, in this order."""

    def fetch(self, names: Iterable[str]) -> None:
        """Have files here that others shared, in this order."""

    def seal_anew(self, ring: Ring) -> int:
        """Seal what others hold by the current key of a ring; return how many files were written anew."""
        del ring
        return 0


@dataclass(frozen=True)
class Lines:
    """One file to which lines are added."""

    objects: Objects
    """Among which it is."""

    name: str
    """Its name there."""

    @classmethod
    def at(cls, path: Path) -> "Lines":
        """Return a file in a folder."""
        return cls(Objects(path.parent), path.name)

    def add(self, line: bytes) -> None:
        """Add a line; see `Objects.append`."""
        self.objects.append(self.name, line)

    def all(self) -> list[bytes]:
        """Return every line; see `Objects.lines`."""
        return self.objects.lines(self.name)
