"""What somebody said of the columns of a table, kept for the next file with the same ones."""

import json
import time
from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import delete, insert, select

from medalloc.errors import SourceError
from medalloc.tables.mapping import MOST, Mapped, mapping_for, signature
from medalloc.workspace.place import place
from medalloc.workspace.schema import MAPPINGS
from medalloc.workspace.workspace import Workspace


def keep_mapping(workspace: Workspace, columns: Iterable[str], mapped: Mapped, *, owner: str) -> None:
    """Keep the roles of one header for who gave them; of one without any, nothing is kept any more."""
    of, here = signature(columns), MAPPINGS.c.owner == owner
    with workspace.store.writing() as connection:
        connection.execute(delete(MAPPINGS).where(here, MAPPINGS.c.signature == of))
        if not mapped.roles:
            return
        roles = json.dumps(dict(mapped.roles), ensure_ascii=False)
        row = {"owner": owner, "signature": of, "file_name": mapped.file_name, "roles": roles, "used": time.time()}
        connection.execute(insert(MAPPINGS).values(row))
        old = select(MAPPINGS.c.signature).where(here).order_by(MAPPINGS.c.used.desc()).offset(MOST)
        gone = connection.execute(old).scalars().all()
        connection.execute(delete(MAPPINGS).where(here, MAPPINGS.c.signature.in_(gone)))


def kept_mapping(workspace: Workspace, columns: Iterable[str], *, owner: str | None) -> Mapped | None:
    """Return the roles that were given to a header like this one by its owner, or by anybody, the last first."""
    names = list(columns)
    asked = select(MAPPINGS).where(MAPPINGS.c.signature == signature(names))
    asked = asked if owner is None else asked.where(MAPPINGS.c.owner == owner)
    with workspace.store.reading() as connection:
        row = connection.execute(asked.order_by(MAPPINGS.c.used.desc())).first()
    if row is None:
        return None
    return mapping_for(names, {row.signature: Mapped(row.file_name, json.loads(row.roles))})


def mapping_here(columns: Iterable[str]) -> Mapped | None:
    """Return the roles that anybody gave to a header like this one in the workspace of this user, where there is one.

    What cannot be opened is no reason to read a table otherwise.
    """
    with suppress(SourceError):
        return kept_mapping(Workspace.at(place()), columns, owner=None)
    return None
