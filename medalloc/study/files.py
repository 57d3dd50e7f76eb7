"""Where the files of a study are: samples beside the program, everything else by its hash."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from medalloc.errors import MedallocError, SourceError, not_opened, unreached
from medalloc.geography.own.apart import boundaries_apart
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.saved import Objects, read_file, read_form, write_form
from medalloc.sentences import sentence
from medalloc.tables.apart import read_apart, read_packed_apart
from medalloc.tables.options import ReadOptions
from medalloc.tables.parsed import key_of, read_once
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

Form = TypeVar("Form")

SAMPLES = Path(__file__).parents[2] / "sample_data"
LARGE = 5_000_000
"""Bytes from which a file takes longer to read than the table in it, once that was kept. [bytes]"""


@dataclass(frozen=True)
class KeptFiles:
    """Files, each called by the SHA-256 of its bytes; any other name is that of a sample."""

    objects: Objects
    """Where they are kept."""

    parsed: Path | None = None
    """Where the tables in large ones are kept, as they were read; None for nowhere."""

    tried: dict[str, Table] = field(default_factory=dict, compare=False)
    """The table that was read last to see whether it can be, by its SHA-256, until it is asked for."""

    tried_boundaries: dict[str, OwnBoundaries] = field(default_factory=dict, compare=False)
    """The same of the boundaries that were kept last."""

    def table(self, file: str, name: str, options: ReadOptions | None = None) -> Table:
        """Return the table in a file; one that somebody brought is read apart.

        Raises
        ------
        SourceError
            If it is not there any more.
        InputError
            If it is not a table.
        """
        if not is_hash(file):
            return read_bytes(self.content(file, name), name, options)
        options, tried = options or ReadOptions(), self.tried.pop(file, None)
        if tried is not None and tried.source.name == name and options == ReadOptions():
            return tried
        if self.parsed is not None and self.size(file, name) >= LARGE:
            return read_once(self.parsed / file, self.objects.local(file), name, options)
        return read_apart(self.content(file, name), name, options)

    def remembered(self, file: str, name: str, of: object, kind: type[Form], make: Callable[[], Form]) -> Form:
        """Return what was made of a large file, kept beside the table in it as long as the file is."""
        if self.parsed is None or not is_hash(file) or self.size(file, name) < LARGE:
            return make()
        place = self.parsed / file / f"{kind.__name__.lower()}-{key_of(of)}.json"
        with suppress(MedallocError):
            return read_form(place, kind, sentence("study"))
        made = make()
        with suppress(SourceError):
            write_form(place, made, private=True)
        return made

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file that was kept, or of a sample.

        Raises
        ------
        SourceError
            If it is not there any more.
        """
        with opening(name):
            return self.objects.read(file) if is_hash(file) else read_file(SAMPLES / Path(file).name)

    def has(self, file: str) -> bool:
        """Whether a file is kept."""
        return self.objects.exists(Path(file).name)

    def size(self, file: str, name: str) -> int:
        """Return the size of a file that was kept [bytes]; raises as `content` does."""
        with opening(name):
            return self.objects.local(file).stat().st_size

    def boundaries(self, file: str, name: str) -> OwnBoundaries:
        """Return the boundaries in a file that somebody brought; raises as `table` does."""
        if (tried := self.tried_boundaries.pop(file, None)) is not None:
            return tried
        return boundaries_apart(self.content(file, name), name)

    def keep_boundaries(self, content: bytes, name: str) -> str:
        """Keep a file of boundaries if it can be drawn, and return the SHA-256 that it is called by."""
        found = boundaries_apart(content, name)
        sha256 = self.keep(content)
        self.tried_boundaries.clear()
        self.tried_boundaries[sha256] = found
        return sha256

    def keep_table(self, given: BytesIO, name: str) -> tuple[str, Table]:
        """Keep a file if there is a table in it; return the SHA-256 that it is called by, and the table.

        What was given is emptied: while the table is read, its bytes are in the file and nowhere else.

        Raises
        ------
        SourceError
            If there is no room for it.
        InputError
            If it is not a table; then it is not kept.
        """
        content = given.getvalue()
        known = self.has(hashlib.sha256(content).hexdigest())
        sha256 = self.keep(content)
        del content
        given.truncate(0)
        try:
            table = self.table(sha256, name)
        except MedallocError:
            if not known:
                self.remove(sha256)
            raise
        self.tried.clear()
        self.tried[sha256] = table
        return sha256, table

    def keep(self, content: bytes) -> str:
        """Keep a file and return the SHA-256 that it is called by.

        Raises
        ------
        SourceError
            If there is no room for it.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.has(sha256):
            self.objects.write(sha256, content)
        return sha256

    def remove(self, file: str) -> None:
        """Take a file away, with what was read from it."""
        self.objects.delete(Path(file).name)
        if self.parsed is not None:
            shutil.rmtree(self.parsed / Path(file).name, ignore_errors=True)


class ReadApart:
    """Files that are read in a process of their own, wherever their bytes come from."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file."""
        raise NotImplementedError

    def table(self, file: str, name: str, options: ReadOptions | None = None) -> Table:
        """Return the table in a file.

        Raises
        ------
        SourceError
            If it is not there, or is not the one that the study was made with.
        InputError
            If it is not a table.
        """
        return read_packed_apart(self.content(file, name), name, options)

    def remembered(self, _file: str, _name: str, _of: object, _kind: type[Form], make: Callable[[], Form]) -> Form:
        """Return what is made of a file; nothing is kept of files that lie elsewhere."""
        return make()

    def boundaries(self, file: str, name: str) -> OwnBoundaries:
        """Return the boundaries in a file; raises as `table` does."""
        return boundaries_apart(self.content(file, name), name)


@dataclass(frozen=True)
class FilesInMemory(ReadApart):
    """Files by the SHA-256 of their bytes, of which nothing is left when the program ends; others are samples."""

    contents: dict[str, bytes] = field(default_factory=dict)
    """Their bytes."""

    def keep(self, content: bytes) -> str:
        """Keep a file and return the SHA-256 that it is called by."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.contents[sha256] = content
        return sha256

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file; raises `SourceError` if it is none of them."""
        found = self.contents.get(file)
        return _read(SAMPLES / Path(file).name, name) if found is None else found


@dataclass(frozen=True)
class NamedFiles(ReadApart):
    """Files where they lie, by their paths; a study that names their SHA-256 is held to it."""

    folder: Path
    """What paths are relative to."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        SourceError
            If it cannot be opened, or is not the one that the study was made with.
        """
        path = self.folder / name
        if not path.exists() and file == Path(file).name and (SAMPLES / file).exists():
            path = SAMPLES / file
        content = _read(path, name)
        if is_hash(file) and hashlib.sha256(content).hexdigest() != file:
            raise unreached("“{file}” has changed since this study was made; make the study again.", file=name)
        return content


def is_hash(file: object) -> bool:
    """Whether a file is called by the SHA-256 of its bytes, rather than by the name of a sample."""
    return isinstance(file, str) and re.fullmatch("[0-9a-f]{64}", file) is not None


def _read(path: Path, name: str) -> bytes:
    with opening(name):
        return read_file(path)


@contextmanager
def opening(name: str) -> Iterator[None]:
    """Say why a file of a study cannot be opened."""
    try:
        yield
    except IsADirectoryError as error:
        raise unreached(
            "“{file}” is a folder in which no table is found here; need, score and plan take one of Parquet files.",
            file=name,
        ) from error
    except OSError as error:
        raise not_opened(name, error) from error
