"""Who did what: entries are only added, each chained to the last by its hash, so that a change of any shows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from medalloc.sentences import Sentence, sentence
from medalloc.workspace.schema import AUDIT

FIRST = "0" * 64
"""What stands for the hash of the entry before the first."""


@dataclass(frozen=True)
class Entry:
    """Who did what and when."""

    number: int
    """Place in the trail, from 1."""

    at: str
    """When, in ISO 8601 and universal time."""

    who: str
    """Account, browser or user of the machine."""

    what: str
    """What was done, in one word."""

    study: str
    """Id of the study, empty where it was to the workspace."""

    detail: str
    """Which choices were changed, or what was taken along."""


@dataclass(frozen=True)
class Verified:
    """What was found when the chain was gone through."""

    entries: int
    """How many there are. [count]"""

    last: str
    """Hash of the last one: noted elsewhere, it shows whether entries at the end were taken away."""

    faults: tuple[Sentence, ...]
    """Every entry that is not as it was written."""


def note(
    connection: Connection, *, who: str, what: str, study: str, detail: str = "", inputs: Mapping[str, Any] | None
) -> None:
    """Add an entry, inside of the transaction that it tells of.

    Parameters
    ----------
    what, detail : str
        What was done, and to which choices; never their values.
    inputs : mapping, optional
        What was chosen; only its hash is kept.
    """
    last = connection.execute(select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)).first()
    entry = {
        "number": 1 if last is None else last.number + 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": who,
        "what": what,
        "study": study,
        "detail": detail,
        "inputs": "" if inputs is None else hash_of(inputs),
        "before": FIRST if last is None else last.hash,
    }
    connection.execute(insert(AUDIT).values(**entry, hash=hash_of(entry)))


def entries(connection: Connection, most: int | None = None, study: str | None = None) -> list[Entry]:
    """Return the last entries, the newest first."""
    asked = select(*(AUDIT.c[each.name] for each in fields(Entry))).order_by(AUDIT.c.number.desc()).limit(most)
    asked = asked if study is None else asked.where(AUDIT.c.study == study)
    return [Entry(*row) for row in connection.execute(asked)]


def first(connection: Connection) -> str:
    """Return the hash of the first entry, which stays as long as the workspace does; nothing before there is one."""
    return connection.execute(select(AUDIT.c.hash).order_by(AUDIT.c.number).limit(1)).scalar() or ""


def hash_of(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain data, whatever the order of its names."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()


def verify(connection: Connection) -> Verified:
    """Go through the chain from the first entry to the last."""
    before, number, faults = FIRST, 0, list[Sentence]()
    for row in connection.execute(select(AUDIT).order_by(AUDIT.c.number)).mappings():
        entry = dict(row)
        written = entry.pop("hash")
        if entry["number"] != number + 1:
            faults.append(sentence("Entries are missing before number {number}.", number=entry["number"]))
        elif entry["before"] != before:
            faults.append(sentence("Entry {number} does not follow the one before it.", number=entry["number"]))
        if hash_of(entry) != written:
            faults.append(
                sentence("Entry {number} ({at}) is not as it was written.", number=entry["number"], at=entry["at"])
            )
        before, number = written, entry["number"]
    return Verified(number, before, tuple(faults))
