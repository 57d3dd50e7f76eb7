"""A whole workspace as one file, from which it can be had again on another machine or in another database.

Of an encrypted workspace it is encrypted, and opened by the same key.
"""

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import func, select

from medalloc.errors import not_opened, reason_of, refused, unreached
from medalloc.jobs.run import STATUS, Run
from medalloc.safety import access
from medalloc.saved import LINES
from medalloc.sealing import RING
from medalloc.sealing.ring import ring_in
from medalloc.workspace.encrypting import finish, unfinished
from medalloc.workspace.schema import AUDIT, FILES, METADATA, RUNS, STUDIES
from medalloc.workspace.store import migrate, tables_of, version_of
from medalloc.workspace.workspace import BOARDS, Workspace

ABOUT = "workspace.json"
"""What is in the database, by table."""

MEMBER = re.compile(
    r"medalloc\.key|access\.json|files/[0-9a-f]{64}|boards/[\w-]{22}/[^/\\]+\.jsonl|runs/[\w-]+(/[\w-][\w.-]*)+",
    re.ASCII,
)
"""Names that a file in a backup may have."""


def back_up(workspace: Workspace, out: Path, *, who: str) -> int:
    """Write everything that is kept into one file, for nobody else's eyes; return how many studies there are.

    Raises
    ------
    SourceError
        If it cannot be written, or a file of a study is gone.
    """
    workspace.note("backed up", who=who)
    with workspace.store.writing() as connection:
        made = tables_of(connection).tables
        rows = {
            # as they lie there, encrypted where they are
            table.name: [dict(each) for each in connection.execute(select(made[table.name])).mappings()]
            for table in METADATA.sorted_tables
        }
        about = {"version": 1, "schema": version_of(connection), "rows": rows}
    draft = out.with_name(f".{out.name}.{secrets.token_hex(8)}")
    try:
        draft.touch(mode=0o600)
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, json.dumps(about))
            for name in _kept(workspace, rows):
                archive.writestr(name, workspace.objects.at_rest(name))
        draft.replace(out)
    except OSError as error:
        reason = reason_of(error)
        raise unreached("The backup “{file}” cannot be written: {reason}.", file=str(out), reason=reason) from error
    finally:
        draft.unlink(missing_ok=True)
    return len(rows[STUDIES.name])


def restore(workspace: Workspace, file: Path) -> int:
    """Put what a backup holds into an empty workspace; return how many studies there are.

    Raises
    ------
    InputError
        If the workspace is not empty, or the file is no backup.
    SourceError
        If the file cannot be opened, or a newer medalloc made it.
    """
    try:
        with ZipFile(file) as archive:
            if (damaged := archive.testzip()) is not None:
                raise BadZipFile(damaged)
            about = json.loads(archive.read(ABOUT))
            members = [each for each in archive.namelist() if each != ABOUT]
            if not all(map(MEMBER.fullmatch, members)):
                raise BadZipFile
            with workspace.store.writing() as connection:
                if connection.execute(select(func.count()).select_from(AUDIT)).scalar_one():
                    raise refused("The workspace is not empty; restore into a new one.")
                if RING in members:
                    # before anything is written: nobody could read it afterwards
                    ring_in(archive.read(RING), workspace.folder / RING)
                else:
                    unfinished(workspace.objects)
                # a backup may be older than this program
                METADATA.drop_all(connection)
                connection.exec_driver_sql("DROP TABLE alembic_version")
                migrate(connection, about["schema"])
                tables = tables_of(connection).tables
                for name, rows in about["rows"].items():
                    if rows:
                        connection.execute(tables[name].insert(), rows)
                migrate(connection)
                for each in members:
                    workspace.objects.write(each, archive.read(each), sealed=True)
        finish(workspace)
    except OSError as error:
        raise not_opened(file, error) from error
    except (BadZipFile, ValueError, KeyError) as error:
        raise refused("“{file}” is damaged, or no backup of a workspace.", file=str(file)) from error
    return len(about["rows"][STUDIES.name])


def _kept(workspace: Workspace, rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Give the names of files of studies, and of what runs that are done found."""
    objects = workspace.objects
    yield from filter(objects.exists, (RING, access.FILE))
    yield from (f"files/{each['sha256']}" for each in rows[FILES.name])
    for study in rows[STUDIES.name]:
        yield from (each.name for each in objects.found(f"{BOARDS}/{study['id']}") if each.name.endswith(LINES))
    for folder in sorted({each["folder"] for each in rows[RUNS.name]}):
        # what another server did need not be here
        if Run(objects.local(f"{folder}/{STATUS}").parent).status().state == "done":
            yield from (each.name for each in objects.found(folder))
