"""What is finished of a table, kept at a URL as well: another machine goes on where this one was killed."""

import hashlib
from functools import cache
from pathlib import Path
from threading import Event, Lock, Thread

import platformdirs

from medalloc.errors import SourceError, not_written
from medalloc.partitions.places import copied_to, fetched_from, found_below

SECONDS = 5.0
"""How often what is new is sent. [s]"""

OWN = "partitions"
"""Folder of a text that was made into partitions: as large as the table, and made again where it is not."""


ABOUT = "medalloc.txt"
"""File that says what the others are."""


class KeptElsewhere:
    """A folder of this machine whose finished files are at a URL, too.

    Parameters
    ----------
    url : str
        Where they are kept, such as ``s3://bucket/folder``.

    Raises
    ------
    SourceError
        If the place does not answer or lets nobody in.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url.rstrip("/")
        self._sent: dict[Path, int] = {}
        self._ended, self._lock = Event(), Lock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise not_written(folder, error) from error
        for name, size in found_below(self.url):
            file = folder / name
            if not file.exists() or file.stat().st_size != size:
                fetched_from(f"{self.url}/{name}", file)
            self._sent[file] = file.stat().st_mtime_ns
        # what cannot be kept is said before anything is done
        (folder / ABOUT).write_text("What is finished of a table; medalloc --state\n", encoding="utf-8")
        self.share()
        self._sending = Thread(target=self._send, daemon=True)
        self._sending.start()

    def share(self) -> None:
        """Send what was finished since, in the order in which it was."""
        with self._lock:
            files = [each for each in self.folder.rglob("*") if each.is_file() and self._is_finished(each)]
            stamped = sorted((each.stat().st_mtime_ns, each) for each in files)
            for stamp, file in stamped:
                if self._sent.get(file) != stamp:
                    copied_to(file, f"{self.url}/{file.relative_to(self.folder).as_posix()}")
                    self._sent[file] = stamp

    def close(self) -> None:
        """Send the rest.

        Raises
        ------
        SourceError
            If something could not be sent.
        """
        self._ended.set()
        self._sending.join()
        self.share()

    def _is_finished(self, file: Path) -> bool:
        return not file.name.startswith(".") and ".draft" not in file.name and OWN not in file.parts

    def _send(self) -> None:
        while not self._ended.wait(SECONDS):
            try:
                self.share()
            except (SourceError, OSError):
                # a file may go meanwhile, and a store come back; what is still wrong at the end is said then
                continue


@cache
def kept_elsewhere(url: str) -> KeptElsewhere:
    """Return the folder here of what is kept at a URL, one for all who ask in this process."""
    name = hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]
    return KeptElsewhere(platformdirs.user_cache_path("medalloc") / "states" / name, url)
