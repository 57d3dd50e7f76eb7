"""Where a workspace is: in the user's own folder unless the environment says otherwise."""

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from medalloc.errors import refused, require
from medalloc.saved import Limits

PLACE, FILES = "MEDALLOC_WORKSPACE", "MEDALLOC_WORKSPACE_FILES"
"""Variables: folder or address of a database; address of the files, where they are not in the folder."""

PRIVATE, KEEP_DAYS = "MEDALLOC_PRIVATE", "MEDALLOC_KEEP_DAYS"
"""Variables: whether nothing is kept; days for which studies are kept."""


DATABASE = "medalloc.sqlite"
"""Name of the database in its folder."""


@dataclass(frozen=True)
class Place:
    """Where a workspace is."""

    folder: Path
    """Of its database, files and runs, as far as they are not elsewhere."""

    database: str | None = None
    """Address of its database; None where that is a file in the folder."""

    files: str | None = None
    """Address of its files and runs; None where they are in the folder."""


def place(said: str | None = None, files: str | None = None) -> Place:
    """Return where the workspace is that is asked for; by the environment where nothing is said.

    Parameters
    ----------
    said : str, optional
        Folder or address of a database; the files are then those of the environment no longer.
    files : str, optional
        Address of the files.
    """
    files = files or (os.environ.get(FILES, "").strip() if said is None else "") or None
    said = said or os.environ.get(PLACE) or str(own_folder())
    return Place(own_folder(), said, files) if "://" in said else Place(Path(said).expanduser(), None, files)


def own_folder() -> Path:
    """Return the folder of this user in which programs keep what belongs to them."""
    return platformdirs.user_data_path("medalloc")


def copies_of(address: str) -> Path:
    """Return the folder of this user in which copies of the files at an address lie, with what is worked out here."""
    return platformdirs.user_cache_path("medalloc") / hashlib.sha256(address.encode()).hexdigest()[:16]


def may_have_mapping(of: str) -> bool:
    """Whether roles may be kept for a header with this signature; a look that takes no time, as most have none."""
    at = place()
    if at.database is not None:
        return True
    if (at.folder / DATABASE).exists():
        address = f"{(at.folder / DATABASE).absolute().as_uri()}?mode=ro"
        with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as connection:
            return connection.execute("SELECT 1 FROM mappings WHERE signature = ?", (of,)).fetchone() is not None
    return False


def is_private() -> bool:
    """Whether everything is to go with the server."""
    return os.environ.get(PRIVATE, "").strip().lower() not in ("", "0", "no", "false")


def keep_days() -> float | None:
    """Return for how many days after it was last opened or changed a study is kept; None for ever.

    Raises
    ------
    InputError
        If what the environment says is no number of days.
    """
    said = os.environ.get(KEEP_DAYS, "").strip()
    if not said:
        return None
    try:
        days = float(said)
    except ValueError as error:
        raise refused(
            "{variable} is “{found}”; it must be a number of days.", variable=KEEP_DAYS, found=said
        ) from error
    limits = Limits(above=True)
    require(*(() if limits.hold(days) else (limits.fault(KEEP_DAYS, days),)))
    return days
