"""A workspace: studies are saved as they change, found by their ids, and taken away for good."""

import secrets
import time
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Row, delete, insert, select, update

from medalloc.errors import reason_of, unreached
from medalloc.saved import Objects, objects_at
from medalloc.sealing import RING, given_key, ring_at, ring_bytes
from medalloc.sealing.ring import NONE
from medalloc.study.files import KeptFiles
from medalloc.workspace import audit
from medalloc.workspace.audit import note
from medalloc.workspace.claim import CLAIM, claim
from medalloc.workspace.place import DATABASE, Place, copies_of
from medalloc.workspace.record import (
    ChangedMeanwhile,
    Form,
    Record,
    changed_choices,
    named_files,
    table_name,
    written,
)
from medalloc.workspace.schema import FILES, RUNS, STUDIES, STUDY_FILES
from medalloc.workspace.store import Store
from medalloc.workspace.told import ToldJournal

BOARDS = "boards"
"""Folder of the boards of moves, in which every study that has any has a folder of its own."""

HEARD = "heard"
"""Folder of what watched folders told, in which each has a folder of its own with a file a day."""

PICTURES = "pictures"
"""Folder of the small maps of studies, each called by the study; made anew where it is missing."""


class Workspace:
    """Studies in a database, their files and runs in a folder beside it, or in an object store.

    Parameters
    ----------
    folder : Path
        Where all is kept that is not elsewhere; made when it is not there, for nobody else's eyes.
    database : str, optional
        Address of a database; a file of SQLite in the folder when left out.
    files : str, optional
        Address of the files and runs; in the folder when left out.

    Raises
    ------
    SourceError
        If it cannot be opened or made.
    """

    def __init__(self, folder: Path, database: str | None = None, files: str | None = None) -> None:
        self.folder = folder if files is None else copies_of(files)
        self.objects = objects_at(self.folder, files)
        try:
            for each in (folder, self.folder):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            _have_keys(self.objects, folder)
            if database is None:
                # made with its mode, so that it is at no time readable to others
                (folder / DATABASE).touch(mode=0o600)
        except OSError as error:
            reason = reason_of(error)
            raise unreached(
                "The folder “{folder}” cannot be used: {reason}.", folder=str(folder), reason=reason
            ) from error
        self.store = Store(database or folder / DATABASE, keys=self.folder)
        self.told = ToldJournal(self.store)
        self.told.take_in(self.folder / "told" / "tables.jsonl")
        self.files = KeptFiles(self.objects.under("files"), self.folder / "parsed")
        self.runs = self.folder / "runs"
        if files is not None:
            try:
                claim(self.store, self.objects)
            except BaseException:
                self.store.close()
                raise

    @classmethod
    def at(cls, place: Place) -> Self:
        """Open the workspace at a place."""
        return cls(place.folder, place.database, place.files)

    def begin(
        self, form: Form, *, owner: str, who: str | None = None, title: str = "", id: str | None = None
    ) -> Record:
        """Keep a new study, under an id that nobody can guess.

        Parameters
        ----------
        who : str, optional
            Who begins it, as the audit trail calls them; the owner when left out.
        id : str, optional
            One that `new_id` made.
        """
        id, now = id or new_id(), time.time()
        times = {"created": now, "changed": now, "opened": now}
        with self.store.writing() as connection:
            values = {"title": title, "table_name": table_name(form), "form": written(form), "version": 1, **times}
            connection.execute(insert(STUDIES).values(id=id, owner=owner, **values))
            self._refer(connection, id, form)
            note(connection, who=who or owner, what="begun", study=id, inputs=form)
            return _record(connection, id)

    def find(self, id: str) -> Record | None:
        """Return a study by its id; None where there is none."""
        with self.store.reading() as connection:
            return _found(connection, id)

    def touch(self, id: str, *, rows: int | None = None) -> None:
        """Note that a study is in use, and how many rows its table has."""
        noted: dict[str, Any] = {"opened": time.time()} | ({} if rows is None else {"rows": rows})
        with self.store.writing() as connection:
            connection.execute(update(STUDIES).where(STUDIES.c.id == id).values(noted))

    def save(self, record: Record, form: Form, *, who: str) -> Record:
        """Keep what was chosen since a study was read.

        Raises
        ------
        ChangedMeanwhile
            If somebody else saved it since; nothing is written.
        SourceError
            If it was deleted, or cannot be written.
        """
        same = (STUDIES.c.id == record.id) & (STUDIES.c.version == record.version)
        now = {"changed": time.time(), "version": record.version + 1}
        with self.store.writing() as connection:
            values = {"table_name": table_name(form), "form": written(form), **now}
            if connection.execute(update(STUDIES).where(same).values(values)).rowcount == 0:
                theirs = _found(connection, record.id)
                if theirs is None:
                    raise unreached("The study was deleted meanwhile.")
                raise ChangedMeanwhile(theirs)
            self._refer(connection, record.id, form)
            if changed := changed_choices(record.form, form):
                detail = ", ".join(changed)
                note(connection, who=who, what="changed", study=record.id, detail=detail, inputs=form)
            return _record(connection, record.id)

    def recent(self, owner: str | None = None, most: int | None = None) -> list[Record]:
        """Return the studies with a table or a title, those last changed first; of one owner, or all."""
        asked = select(STUDIES).where((STUDIES.c.title != "") | (STUDIES.c.table_name != ""))
        asked = asked if owner is None else asked.where(STUDIES.c.owner == owner)
        with self.store.reading() as connection:
            rows = connection.execute(asked.order_by(STUDIES.c.changed.desc()).limit(most)).all()
        return [_read(row) for row in rows]

    def rename(self, id: str, title: str, *, who: str) -> None:
        """Call a study something else."""
        with self.store.writing() as connection:
            connection.execute(update(STUDIES).where(STUDIES.c.id == id).values(title=title.strip()))
            note(connection, who=who, what="renamed", study=id, inputs=None)

    def runs_of(self, id: str) -> list[str]:
        """Return the tickets of what a study handed to jobs."""
        with self.store.reading() as connection:
            return list(connection.execute(select(RUNS.c.ticket).where(RUNS.c.study == id)).scalars())

    def verify(self) -> audit.Verified:
        """Go through the audit trail."""
        with self.store.reading() as connection:
            return audit.verify(connection)

    def note(self, what: str, *, who: str, study: str = "", detail: str = "") -> None:
        """Add to the audit trail that somebody saw something, or that it left the workspace."""
        with self.store.writing() as connection:
            note(connection, who=who, what=what, study=study, detail=detail, inputs=None)

    def trail(self, most: int | None = None, study: str | None = None) -> list[audit.Entry]:
        """Return the last entries of the audit trail, the newest first; of one study, or all."""
        with self.store.reading() as connection:
            return audit.entries(connection, most, study)

    def _refer(self, connection: Connection, id: str, form: Form) -> None:
        """Write down which files and runs a study names now."""
        named = named_files(form)
        known = set(connection.execute(select(FILES.c.sha256).where(FILES.c.sha256.in_(named))).scalars())
        # one that is known is there: nobody need look, which takes a while where it is far
        new = {sha: name for sha, name in named.items() if sha not in known and self.files.has(sha)}
        _insert(
            connection,
            FILES,
            [{"sha256": sha, "name": name, "size": self.files.size(sha, name)} for sha, name in new.items()],
        )
        runs = {each["id"]: each["task"] for each in form.get("tickets", ())}
        for table in (STUDY_FILES, RUNS):
            connection.execute(delete(table).where(table.c.study == id))
        _insert(connection, STUDY_FILES, [{"study": id, "sha256": sha} for sha in (*known, *new)])
        _insert(
            connection,
            RUNS,
            [
                {"study": id, "ticket": ticket, "task": task, "folder": f"{self.runs.name}/{ticket}"}
                for ticket, task in runs.items()
            ],
        )


def _have_keys(objects: Objects, folder: Path) -> None:
    """See that a workspace is encrypted where a key is given, a new one from its first byte on.

    Raises
    ------
    SourceError
        If it is not encrypted although a key is given, or is without the right key.
    """
    key, ring = given_key(), objects.latest(RING)
    if ring_at(ring.parent) is not None or key is None:
        return
    if (folder / DATABASE).exists() or any(map(objects.exists, ("files", CLAIM))):
        raise unreached(
            "A key is given and “{folder}” is not encrypted; stop the server and run "
            "`medalloc workspace encrypt` once.",
            folder=str(folder),
        )
    # of several servers that begin at once, one makes the keys
    objects.create(RING, ring_bytes(NONE.next().completed(), key))


def new_id() -> str:
    """Return 128 random bits as they stand in an address."""
    return secrets.token_urlsafe(16)


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _found(connection: Connection, id: str) -> Record | None:
    row = connection.execute(select(STUDIES).where(STUDIES.c.id == id)).first()
    return None if row is None else _read(row)


def _record(connection: Connection, id: str) -> Record:
    return _read(connection.execute(select(STUDIES).where(STUDIES.c.id == id)).one())


def _read(row: Row[Any]) -> Record:
    known = row._asdict()
    plain = {name: known[name] for name in ("id", "title", "table_name", "version", "rows", "changed", "owner")}
    return Record(**plain, text=known["form"])
