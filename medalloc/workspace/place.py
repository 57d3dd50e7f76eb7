"""Where a workspace is: in the user's own folder unless the environment says otherwise."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import platformdirs

from medalloc.errors import InputError
from medalloc.saved import Limits, require
from medalloc.sentences import sentence

PLACE, PRIVATE, KEEP_DAYS = "MEDALLOC_WORKSPACE", "MEDALLOC_PRIVATE", "MEDALLOC_KEEP_DAYS"
"""Variables: folder or address of a database; whether nothing is kept; days for which studies are kept."""


DATABASE = "medalloc.sqlite"
"""Name of the database in its folder."""


def place() -> str:
    """Return the folder or the database that is asked for."""
    return os.environ.get(PLACE) or str(own_folder())


def own_folder() -> Path:
    """Return the folder of this user in which programs keep what belongs to them."""
    return platformdirs.user_data_path("medalloc")


def where(said: str) -> tuple[Path, str | None]:
    """Return the folder of files and runs, and the database where it is not in the folder."""
    return (own_folder(), said) if "://" in said else (Path(said).expanduser(), None)


def may_have_mapping(of: str) -> bool:
    """Whether roles may be kept for a header with this signature; a look that takes no time, as most have none."""
    folder, database = where(place())
    if database is not None:
        return True
    if (folder / DATABASE).exists():
        address = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro"
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
        raise InputError(
            sentence("{variable} is “{found}”; it must be a number of days.", variable=KEEP_DAYS, found=said)
        ) from error
    limits = Limits(above=True)
    require(*(() if limits.hold(days) else (limits.fault(KEEP_DAYS, days),)))
    return days
