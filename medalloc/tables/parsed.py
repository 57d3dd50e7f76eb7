"""Tables as they were read from large files are kept, so that nothing is read twice."""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from medalloc.errors import SourceError
from medalloc.tables.options import ReadOptions
from medalloc.tables.storage import load_table, save_table
from medalloc.tables.table import Table


def parsed(folder: Path, name: str, options: ReadOptions) -> Table | None:
    """Return the table that `keep_parsed` kept of a file under this name and these options; None where it did not."""
    with suppress(SourceError):
        return load_table(folder / _key(name, options))
    return None


def keep_parsed(table: Table, folder: Path, options: ReadOptions) -> None:
    """Keep a table for who asks for it next; where that fails, the file is read again."""
    place = folder / _key(table.source.name, options)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_table(table, place)
    except (OSError, ValueError, SourceError):
        # what cannot be written as it is, such as text of half a letter, is read each time
        shutil.rmtree(place, ignore_errors=True)


def _key(name: str, options: ReadOptions) -> str:
    asked = json.dumps([name, asdict(options), _reading()])
    return hashlib.sha256(asked.encode(errors="backslashreplace")).hexdigest()[:32]


@cache
def _reading() -> str:
    """Return what changes whenever a file may be read otherwise: the program that reads it, and what that stands on."""
    read = hashlib.sha256(" ".join(map(version, ("pandas", "pyarrow", "python-calamine"))).encode())
    for module in sorted(Path(__file__).parent.rglob("*.py")):
        read.update(module.read_bytes())
    return read.hexdigest()
