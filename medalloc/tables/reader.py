"""The process that reads files for others: it waits with everything loaded, and a child of it reads each file.

Started as ``python -m medalloc.tables.reader SOCKET``. Through that socket come further ones, each with one file on it.
It ends with all its children when the other side is gone.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

# the formats are loaded now, so that no reading waits for them
import pyarrow.parquet  # noqa: F401
import python_calamine  # noqa: F401

from medalloc.errors import InputError, not_opened, refused
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.storage import save_table, send_table
from medalloc.tables.table import Table

SECONDS = 120
"""Computing after which a reading is stopped. [s]"""

PATIENCE = 5 * SECONDS
"""Time after which it is stopped whatever it does: a busy machine computes slowly, and one file in a minute. [s]"""

MOST_CELLS = 50_000_000
"""Cells of the largest table that screens work with; as numbers they take 400 MB. [count]"""


def main(control: socket.socket) -> None:
    """Let a child read each file that comes, until nobody can send another."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # what is loaded or worked out when it is first needed is there for every child
    send_table(read_bytes(b"region,date,demand\nNorth,2024-01-01,1\n", ""), BytesIO())
    gc.freeze()
    while True:
        data, sockets, _flags, _address = socket.recv_fds(control, 1, 1)
        if not data:
            # its children with it: nobody waits for them any more
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            control.close()
            # how a library ends is nobody's news; what is a bug of ours comes as an answer
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            with socket.socket(fileno=sockets[0]) as connection, connection.makefile("rwb") as stream:
                serve(cast(BinaryIO, stream))
            os._exit(0)
        os.close(sockets[0])


def serve(stream: BinaryIO) -> None:
    """Read the file that comes, within the memory that it may take; save its table, or say what is wrong with it."""
    asked = json.loads(stream.readline())
    limit(asked["memory"])
    try:
        content = Path(asked["path"]).read_bytes() if "path" in asked else stream.read(asked["bytes"])
        if "function" in asked:
            _say(stream, {"answer": _function(asked)(content, asked["name"]).to_json()})
            return
        table = read_bytes(content, asked["name"], ReadOptions(**asked["options"]))
        del content
        _refuse_too_many(table)
        if "folder" in asked:
            save_table(table, Path(asked["folder"]))
            _say(stream, {})
        else:
            send_table(table, stream)
    except InputError as error:
        _say(stream, {"faults": [each.to_json() for each in error.faults]})
    except MemoryError:
        # the other side knows what it means that nothing comes
        return
    except OSError as error:
        _say(stream, {"faults": [not_opened(asked["name"], error).fault.to_json()]})
    except Exception:
        _say(stream, {"bug": traceback.format_exc()})


def _function(asked: dict[str, Any]) -> Callable[[bytes, str], Any]:
    """Return what reads another kind of file, named as module:function; what it writes goes where the asker said."""
    tempfile.tempdir = asked["folder"]
    module, _, name = asked["function"].partition(":")
    function: Callable[[bytes, str], Any] = getattr(import_module(module), name)
    return function


def limit(memory: int) -> None:
    """Let this process take so many more bytes of memory, where the system can hold it to that."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # ends the process, also where it does nothing any more
    signal.alarm(PATIENCE)
    taken = Path("/proc/self/statm")
    if taken.exists():
        most = int(taken.read_text().split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _refuse_too_many(table: Table) -> None:
    rows, columns = table.frame.shape
    if rows * columns > MOST_CELLS:
        raise refused(
            "“{file}” holds {rows} rows of {columns} columns; a table may have {most} cells here: leave out "
            "columns that are not needed.",
            file=table.source.name,
            rows=rows,
            columns=columns,
            most=MOST_CELLS,
        )


def _say(stream: BinaryIO, said: dict[str, Any]) -> None:
    stream.write(json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
