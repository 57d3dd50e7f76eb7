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

from medalloc.errors import InputError
from medalloc.sealing.keys import key_variables
from medalloc.sentences import Sentence, sentence
from medalloc.tables.account import Account
from medalloc.tables.options import ReadOptions
from medalloc.tables.packed import GZIP
from medalloc.tables.parquet import FEATHER, PARQUET
from medalloc.tables.reading import WORKBOOK, read_bytes
from medalloc.tables.table import Source, Table

T = TypeVar("T")

MEMORY, FOR_EACH_BYTE = 1 << 30, 8
"""What reading may take beside the program itself, and what more for every byte of the file. [bytes]"""

AT_ONCE = 2
"""Files that are read at the same time; others wait."""

PACKAGE_PARENT = Path(__file__).parents[2]


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
        stopped = sentence(
            "Reading “{file}” was stopped, because it took more than {memory} MB of memory or two minutes, "
            "as it does when a cell far outside of the table is filled. Clear that cell, or save the "
            "table as CSV.",
            file=name,
            memory=memory_for(content) >> 20,
        )
        return self.ask(content, {"name": name, "options": asdict(options)}, _received, stopped)

    def ask(self, content: bytes, asked: dict[str, Any], received: Callable[[BinaryIO], T], stopped: Sentence) -> T:
        """Send a file and what is asked of it, and return what is made of the answer; `stopped` says why none came."""
        asked = {**asked, "bytes": len(content), "memory": memory_for(content)}
        with self._places, self._connection() as connection, connection.makefile("rwb") as stream:
            try:
                stream.write(json.dumps(asked).encode() + b"\n")
                stream.write(content)
                stream.flush()
                del content
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
    """Return the variables of the process, which has no use for keys: what it reads may be hostile."""
    return {name: each for name, each in os.environ.items() if name not in key_variables()} | ENVIRONMENT


ENVIRONMENT = {
    # a process that forks must have one thread only; pools that reserve memory ahead would meet the limit at once
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    # to tell where it failed takes memory that is not there, and waits for it for ever
    "RUST_BACKTRACE": "0",
}


def memory_for(content: bytes) -> int:
    """Return what reading may take for a file [bytes]."""
    return MEMORY + FOR_EACH_BYTE * len(content)


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


def _received(stream: BinaryIO) -> Table:
    import pyarrow

    said = said_on(stream)
    try:
        parts: dict[str, Any] = {}
        for _ in ("numbers", "texts"):
            with pyarrow.ipc.open_stream(stream) as cells:
                read = cells.read_all()
                parts |= dict(zip(read.column_names, read.columns, strict=True))
                metadata = read.schema.metadata
        arranged = pyarrow.table({name: parts.pop(name) for name in said["roles"]}, metadata=metadata)
        del read
        frame = arranged.to_pandas(self_destruct=True)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise EOFError from error
    account = None if said["account"] is None else Account.from_json(said["account"])
    notes = tuple(map(Sentence.from_json, said["notes"]))
    return Table(frame, said["roles"], Source(**said["source"]), notes, account=account)
