"""The tables of the present version, as queries name them; `migrations` makes them."""

from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from medalloc.sealing import seal_text, unseal_text

METADATA = MetaData()


class Sealed(TypeDecorator[str]):
    """Text that nobody can read in the database of a workspace that is encrypted; nothing stays nothing.

    Parameters
    ----------
    about : str
        Which column this is: a text of another is not taken for one of it.
    """

    impl = Text
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is written."""
        return None if value is None else seal_text(keys_in(dialect), value, self.about)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Return what was written."""
        return None if value is None else unseal_text(keys_in(dialect), str(value), self.about)


def keys_in(dialect: Dialect) -> Path:
    """Return the folder that holds the keys of a database, as the `Store` that opened it says."""
    folder: Path = getattr(dialect, "medalloc_folder")  # noqa: B009 -- an engine has nothing else of its own
    return folder


def _sealed(table: str, name: str) -> Column[str]:
    return Column(name, Sealed(f"{table}.{name}"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _of_study() -> Column[str]:
    return Column("study", String(22), ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)


STUDIES = Table(
    "studies",
    METADATA,
    Column("id", String(22), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    *(_sealed("studies", name) for name in ("title", "table_name", "form")),
    Column("version", Integer, nullable=False),
    Column("rows", BigInteger),
    *(Column(name, Double, nullable=False) for name in ("created", "changed", "opened")),
)
"""What was chosen, as JSON."""

FILES = Table(
    "files",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    _sealed("files", "name"),
    Column("size", BigInteger, nullable=False),
)
"""Files that studies name; their bytes lie in the folder."""

STUDY_FILES = Table(
    "study_files",
    METADATA,
    _of_study(),
    Column("sha256", String(64), ForeignKey("files.sha256"), primary_key=True),
)
"""Which study names which file."""

MAPPINGS = Table(
    "mappings",
    METADATA,
    Column("owner", String(64), primary_key=True),
    Column("signature", String(16), primary_key=True),
    *(_sealed("mappings", name) for name in ("file_name", "roles")),
    Column("used", Double, nullable=False),
)
"""Roles that were given by hand, by who gave them and by the signature of the header."""

RUNS = Table(
    "runs",
    METADATA,
    _of_study(),
    Column("ticket", String(64), primary_key=True),
    Column("task", String(64), nullable=False),
    _text("folder"),
)
"""Where the runs are that a study handed to jobs."""

TOLD = Table(
    "told",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _sealed("told", "line"),
)
"""What numbers of people were told, in their order; the first line, of number 0, is the key of noise."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _text("at"),
    _sealed("audit", "who"),
    _text("what"),
    Column("study", String(22), nullable=False),
    _sealed("audit", "detail"),
    *(Column(name, String(64), nullable=False) for name in ("inputs", "before", "hash")),
)
"""Who did what and when, to which inputs; each entry holds the hash of the one before."""
