"""Tables as they were read from large files are kept, so that nothing is read twice."""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from medalloc.errors import MedallocError, SourceError
from medalloc.saved import read_file
from medalloc.sealing.ring import ring_over
from medalloc.tables.apart import read_apart, read_into
from medalloc.tables.options import ReadOptions
from medalloc.tables.storage import load_table, save_table
from medalloc.tables.table import Table


def read_once(folder: Path, content: Path, name: str, options: ReadOptions) -> Table:
    """Return the table in a file, as it was kept the last time, else read apart and kept for the next.

    Parameters
    ----------
    name, options
        As for `read_bytes`.

    Raises
    ------
    InputError
        As `read_apart` does.
    """
    place = folder / key_of([name, asdict(options)])
    with suppress(SourceError):
        return load_table(place)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if ring_over(folder.resolve()) is None:
            read_into(place, content, name, options)
            return load_table(place)
        table = read_apart(read_file(content), name, options)
        save_table(table, place)
        return table
    except OSError:
        # it cannot be kept, and is read each time
        return read_apart(read_file(content), name, options)
    except MedallocError:
        # of a file without a table nothing stays
        shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            folder.rmdir()
        raise


def key_of(asked: object) -> str:
    """Return letters that differ where something else is asked, as JSON tells it, or another program answers."""
    text = json.dumps([asked, _reading()])
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:32]


@cache
def _reading() -> str:
    """Return what changes whenever a file may be read otherwise: the program that reads it, and what that stands on."""
    read = hashlib.sha256(" ".join(map(version, ("pandas", "pyarrow", "python-calamine"))).encode())
    here = Path(__file__).parent
    modules = (*here.rglob("*.py"), *here.glob("*.json"), *(here.parent / "quantities").rglob("*.py"))
    for module in sorted(modules):
        read.update(module.read_bytes())
    return read.hexdigest()
