"""Tables that a screen looks at beside its own: the one in use on Data, and one of a file read as on Data."""

from dataclasses import replace

from medalloc.study.parts import Data
from medalloc.study.steps import tables
from medalloc.tables.table import Table
from medalloc.ui import asking


def in_use() -> Table | None:
    """Return the table in use on Data; None where there is none, or it cannot be used yet."""
    return asking.known(tables.table)


def of_file(file: str | None, name: str) -> Table | None:
    """Return the table of a file that was kept; nothing that was chosen on Data for another file holds for it."""
    return asking.would(tables.table, **vars(replace(Data(), file=file, file_name=name)))
