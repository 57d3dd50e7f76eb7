"""Where the files of a study are: samples beside the program, everything else by its hash."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from medalloc.errors import SourceError
from medalloc.sentences import sentence

SAMPLES = Path(__file__).parents[2] / "sample_data"


@dataclass(frozen=True)
class KeptFiles:
    """Files in one folder, each called by the SHA-256 of its bytes; any other name is that of a sample."""

    folder: Path
    """Where they are kept."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        SourceError
            If it is not there any more.
        """
        kept = re.fullmatch("[0-9a-f]{64}", file)
        return _read(self.folder / file if kept else SAMPLES / Path(file).name, name)

    def keep(self, content: bytes) -> str:
        """Keep a file and return the SHA-256 that it is called by."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
        return sha256


@dataclass(frozen=True)
class NamedFiles:
    """Files where they lie, by their paths; a study that names their SHA-256 is held to it."""

    folder: Path
    """What paths are relative to."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        SourceError
            If it cannot be opened, or is not the one that the study was made with.
        """
        path = self.folder / name
        if not path.exists() and file == Path(file).name and (SAMPLES / file).exists():
            path = SAMPLES / file
        content = _read(path, name)
        if re.fullmatch("[0-9a-f]{64}", file) and hashlib.sha256(content).hexdigest() != file:
            raise SourceError(
                sentence("“{file}” has changed since this study was made; make the study again.", file=name)
            )
        return content


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(sentence("“{file}” cannot be opened: {reason}.", file=name, reason=reason)) from error
