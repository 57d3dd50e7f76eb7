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
        # only a file that is locked already gets the name by which others know it
        draft = self.path / "owner.draft"
        held = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
        _lock(held)
        os.rename(draft, self.path / OWNER)
        self.remove = weakref.finalize(self, _remove, self.path, held)


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
