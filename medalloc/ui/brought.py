"""Files that a visitor brought, and those that are kept beside a study."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from medalloc.geography.boundaries import BoundarySet, document
from medalloc.saved import Lines, write_file
from medalloc.tables.table import Table
from medalloc.ui.kept import drawn_boundaries, workspace
from medalloc.ui.permission import required
from medalloc.ui.visit import chosen, files, visit
from medalloc.workspace.workspace import BOARDS


def file_name() -> str:
    """Return what the file of the study is called, without folders; nothing before one is chosen."""
    data = chosen().study.data
    return data.file_name or data.file or ""


def table_kept(given: BytesIO, name: str) -> tuple[str, Table]:
    """Keep a file that somebody gave if there is a table in it; return its SHA-256 and the table."""
    required("change")
    return files().keep_table(given, name)


def keep_boundaries(content: bytes, name: str) -> str:
    """Keep an uploaded file of boundaries that can be drawn and return its SHA-256."""
    required("change")
    return files().keep_boundaries(content, name)


def keep_file(content: bytes) -> str:
    """Keep an uploaded file and return its SHA-256."""
    required("change")
    return files().keep(content)


def own_lines(name: str) -> Lines:
    """Return where this visit keeps lines of its own that are no choice."""
    return Lines(workspace().objects, f"{BOARDS}/{visit().token}/{Path(name).name}")


def uploaded(sha256: str) -> Path:
    """Return where an uploaded file lies."""
    return files().objects.local(Path(sha256).name)


def boundaries_at(address: str) -> dict[str, Any]:
    """Return the TopoJSON that the server gives at an address; a download asks for it when no visitor is there."""
    name = address.removeprefix("boundaries/").removesuffix(".json")
    own = drawn_boundaries() / Path(address).name
    found: dict[str, Any] = json.loads(own.read_bytes()) if own.exists() else document(BoundarySet(name))
    return found


def serve_boundaries(boundary_set: BoundarySet) -> None:
    """Have the server give a set that somebody brought to their browser, under a name that only its shapes tell."""
    path = drawn_boundaries() / Path(boundary_set.address).name
    if not path.exists():
        write_file(path, boundary_set.shapes.encode(), private=True)
