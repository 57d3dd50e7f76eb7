"""Whose the files are that lie elsewhere than the database: others would be swept away."""

from sqlalchemy import func, select

from medalloc.errors import unreached
from medalloc.saved import Objects, read_file
from medalloc.workspace import audit
from medalloc.workspace.place import FILES as ADDRESS
from medalloc.workspace.schema import FILES
from medalloc.workspace.store import Store

CLAIM = "medalloc.txt"
"""File that says whose the others are that are not in the folder: it holds the hash of the first entry of the trail."""


def claim(store: Store, objects: Objects) -> None:
    """See that the files are those of a database, and that they can be written.

    Raises
    ------
    SourceError
        If they are of another workspace.
    """
    with store.reading() as connection:
        first, count = audit.first(connection), connection.execute(select(func.count()).select_from(FILES)).scalar()
    file = objects.latest(CLAIM)
    whose = read_file(file).decode(errors="replace") if file.exists() else None
    if whose is None and count:
        raise unreached(
            "The files of this workspace are not where {variable} says: take a backup without it, and restore "
            "that with it into a new workspace.",
            variable=ADDRESS,
        )
    if whose not in (None, "", first):
        raise unreached(
            "The files where {variable} says belong to another workspace; give this one a place of its own, "
            "such as s3://bucket/prefix.",
            variable=ADDRESS,
        )
    if not whose:
        objects.write(CLAIM, first.encode())
