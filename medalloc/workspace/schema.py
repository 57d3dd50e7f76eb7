"""The tables of the present version, as queries name them; `migrations` makes them."""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _of_study() -> Column[str]:
    return Column("study", String(22), ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)


STUDIES = Table(
    "studies",
    METADATA,
    Column("id", String(22), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    _text("title"),
    _text("table_name"),
    _text("form"),
    Column("version", Integer, nullable=False),
    Column("rows", BigInteger),
    *(Column(name, Double, nullable=False) for name in ("created", "changed", "opened")),
)
"""What was chosen, as JSON."""

FILES = Table(
    "files",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    _text("name"),
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

RUNS = Table(
    "runs",
    METADATA,
    _of_study(),
    Column("ticket", String(64), primary_key=True),
    Column("task", String(64), nullable=False),
    _text("folder"),
)
"""Where the runs are that a study handed to jobs."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    *(_text(name) for name in ("at", "who", "what")),
    Column("study", String(22), nullable=False),
    _text("detail"),
    *(Column(name, String(64), nullable=False) for name in ("inputs", "before", "hash")),
)
"""Who did what and when, to which inputs; each entry holds the hash of the one before."""
