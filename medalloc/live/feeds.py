"""Where numbers come from: a watched folder, an address, a query; each behind two narrow questions."""

import sqlite3
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

from medalloc.errors import InputError, SourceError, reason_of, refused, unreached
from medalloc.live.message import Message, message_of, read_message
from medalloc.sentences import Sentence, sentence

MOST_BYTES = 20_000_000
"""Size of one message. [bytes]"""

MOST_ROWS = 1_000_000
"""Rows of one answer of a query. [count]"""

SECONDS = 10.0
"""Time in which a feed must answer. [s]"""


class Feed(Protocol):
    """Something that is asked again and again what it knows now."""

    @property
    def name(self) -> str:
        """What people know it by."""

    def wait(self, seconds: float) -> None:
        """Return when there may be something new, or after so many seconds."""

    def read(self) -> Message:
        """Return the newest message.

        Raises
        ------
        SourceError
            If it does not answer.
        InputError
            If what it says cannot be used.
        """


class _Asked:
    """A feed that never says by itself that there is something new."""

    def wait(self, seconds: float) -> None:
        """Return after so many seconds."""
        sleep(seconds)


@dataclass(frozen=True)
class FolderFeed(_Asked):
    """The newest CSV or JSON file of a folder, to which others write whole files (under another name first)."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.folder)

    def read(self) -> Message:
        """Return what the newest file says; hidden files are still being written."""
        try:
            files = [
                (each.stat().st_mtime_ns, each.name, each)
                for each in self.folder.iterdir()
                if each.suffix.casefold() in (".csv", ".json") and not each.name.startswith(".") and each.is_file()
            ]
            if not files:
                raise _silent(self.name, sentence("no CSV or JSON file is there yet"))
            written, _, newest = max(files)
            with newest.open("rb") as file:
                content = _whole(file, self.name)
        except OSError as error:
            raise _silent(self.name, reason_of(error)) from error
        return read_message(content, newest.name, _iso(written / 1e9))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Go nowhere but to the address that was given."""


@dataclass(frozen=True)
class HttpFeed(_Asked):
    """An address that answers with CSV or JSON; no other one is asked, even if it says so."""

    address: str

    @property
    def name(self) -> str:
        """The address without what may be a secret in it."""
        return self.address.partition("?")[0].rpartition("@")[2]

    def read(self) -> Message:
        """Return what the address answers."""
        opener = urllib.request.build_opener(_NoRedirect())
        try:
            with opener.open(self.address, timeout=SECONDS) as answer:
                content = _whole(answer, self.name)
        except (OSError, HTTPException, ValueError) as error:
            raise _silent(self.name, str(getattr(error, "reason", error)).lower()) from error
        return read_message(content, self.name, _iso())


@dataclass(frozen=True)
class SqliteFeed(_Asked):
    """A query on a database of SQLite, which is opened for reading only."""

    path: Path
    query: str

    @property
    def name(self) -> str:
        """The file."""
        return self.path.name

    def read(self) -> Message:
        """Return the rows of the query: region, a count, and perhaps a time."""
        end = monotonic() + SECONDS
        try:
            with closing(
                sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=SECONDS)
            ) as base:
                base.set_progress_handler(lambda: int(monotonic() > end), 10_000)
                answer = base.execute(self.query)
                names = [each[0] for each in answer.description or ()]
                rows = answer.fetchmany(MOST_ROWS + 1)
        except sqlite3.Error as error:
            raise _silent(self.name, str(error)) from error
        if len(rows) > MOST_ROWS:
            raise _too_much(self.name)
        return message_of([dict(zip(names, row, strict=True)) for row in rows], self.name, _iso())


@dataclass(frozen=True)
class PostgresFeed:
    """A query on a database of PostgreSQL, in transactions that can only read; ``NOTIFY medalloc`` wakes who waits."""

    address: str
    query: str

    @property
    def name(self) -> str:
        """The address without what may be a secret in it."""
        return self.address.rpartition("@")[2].removeprefix("postgresql://")

    def read(self) -> Message:
        """Return the rows of the query: region, a count, and perhaps a time."""
        import psycopg

        try:
            with self._connected() as connection:
                answer = connection.execute(self.query)
                names = [each.name for each in answer.description or ()]
                rows = answer.fetchmany(MOST_ROWS + 1) if names else []
        except psycopg.Error as error:
            raise _silent(self.name, str(error).partition("\n")[0]) from error
        if len(rows) > MOST_ROWS:
            raise _too_much(self.name)
        return message_of([dict(zip(names, row, strict=True)) for row in rows], self.name, _iso())

    def wait(self, seconds: float) -> None:
        """Return when somebody says ``NOTIFY medalloc``, or after so many seconds."""
        import psycopg

        try:
            with self._connected() as connection:
                connection.execute("LISTEN medalloc")
                for _ in connection.notifies(timeout=seconds, stop_after=1):
                    return
        except psycopg.Error:
            # what is wrong is said when it is read
            sleep(seconds)

    def _connected(self) -> Any:
        import psycopg

        limits = f"-c statement_timeout={SECONDS * 1000:.0f} -c default_transaction_read_only=on"
        return psycopg.connect(self.address, autocommit=True, connect_timeout=int(SECONDS), options=limits)


def feed_of(text: str) -> Feed:
    """Return the feed that somebody wrote.

    Raises
    ------
    InputError
        If it is none.

    Examples
    --------
    >>> feed_of("folder:incoming").name, feed_of("https://user:word@host/counts.csv?key=1").name
    ('incoming', 'host/counts.csv')
    """
    kind, _, rest = text.partition(":")
    path, _, query = rest.partition("?")
    if kind == "folder" and rest:
        return FolderFeed(Path(rest))
    if kind in ("http", "https"):
        return HttpFeed(text)
    if kind == "sqlite" and path and query:
        return SqliteFeed(Path(path), query)
    if kind == "postgresql" and path and query:
        if find_spec("psycopg") is None:
            raise refused("A feed from PostgreSQL needs the package psycopg: pip install “psycopg[binary]”.")
        return PostgresFeed(f"postgresql:{path}", query)
    raise refused(
        "“{text}” is no feed; give folder:PATH, an address that begins with http, sqlite:FILE?QUERY, or "
        "postgresql://USER@HOST/BASE?QUERY.",
        text=text,
    )


def _whole(file: Any, name: str) -> bytes:
    end, parts, size = monotonic() + SECONDS, list[bytes](), 0
    while part := file.read(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise _too_much(name)
        if monotonic() > end:
            raise _silent(name, sentence("it takes too long"))
    return b"".join(parts)


def _too_much(name: str) -> InputError:
    return refused("“{source}” says too much at once; let it tell the newest numbers only.", source=name)


def _silent(name: str, reason: Sentence | str) -> SourceError:
    return unreached("“{source}” does not answer: {reason}.", source=name, reason=reason)


def _iso(seconds: float | None = None) -> str:
    now = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return now.isoformat(timespec="seconds")
