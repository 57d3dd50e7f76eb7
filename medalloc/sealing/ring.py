"""The data keys of a folder, in a file there that only the key from elsewhere opens."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from medalloc.errors import SourceError, unreached
from medalloc.sealing.keys import KEY, given_key
from medalloc.sentences import Sentence, sentence

RING = "medalloc.key"
"""Name of the file; a folder that has it is encrypted, with all folders in it."""

NONCE, ID = 12, 4
"""Lengths of what is drawn anew for each piece, and of the name of a data key. [bytes]"""


@dataclass(frozen=True)
class Ring:
    """The data keys of a folder."""

    keys: Mapping[str, bytes] = field(repr=False)
    """Each 32 bytes, by its name in hexadecimal digits."""

    current: str
    """By which everything is sealed that is written now."""

    whole: bool
    """Whether everything is sealed by that one; until then what is readable, or sealed by another, is read, too."""

    def next(self) -> "Ring":
        """Return the ring with a new key, by which nothing is sealed yet."""
        new = secrets.token_hex(ID)
        return Ring({**self.keys, new: secrets.token_bytes(32)}, new, False)

    def completed(self) -> "Ring":
        """Return the ring of a folder in which everything is sealed by the current key."""
        return Ring({self.current: self.keys[self.current]}, self.current, True)


NONE = Ring({}, "", False)
"""The ring of a folder in which nothing is sealed."""

_opened: dict[tuple[Path, int, bytes], Ring] = {}
"""Rings by their folders, as they were when they were opened, and with which key."""


def ring_bytes(ring: Ring, key: bytes) -> bytes:
    """Return a ring as its file holds it, to be opened by this key alone."""
    keys = {name: each.hex() for name, each in ring.keys.items()}
    plain = json.dumps({"keys": keys, "current": ring.current, "whole": ring.whole}).encode()
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, plain, RING.encode())
    return json.dumps({"version": 1, "keys": base64.b64encode(sealed).decode()}).encode()


def ring_at(folder: Path) -> Ring | None:
    """Return the data keys of a folder; None where it is not encrypted.

    Raises
    ------
    SourceError
        If there is no key to open them, or it is another one.
    """
    file = folder / RING
    try:
        changed = os.stat(file).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return None
    key = _needed(folder)
    known = (folder, changed, key)
    if known not in _opened:
        try:
            _opened[known] = ring_in(file.read_bytes(), file)
        except OSError as error:
            raise SourceError(_damaged(file)) from error
    return _opened[known]


def ring_in(content: bytes, file: Path) -> Ring:
    """Return the data keys that the bytes of such a file hold; raises as `ring_at` does."""
    key = _needed(file.parent)
    try:
        sealed = base64.b64decode(json.loads(content)["keys"])
        read = json.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], RING.encode()))
    except InvalidTag:
        raise unreached(
            "The key that is given is not the one that “{folder}” was encrypted with; give that one.",
            folder=str(file.parent),
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(_damaged(file)) from error
    return Ring({name: bytes.fromhex(each) for name, each in read["keys"].items()}, read["current"], read["whole"])


def ring_over(path: Path) -> tuple[Path, Ring] | None:
    """Return the nearest folder above a file that is encrypted, with its keys; None where there is none."""
    for folder in path.parents:
        if (ring := ring_at(folder)) is not None:
            return folder, ring
    return None


def _damaged(file: Path) -> Sentence:
    return sentence("The keys in “{file}” are damaged; take the file from a backup.", file=str(file))


def _needed(folder: Path) -> bytes:
    key = given_key()
    if key is None:
        raise unreached(
            "“{folder}” is encrypted: give its key by {variable}, {variable}_FILE or {variable}_COMMAND. "
            "Without the key nobody can read it, nor can its makers.",
            folder=str(folder),
            variable=KEY,
        )
    return key
