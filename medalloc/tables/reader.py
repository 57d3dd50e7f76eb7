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
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

# the formats are loaded now, so that no reading waits for them
import pyarrow
import pyarrow.parquet
import python_calamine  # noqa: F401

from medalloc.errors import InputError
from medalloc.sentences import sentence
from medalloc.tables.options import ReadOptions
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table

SECONDS = 120
"""Time after which a reading is stopped. [s]"""

MOST_CELLS = 50_000_000
"""Cells of the largest table that screens work with; as numbers they take 400 MB. [count]"""


def main(control: socket.socket) -> None:
    """Let a child read each file that comes, until nobody can send another."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # what is loaded or worked out when it is first needed is there for every child
    _cells(read_bytes(b"region,date,demand\nNorth,2024-01-01,1\n", ""))
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
    """Read the file that comes, within the memory that it may take, and send the table or what is wrong with it."""
    asked = json.loads(stream.readline())
    limit(asked["memory"])
    try:
        content = stream.read(asked["bytes"])
        if "function" in asked:
            _say(stream, {"answer": _function(asked)(content, asked["name"]).to_json()})
            return
        table = read_bytes(content, asked["name"], ReadOptions(**asked["options"]))
        del content
        _refuse_too_many(table)
        cells = _cells(table)
    except InputError as error:
        _say(stream, {"faults": [each.to_json() for each in error.faults]})
    except MemoryError:
        # the other side knows what it means that nothing comes
        return
    except Exception:
        _say(stream, {"bug": traceback.format_exc()})
    else:
        notes = [each.to_json() for each in table.notes]
        account = None if table.account is None else table.account.to_json()
        _say(
            stream,
            {"roles": dict(table.roles), "source": asdict(table.source), "notes": notes, "account": account},
        )
        # texts stay where they arrive and would keep the numbers beside them, which are copied, in memory twice
        texts = {each.name for each in cells.schema if pyarrow.types.is_large_string(each.type)}
        for part in ([name for name in cells.column_names if name not in texts], sorted(texts)):
            with pyarrow.ipc.new_stream(stream, cells.select(part).schema) as out:
                out.write_table(cells.select(part))


def _function(asked: dict[str, Any]) -> Callable[[bytes, str], Any]:
    """Return what reads another kind of file, named as module:function; what it writes goes where the asker said."""
    tempfile.tempdir = asked["folder"]
    module, _, name = asked["function"].partition(":")
    function: Callable[[bytes, str], Any] = getattr(import_module(module), name)
    return function


def limit(memory: int) -> None:
    """Let this process take so many more bytes of memory, where the system can hold it to that."""
    # ends the process, also where it does nothing any more
    signal.alarm(SECONDS)
    taken = Path("/proc/self/statm")
    if taken.exists():
        most = int(taken.read_text().split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _cells(table: Table) -> Any:
    # with one thread, as a process that forks must have no other
    return pyarrow.Table.from_pandas(table.frame, preserve_index=False, nthreads=1)


def _refuse_too_many(table: Table) -> None:
    rows, columns = table.frame.shape
    if rows * columns > MOST_CELLS:
        raise InputError(
            sentence(
                "“{file}” holds {rows} rows of {columns} columns; a table may have {most} cells here: leave out "
                "columns that are not needed.",
                file=table.source.name,
                rows=rows,
                columns=columns,
                most=MOST_CELLS,
            )
        )


def _say(stream: BinaryIO, said: dict[str, Any]) -> None:
    stream.write(json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
