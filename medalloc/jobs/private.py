"""A folder for one process only: removed when it ends, and by the next one where it was killed."""

import os
import shutil
import sys
import tempfile
import weakref
from pathlib import Path

PREFIX, OWNER = "medalloc-", "owner"


class PrivateFolder:
    """A new temporary folder; `remove` takes it away, as does the end of the process.

    A lock on a file inside says whether its owner lives: the system lets go of it however a process ends.
    """

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.remove = weakref.finalize(self, _remove, self.path, hold(self.path))


def hold(folder: Path) -> int:
    """Mark a folder as one of this process, until that ends or closes the file whose number is returned."""
    # only a file that is locked already gets the name by which others know it
    draft = folder / "owner.draft"
    held = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
    _lock(held)
    os.rename(draft, folder / OWNER)
    return held


def is_held(folder: Path) -> bool:
    """Whether a process that lives has marked a folder as its own; on Windows nothing tells."""
    try:
        found = os.open(folder / OWNER, os.O_RDONLY | os.O_NOFOLLOW if sys.platform != "win32" else os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _lock(found)
    finally:
        os.close(found)


def sweep() -> None:
    """Remove the folders of this user whose owners were killed."""
    if sys.platform == "win32":
        # nothing there tells a killed owner from a living one
        return
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            found = os.open(place / OWNER, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            continue
        if place.lstat().st_uid == os.getuid() and _lock(found):
            shutil.rmtree(place, ignore_errors=True)
        os.close(found)


def _lock(opened: int) -> bool:
    """Lock a file; false where another process holds it."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _remove(place: Path, held: int) -> None:
    os.close(held)
    shutil.rmtree(place, ignore_errors=True)
