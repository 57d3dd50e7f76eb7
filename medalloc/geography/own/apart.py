"""Read a file of boundaries in a process of its own, which may die of it."""

import sys
import tempfile
from typing import Any, BinaryIO

from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.sentences import sentence
from medalloc.tables.apart import memory_for, reader, said_on


def boundaries_apart(content: bytes, name: str) -> OwnBoundaries:
    """Return what `read_boundaries` does, read by a process with a limit on its memory and time.

    Raises
    ------
    InputError
        As `read_boundaries` does, or if reading takes more than it may.
    """
    if sys.platform == "win32":
        # nothing there limits a process from inside
        from medalloc.geography.own.reading import read_boundaries

        return read_boundaries(content, name)
    stopped = sentence(
        "Reading “{file}” was stopped, because it took more than {memory} MB of memory or two minutes. Simplify the "
        "boundaries in mapshaper or QGIS first.",
        file=name,
        memory=memory_for(content) >> 20,
    )
    # the folder is ours, so that it goes even where the process is killed
    with tempfile.TemporaryDirectory() as folder:
        asked = {"name": name, "folder": folder, "function": "medalloc.geography.own.reading:read_boundaries"}
        return OwnBoundaries.from_json(reader().ask(content, asked, _answer, stopped))


def _answer(stream: BinaryIO) -> dict[str, Any]:
    found: dict[str, Any] = said_on(stream)["answer"]
    return found
