"""An existing workspace becomes an encrypted one, or gets other keys; what was interrupted goes on when begun again."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from medalloc.errors import not_opened, refused
from medalloc.jobs.private import OWNER
from medalloc.safety import access
from medalloc.saved import LINES, Objects, objects_at, read_file, read_lines, write_file, write_lines
from medalloc.sealing import KEY, NEW_KEY, RING, Ring, given_key, is_sealed, ring_at, ring_bytes
from medalloc.sealing.ring import NONE
from medalloc.workspace.place import Place, copies_of
from medalloc.workspace.schema import METADATA, Sealed
from medalloc.workspace.workspace import BOARDS, HEARD, PICTURES, Workspace


def encrypt(place: Place, *, who: str, again: bool = False) -> int:
    """Encrypt everything that a workspace keeps; return how many files were written anew.

    Parameters
    ----------
    place : Place
        Of the workspace, which no server may use meanwhile.
    again : bool
        Whether everything is encrypted by a new data key although it is encrypted already.

    Raises
    ------
    InputError
        If no key is given.
    SourceError
        If it is the wrong one, or something cannot be read or written; what was done stays so.
    """
    key = given_key()
    if key is None:
        raise refused("Give a key by {variable}, {variable}_FILE or {variable}_COMMAND.", variable=KEY)
    objects = _objects(place)
    ring = ring_at(objects.folder)
    # what was interrupted goes on with the key that it began with
    if ring is None or (again and ring.whole):
        ring = (ring or NONE).next()
        objects.write(RING, ring_bytes(ring, key))
    elif ring.whole:
        return 0
    opened = Workspace.at(place)
    try:
        count = finish(opened)
        opened.note("encrypted", who=who)
    finally:
        opened.store.close()
    return count


def finish(workspace: Workspace) -> int:
    """Encrypt what is not encrypted yet in a workspace that has keys; return how many files were written anew."""
    ring, key = ring_at(workspace.folder), given_key()
    if ring is None or key is None or ring.whole:
        return 0
    _seal_columns(workspace)
    count = sum(_seal_file(each, ring) for each in _files(workspace)) + workspace.objects.seal_anew(ring)
    workspace.store.forget_changed()
    workspace.objects.write(RING, ring_bytes(ring.completed(), key))
    return count


def unfinished(objects: Objects) -> None:
    """Have what is not encrypted be read in a workspace that has keys, until `finish`."""
    ring, key = ring_at(objects.folder), given_key()
    if ring is not None and key is not None:
        objects.write(RING, ring_bytes(replace(ring, whole=False), key))


def rotate(place: Place) -> None:
    """Have a workspace be opened by another key from now on; its data keys, and so everything it holds, stay.

    Raises
    ------
    InputError
        If the workspace is not encrypted, or no new key is given.
    SourceError
        If the present key is not the one it is encrypted with.
    """
    objects = _objects(place)
    ring, new = ring_at(objects.folder), given_key(NEW_KEY)
    if ring is None:
        raise refused("“{folder}” is not encrypted.", folder=str(place.files or place.folder))
    if new is None:
        raise refused("Give the new key by {variable}, {variable}_FILE or {variable}_COMMAND.", variable=NEW_KEY)
    objects.write(RING, ring_bytes(ring, new))


def _objects(place: Place) -> Objects:
    """Return the files of a workspace that is not open, with its keys."""
    objects = objects_at(place.folder if place.files is None else copies_of(place.files), place.files)
    objects.latest(RING)
    return objects


def _seal_columns(workspace: Workspace) -> None:
    """Write every text of the database anew, all or none."""
    with workspace.store.writing() as connection:
        for table in METADATA.sorted_tables:
            sealed = [each for each in table.columns if isinstance(each.type, Sealed)]
            if not sealed:
                continue
            keys = list(table.primary_key.columns)
            for row in connection.execute(select(*keys, *sealed)).all():
                found = row._mapping
                same = [each == found[each] for each in keys]
                values = {each.name: found[each] for each in sealed}
                connection.execute(table.update().where(*same).values(values))


def _files(workspace: Workspace) -> Iterator[Path]:
    if (roles := workspace.folder / access.FILE).exists():
        yield roles
    beside = (workspace.folder / each for each in ("parsed", BOARDS, PICTURES, HEARD))
    for folder in (workspace.folder / "files", workspace.runs, *beside):
        for path in sorted(folder.rglob("*")):
            if path.name.startswith(".") or path.suffix == ".draft":
                # begun by somebody who did not end it
                path.unlink(missing_ok=True)
            elif path.is_file() and path.name != OWNER:
                yield path


def _seal_file(path: Path, ring: Ring) -> bool:
    """Write a file anew, unless that was done before."""
    try:
        if path.suffix == LINES:
            write_lines(path, read_lines(path))
            return True
        with path.open("rb") as file:
            if is_sealed(file.read(64), ring):
                return False
        # nothing but its bytes changes
        mode, content = path.stat().st_mode & 0o777, read_file(path)
        write_file(path, content, private=True)
        os.chmod(path, mode)
    except OSError as error:
        raise not_opened(path, error) from error
    return True
