"""What is taken away: a study that somebody deletes, what is old, and what nobody names any more."""

import hashlib
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from medalloc.errors import SourceError
from medalloc.saved import open_file
from medalloc.workspace.audit import note
from medalloc.workspace.schema import FILES, RUNS, STUDIES, STUDY_FILES
from medalloc.workspace.workspace import BOARDS, PICTURES, Workspace

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
        (workspace.folder / PICTURES / f"{each}.png").unlink(missing_ok=True)
    own = (workspace.folder / BOARDS / each for each in there)
    _discard(workspace, files, (*(workspace.folder / each for each in runs), *own))
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
    files = [each.name for each in _old(workspace.files.folder, now) if each.name not in named]
    runs = [each for each in _old(workspace.runs, now) if each.name not in kept]
    _discard(workspace, files, runs)
    return Swept(removed, len(files), len(runs))


def damaged_files(workspace: Workspace) -> list[str]:
    """Return the names of files of studies that are gone, or are not what somebody brought."""
    with workspace.store.reading() as connection:
        kept = connection.execute(select(FILES.c.sha256, FILES.c.name)).all()
    return [name for sha, name in kept if _hash_of(workspace.files.folder / sha) != sha]


def size(workspace: Workspace, id: str) -> int:
    """Return how many bytes the files and runs of a study take."""
    of_study = select(FILES.c.size).join(STUDY_FILES).where(STUDY_FILES.c.study == id)
    with workspace.store.reading() as connection:
        files = sum(int(each) for each in connection.execute(of_study).scalars())
        runs = connection.execute(select(RUNS.c.folder).where(RUNS.c.study == id)).scalars().all()
    return files + sum(size_of(workspace.folder / run) for run in runs)


def size_of(folder: Path) -> int:
    """Return how many bytes the files in a folder take."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def _hash_of(path: Path) -> str:
    try:
        with open_file(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except (OSError, SourceError):
        return ""


def _old(folder: Path, now: float) -> list[Path]:
    return [each for each in folder.glob("*") if each.stat().st_mtime < now - DAY]


def _discard(workspace: Workspace, files: Iterable[str], runs: Iterable[Path]) -> None:
    for file in files:
        workspace.files.remove(file)
    for run in runs:
        shutil.rmtree(run, ignore_errors=True)
