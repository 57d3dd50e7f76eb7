"""Read files in a process of their own, which may die of them: what is packed can be a thousand times its size."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from medalloc.errors import InputError, not_opened
from medalloc.sealing.keys import key_variables
from medalloc.sentences import Sentence, sentence
from medalloc.tables.options import ReadOptions
from medalloc.tables.packed import GZIP
from medalloc.tables.parquet import FEATHER, PARQUET
from medalloc.tables.reading import WORKBOOK, read_bytes
from medalloc.tables.storage import received_table, save_table
from medalloc.tables.table import Table

T = TypeVar("T")

MEMORY, FOR_EACH_BYTE = 1 << 30, 8
"""What reading may take beside the program itself, and what more for every byte of the file. [bytes]"""

AT_ONCE = 2
"""Files that are read at the same time; others wait."""

PACKAGE_PARENT = Path(__file__).parents[2]


def read_file(path: str | Path, options: ReadOptions | None = None) -> Table:
    """Read a table from a file.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, JSON, XLSX, XLS, ODS, Parquet or Feather, also packed (.gz, .zip); recognised by content, not by name.
    options : ReadOptions, optional
        Overrides of what is detected.

    Raises
    ------
    SourceError
        If the file cannot be opened.
    InputError
        If its content is not a table.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise not_opened(path, error) from error
    return read_packed_apart(content, path.name, options)


def read_packed_apart(content: bytes, name: str, options: ReadOptions | None = None) -> Table:
    """Return what `read_bytes` does, for commands: what is packed is read apart, as its reader may run out of memory.

    Raises
    ------
    InputError
        As `read_bytes` and `read_apart` do.
    """
    return (read_apart if content.startswith((*WORKBOOK, GZIP, PARQUET, FEATHER)) else read_bytes)(
        content, name, options
    )


def read_apart(content: bytes, name: str, options: ReadOptions | None = None) -> Table:
    """Return what `read_bytes` does, read by a process with a limit on its memory and time.

    Parameters
    ----------
    content, name, options
        As for `read_bytes`.

    Raises
    ------
    InputError
        If the content is not a table, or reading it takes more than it may.
    """
    if sys.platform == "win32":
        # nothing there limits a process from inside
        return read_bytes(content, name, options)
    return reader().read(content, name, options or ReadOptions())


def read_into(folder: Path, content: Path, name: str, options: ReadOptions | None = None) -> None:
    """Read a file where it lies as `read_apart` does, and save its table in a folder, for `load_table`.

    Neither the file nor the table is in this process at any time.
    """
    if sys.platform == "win32":
        save_table(read_bytes(content.read_bytes(), name, options), folder)
        return
    reader().read_into(folder, content, name, options or ReadOptions())


def get_ready() -> None:
    """Have the reader start, where somebody may bring a file soon: it takes half a second."""
    if sys.platform != "win32":
        reader().start()


@cache
def reader() -> "Reader":
    """Return the one reader of this process."""
    return Reader()


class Reader:
    """A process that waits with everything loaded and lets a child read each file; started by the first who asks."""

    def __init__(self) -> None:
        self._lock, self._places = threading.Lock(), threading.BoundedSemaphore(AT_ONCE)
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process unless it runs; it is ready half a second later."""
        with self._lock:
            self._started()

    def read(self, content: bytes, name: str, options: ReadOptions) -> Table:
        """Return the table in a file; see `read_apart`."""
        asked = {"name": name, "options": asdict(options)}
        return self.ask(content, asked, lambda stream: received_table(said_on(stream), stream), _stopped(content, name))

    def read_into(self, folder: Path, content: Path, name: str, options: ReadOptions) -> None:
        """Have the table in a file saved in a folder; see the function of that name."""
        asked = {"name": name, "options": asdict(options), "folder": str(folder)}
        self.ask(content, asked, said_on, _stopped(content, name))

    def ask(
        self, content: bytes | Path, asked: dict[str, Any], received: Callable[[BinaryIO], T], stopped: Sentence
    ) -> T:
        """Send a file and what is asked of it, and return what is made of the answer; `stopped` says why none came."""
        where = {"path": str(content)} if isinstance(content, Path) else {"bytes": len(content)}
        asked = {**asked, **where, "memory": memory_for(content)}
        with self._places, self._connection() as connection, connection.makefile("rwb") as stream:
            try:
                stream.write(json.dumps(asked).encode() + b"\n")
                if isinstance(content, bytes):
                    stream.write(content)
                stream.flush()
                return received(cast(BinaryIO, stream))
            except (ConnectionError, EOFError) as error:
                raise InputError(stopped) from error

    def _connection(self) -> socket.socket:
        """Return a socket at whose other end a child waits."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._started(), [b"1"], [theirs.fileno()])
            except ConnectionError:
                # somebody ended the process; another one begins
                self.close()
                socket.send_fds(self._started(), [b"1"], [theirs.fileno()])
        return ours

    def close(self) -> None:
        """End the process, and with it every child."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.wait()

    def _started(self) -> socket.socket:
        if self._control is None:
            self.close()
            atexit.register(self.close)
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "medalloc.tables.reader", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    # a group of its own, which ends together; what it prints is nobody's answer
                    process_group=0,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    cwd=PACKAGE_PARENT,
                    env=_environment(),
                )
            self._control = ours
        return self._control


def _environment() -> dict[str, str]:
    """Return the variables of the process, which has no use for keys and passwords: what it reads may be hostile."""
    own = {name: each for name, each in os.environ.items() if name not in key_variables()}
    return {name: each for name, each in own.items() if not name.startswith(SECRETS)} | ENVIRONMENT


SECRETS = ("MEDALLOC_WORKSPACE", "AWS_", "AZURE_", "GOOGLE_", "FSSPEC_")
"""How variables begin by which databases and object stores are opened."""


ENVIRONMENT = {
    # a process that forks must have one thread only; pools that reserve memory ahead would meet the limit at once
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    # to tell where it failed takes memory that is not there, and waits for it for ever
    "RUST_BACKTRACE": "0",
}


def _stopped(content: bytes | Path, name: str) -> Sentence:
    return sentence(
        "Reading “{file}” was stopped, because it took more than {memory} MB of memory or two minutes, "
        "as it does when a cell far outside of the table is filled. Clear that cell, or save the "
        "table as CSV.",
        file=name,
        memory=memory_for(content) >> 20,
    )


def memory_for(content: bytes | Path) -> int:
    """Return what reading may take for a file [bytes]."""
    return MEMORY + FOR_EACH_BYTE * (content.stat().st_size if isinstance(content, Path) else len(content))


def said_on(stream: BinaryIO) -> dict[str, Any]:
    """Return the first line of an answer.

    Raises
    ------
    EOFError
        If none comes.
    InputError
        If it says what is wrong with the file.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    said: dict[str, Any] = json.loads(line)
    if "bug" in said:
        raise RuntimeError(said["bug"])
    if "faults" in said:
        raise InputError(*map(Sentence.from_json, said["faults"]))
    return said
