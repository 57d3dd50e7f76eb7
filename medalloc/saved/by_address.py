"""Files of a workspace in an object store, or wherever else fsspec can write, with copies in a folder of this machine.

What is sealed is bound to its name, and so the same bytes there and here.
"""

import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from medalloc.errors import MedallocError, unreached
from medalloc.saved.files import line_bytes, lines_in, write_file
from medalloc.saved.objects import LINES, Found, Objects
from medalloc.sealing import RING, Ring, is_sealed, seal, unseal

FRESH = 5.0
"""How old a copy may be of what others may change, such as who has which role. [s]"""

WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"}
"""Protocols by which a file is there once all of it is; by any other it gets its name when it is whole."""

SETTINGS: dict[str, Any] = {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 2}}
"""How long, and how often, something is asked of S3. [s], [s], [count]"""


class ObjectsByAddress(Objects):
    """Files in an object store, or wherever else fsspec can write.

    Parameters
    ----------
    folder : Path
        Of copies on this machine.
    address : str
        Such as ``s3://bucket/prefix``.
    """

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder)
        self.address = address.rstrip("/")
        self._asked: dict[str, float] = {}

    def under(self, name: str) -> Objects:
        """Return those in a folder of this one."""
        return ObjectsByAddress(self.folder / name, f"{self.address}/{name}")

    def local(self, name: str) -> Path:
        """Return where a copy of a file lies on this machine; nothing is there where there is no such file."""
        path = self._here(name)
        return path if path.exists() else self._copied(name)

    def latest(self, name: str) -> Path:
        """Return where a copy lies that is no older than `FRESH`."""
        now = time.monotonic()
        if now - self._asked.get(name, -FRESH) < FRESH:
            return self._here(name)
        path = self._copied(name)
        self._asked[name] = now
        return path

    def at_rest(self, name: str) -> bytes:
        """Return the bytes as they lie there."""
        if name.endswith(LINES):
            pieces = [self.local(each.name).read_bytes() for each in self._pieces(name)]
            if not pieces:
                raise FileNotFoundError(name)
            return b"".join(pieces)
        return self._bytes(name)

    def write(self, name: str, content: bytes, *, sealed: bool = False) -> None:
        """Write a file, there and then here."""
        content = content if sealed else seal(self.folder / name, content)
        self._put(f"{name}/{0:020}" if name.endswith(LINES) else name, content)
        if not name.endswith(LINES):
            super().write(name, content, sealed=True)

    def create(self, name: str, content: bytes) -> None:
        """Write a file that nobody wrote before."""
        with suppress(FileExistsError):
            self._put(name, content, "create")
        end = time.monotonic() + FRESH
        while not self._copied(name).read_bytes() and time.monotonic() < end:
            # another machine has made it and not written it yet, where that is not the same
            time.sleep(0.05)

    def exists(self, name: str) -> bool:
        """Whether there is such a file, whatever lies here."""
        with self._told():
            return bool(self._system.exists(self._at(name)))

    def found(self, name: str = "") -> list[Found]:
        """Return the files in a folder and all below it."""
        whole: dict[str, Found] = {}
        for each in self._pieces(name):
            own = _own(each.name)
            size = each.size + (whole[own].size if own in whole else 0)
            whole[own] = Found(own, size, each.changed)
        return list(whole.values())

    def delete(self, name: str) -> None:
        """Take a file or a folder away, there and here."""
        with self._told(), suppress(FileNotFoundError):
            self._system.rm(self._at(name), recursive=True)
        super().delete(name)
        super().delete(f"{name}.each")

    def append(self, name: str, line: bytes) -> None:
        """Add a line, as a file of its own: nobody who adds another at the same time is in the way."""
        piece = f"{name}/{time.time_ns():020}-{secrets.token_hex(4)}"
        self._put(piece, line_bytes(self.folder / name, line))

    def share(self, names: Iterable[str]) -> None:
        """Send files that were written into the folder."""
        for each in names:
            self._put(each, (self.folder / each).read_bytes())

    def fetch(self, names: Iterable[str]) -> None:
        """Have files here that others shared."""
        for each in names:
            self._copied(each)

    def seal_anew(self, ring: Ring) -> int:
        """Seal every file there that is not sealed by the current key of a ring."""
        count = 0
        for each in self._pieces(""):
            place, held = self.folder / _own(each.name), self._bytes(each.name)
            if place.suffix == LINES:
                anew = b"".join(line_bytes(place, one) for one in lines_in(place, held))
            elif each.name == RING or is_sealed(held, ring):
                continue
            else:
                anew = seal(place, unseal(place, held))
            self._put(each.name, anew)
            count += 1
        return count

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        # what others write is to be seen at once
        settings: dict[str, Any] = {"use_listings_cache": False}
        if self.address.startswith(("s3:", "s3a:")):
            settings["config_kwargs"] = SETTINGS
        system, root = url_to_fs(self.address, **settings)
        return system, root.rstrip("/")

    @property
    def _system(self) -> Any:
        return self._opened[0]

    def _at(self, name: str) -> str:
        return f"{self._opened[1]}/{name}".rstrip("/")

    def _here(self, name: str) -> Path:
        # what each line is in has a folder here, beside a file of lines that was there before
        return self.folder / name.replace(f"{LINES}/", f"{LINES}.each/")

    def _pieces(self, name: str) -> list[Found]:
        with self._told():
            try:
                found = self._system.find(self._at(name), detail=True)
            except FileNotFoundError:
                return []
            start = len(self._at("")) + 1
            return [
                Found(path[start:], int(each["size"]), self._changed(path, each))
                for path, each in sorted(found.items())
                # begun by somebody who did not end it
                if not path.rpartition("/")[2].startswith(".")
            ]

    def _changed(self, path: str, about: dict[str, Any]) -> float:
        when = about.get("LastModified") or self._system.modified(path)
        return float(when.timestamp())

    def _bytes(self, name: str) -> bytes:
        with self._told():
            return bytes(self._system.cat_file(self._at(name)))

    def _copied(self, name: str) -> Path:
        path = self._here(name)
        try:
            content = self._bytes(name)
        except FileNotFoundError:
            return path
        if not path.exists() or path.read_bytes() != content:
            write_file(path, content, private=True, sealed=True)
        return path

    def _put(self, name: str, content: bytes, mode: str = "overwrite") -> None:
        with self._told(missing=True):
            at = self._at(name)
            if self.address.partition(":")[0] in WHOLE:
                self._system.pipe_file(at, content, mode=mode)
                return
            folder, _, own = at.rpartition("/")
            self._system.makedirs(folder, exist_ok=True)
            if mode == "create":
                with self._system.open(at, "xb") as file:
                    file.write(content)
            else:
                draft = f"{folder}/.{own}.{secrets.token_hex(8)}"
                self._system.pipe_file(draft, content)
                self._system.mv(draft, at)

    @contextmanager
    def _told(self, *, missing: bool = False) -> Iterator[None]:
        try:
            yield
        except MedallocError:
            raise
        except FileExistsError:
            raise
        # each kind of store has errors of its own
        except Exception as error:
            if isinstance(error, FileNotFoundError) and not missing:
                raise
            raise unreached(
                "The files of the workspace at “{address}” cannot be used: {reason}.",
                # never who asks, and by which password
                address=re.sub(r"//[^/@]*@", "//", self.address),
                reason=(str(error) or type(error).__name__).strip().partition("\n")[0].rstrip("."),
            ) from error


def objects_at(folder: Path, address: str | None = None) -> Objects:
    """Return files in a folder, or those at an address with copies in the folder."""
    return ObjectsByAddress(folder, address) if address else Objects(folder)


def _own(name: str) -> str:
    """Return the name of the file of lines to which one was added by a file of its own; any other is its own."""
    of, line, _ = name.partition(f"{LINES}/")
    return f"{of}{LINES}" if line else name
