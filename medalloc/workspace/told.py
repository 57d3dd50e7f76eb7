"""What numbers of people were told, in the database: every server of a workspace knows what the others told."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from medalloc.disclosure.journal import Add, FileJournal
from medalloc.saved import read_json
from medalloc.workspace.schema import TOLD
from medalloc.workspace.store import Store


class ToldJournal:
    """Lines in the database of a workspace; see `medalloc.disclosure.journal.Journal`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def since(self, place: int) -> tuple[list[bytes], int]:
        """Return the lines after a number, and the number of the last one."""
        asked = select(TOLD.c.number, TOLD.c.line).where(TOLD.c.number > place).order_by(TOLD.c.number)
        with self._store.reading() as connection:
            rows = connection.execute(asked).all()
        return [row.line.encode() for row in rows], rows[-1].number if rows else place

    @contextmanager
    def turn(self) -> Iterator[Add]:
        """Give what adds a line; other servers wait meanwhile."""
        with self._store.writing() as connection:
            last: int = connection.execute(select(func.max(TOLD.c.number))).scalar() or 0

            def add(line: bytes) -> None:
                nonlocal last
                last += 1
                _write(connection, last, line.decode())

            yield add

    def key(self) -> bytes:
        """Return the key of noise, made when it is first asked for."""
        with self._store.writing() as connection:
            found = connection.execute(select(TOLD.c.line).where(TOLD.c.number == 0)).scalar()
            if found is None:
                found = secrets.token_hex(32)
                _write(connection, 0, found)
        return bytes.fromhex(found)

    def take_in(self, path: Path) -> None:
        """Take over the account of noise, and its key, from a file of an earlier version, which goes."""
        if not path.exists():
            return
        file = FileJournal(path)
        with self._store.writing() as connection:
            if connection.execute(select(func.count()).select_from(TOLD)).scalar_one() == 0:
                _write(connection, 0, file.key().hex())
                # tables had no names of rows then
                kept = [each for each in file.since(0)[0] if "epsilon" in read_json(each)]
                for number, line in enumerate(kept, 1):
                    _write(connection, number, line.decode())
        for each in (path, path.with_suffix(".key")):
            each.unlink(missing_ok=True)


def _write(connection: Connection, number: int, line: str) -> None:
    connection.execute(insert(TOLD).values(number=number, line=line))
