"""The database: SQLite in a folder or PostgreSQL by its address, of the present version once it is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from medalloc.errors import unreached

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 20
"""How long somebody who writes waits for others who do. [s]"""

ONE_WRITER = 6_318_254
"""Number of the lock in PostgreSQL that whoever writes holds."""


class Store:
    """Connections to a database; what goes wrong with it is said as a `SourceError`.

    Parameters
    ----------
    keys : Path, optional
        Folder that holds the keys, where it is encrypted; that of the file when left out.

    Raises
    ------
    SourceError
        If it cannot be opened, or was written by a newer medalloc.
    """

    def __init__(self, at: Path | str, keys: Path | None = None) -> None:
        with _told():
            address = URL.create("sqlite", database=str(at)) if isinstance(at, Path) else make_url(at)
            self._is_sqlite = address.get_backend_name() == "sqlite"
            self._engine = create_engine(address, connect_args={"timeout": PATIENCE} if self._is_sqlite else {})
        # columns that are sealed find their keys by it
        self._engine.dialect.medalloc_folder = keys or Path(at).parent  # type: ignore[attr-defined]
        if self._is_sqlite:
            event.listen(self._engine, "connect", _settings_of_sqlite)
        try:
            with self.writing() as connection:
                migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees what was written last."""
        with _told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection on which all is written or nothing, one writer at a time."""
        with _told(), self._engine.begin() as connection:
            lock = "BEGIN IMMEDIATE" if self._is_sqlite else f"SELECT pg_advisory_xact_lock({ONE_WRITER})"
            connection.exec_driver_sql(lock)
            yield connection

    def forget_deleted(self) -> None:
        """Have nothing of what was deleted lie about in files of SQLite."""
        if self._is_sqlite:
            with self.reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_changed(self) -> None:
        """Have nothing of what was there before everything was written anew lie about in files of SQLite."""
        if self._is_sqlite:
            with self.reading() as connection:
                connection.exec_driver_sql("VACUUM")
        self.forget_deleted()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring a database to a version, from none or an earlier one.

    Raises
    ------
    SourceError
        If a newer medalloc wrote it.
    """
    context, script = MigrationContext.configure(connection), ScriptDirectory(str(MIGRATIONS))
    now = context.get_current_revision()
    known = {None, "head", *(each.revision for each in script.walk_revisions())}
    if newer := [each for each in (now, to) if each not in known]:
        raise unreached("This workspace was written by a newer medalloc ({version}); update.", version=newer[0])
    with Operations.context(context):
        for step in reversed(list(script.iterate_revisions(to, now or "base"))):
            step.module.upgrade()
            context.stamp(script, step.revision)


def version_of(connection: Connection) -> str | None:
    """Return the version of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def tables_of(connection: Connection) -> MetaData:
    """Return the tables that a database has."""
    found = MetaData()
    found.reflect(connection)
    return found


def _settings_of_sqlite(connection: Any, _: object) -> None:
    # transactions begin where `writing` says so
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise unreached("The workspace cannot be used: {reason}.", reason=reason) from error
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise unreached(
            "The address of the workspace's database cannot be used: {reason}.", reason=str(error)
        ) from error
