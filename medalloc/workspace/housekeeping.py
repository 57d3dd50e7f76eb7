"""What is taken away: a study that somebody deletes, what is old, and what nobody names any more."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from medalloc.errors import SourceError
from medalloc.saved import ObjectsByAddress
from medalloc.sealing import unseal
from medalloc.workspace.audit import note
from medalloc.workspace.schema import FILES, RUNS, STUDIES, STUDY_FILES
from medalloc.workspace.workspace import BOARDS, HEARD, PICTURES, Workspace

DAY = 86_400.0
"""What is younger may belong to somebody who has not saved yet. [s]"""


@dataclass(frozen=True)
class Swept:
    """What was taken away."""

    studies: int
    """Studies that were too old, or in which nothing had been chosen. [count]"""

    files: int
    """Files that no study names. [count]"""

    runs: int
    """Runs that no study names. [count]"""


def remove(workspace: Workspace, *ids: str, who: str) -> int:
    """Take studies away for good, with the files and runs that no other names; return how many there were."""
    with workspace.store.writing() as connection:
        files = set(connection.execute(select(STUDY_FILES.c.sha256).where(STUDY_FILES.c.study.in_(ids))).scalars())
        runs = set(connection.execute(select(RUNS.c.folder).where(RUNS.c.study.in_(ids))).scalars())
        there = connection.execute(select(STUDIES.c.id).where(STUDIES.c.id.in_(ids))).scalars().all()
        connection.execute(delete(STUDIES).where(STUDIES.c.id.in_(there)))
        for id in there:
            note(connection, who=who, what="deleted", study=id, inputs=None)
        files -= set(connection.execute(select(STUDY_FILES.c.sha256)).scalars())
        runs -= set(connection.execute(select(RUNS.c.folder)).scalars())
        connection.execute(delete(FILES).where(FILES.c.sha256.in_(files)))
    for each in there:
        for picture in (workspace.folder / PICTURES).glob(f"{each}.*"):
            picture.unlink(missing_ok=True)
    _discard(workspace, files, (*runs, *(f"{BOARDS}/{each}" for each in there)))
    workspace.store.forget_deleted()
    return len(there)


def sweep(workspace: Workspace, days: float | None, *, who: str) -> Swept:
    """Take away what is old, and what nobody names.

    Parameters
    ----------
    days : float, optional
        Studies that nobody opened or changed for so long go. [days]
    """
    now = time.time()
    gone = (STUDIES.c.title == "") & (STUDIES.c.table_name == "") & (STUDIES.c.opened < now - DAY)
    if days is not None:
        since = now - days * DAY
        gone = gone | ((STUDIES.c.opened < since) & (STUDIES.c.changed < since))
    with workspace.store.reading() as connection:
        old = connection.execute(select(STUDIES.c.id).where(gone)).scalars().all()
    removed = remove(workspace, *old, who=who) if old else 0
    with workspace.store.reading() as connection:
        named = set(connection.execute(select(STUDY_FILES.c.sha256)).scalars())
        kept = set(connection.execute(select(RUNS.c.ticket)).scalars())
    files = _old(workspace, workspace.files.objects.folder.name, now) - named
    runs = _old(workspace, workspace.runs.name, now) - kept
    _discard(workspace, files, (f"{workspace.runs.name}/{each}" for each in runs))
    if days is not None:
        # what watched folders told, once nobody has watched them for so long
        silent = _old(workspace, HEARD, now - days * DAY)
        _discard(workspace, (), (f"{HEARD}/{each}" for each in silent))
    return Swept(removed, len(files), len(runs))


def damaged_files(workspace: Workspace) -> list[str]:
    """Return the names of files of studies that are gone, or are not what somebody brought."""
    with workspace.store.reading() as connection:
        kept = connection.execute(select(FILES.c.sha256, FILES.c.name)).all()
    return [name for sha, name in kept if _hash_of(workspace, sha) != sha]


def size(workspace: Workspace, id: str) -> int:
    """Return how many bytes the files and runs of a study take."""
    of_study = select(FILES.c.size).join(STUDY_FILES).where(STUDY_FILES.c.study == id)
    with workspace.store.reading() as connection:
        files = sum(int(each) for each in connection.execute(of_study).scalars())
        runs = connection.execute(select(RUNS.c.folder).where(RUNS.c.study == id)).scalars().all()
    return files + sum(each.size for run in runs for each in workspace.objects.found(run))


def _hash_of(workspace: Workspace, sha: str) -> str:
    # not that of a copy here, which may be all that is left
    objects = workspace.files.objects
    try:
        return hashlib.sha256(unseal(objects.folder / sha, objects.at_rest(sha))).hexdigest()
    except (OSError, SourceError):
        return ""


def _old(workspace: Workspace, folder: str, now: float) -> set[str]:
    """Return what is in a folder, there or as copies here, and all of it older than a day."""
    last = {each.name: each.stat().st_mtime for each in (workspace.folder / folder).glob("*")}
    far = workspace.objects.found(folder) if isinstance(workspace.objects, ObjectsByAddress) else ()
    for found in far:
        own = found.name.split("/")[1]
        last[own] = max(found.changed, last.get(own, 0.0))
    return {own for own, changed in last.items() if changed < now - DAY}


def _discard(workspace: Workspace, files: Iterable[str], folders: Iterable[str]) -> None:
    for file in files:
        workspace.files.remove(file)
    for folder in folders:
        workspace.objects.delete(folder)
