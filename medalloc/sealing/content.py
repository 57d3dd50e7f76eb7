"""Bytes and texts, sealed by AES-GCM for the place where they lie."""

import base64
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from medalloc.errors import SourceError, unreached
from medalloc.sealing.ring import ID, NONCE, RING, Ring, ring_at, ring_over
from medalloc.sentences import Sentence, sentence

MAGIC = b"medalloc\x01"
"""How a sealed file begins; then the name of its key, a number used once, and what AES-GCM made of it."""

TEXT = "\x01medalloc:"
"""How a sealed text begins."""


def seal(path: Path, content: bytes) -> bytes:
    """Return what is to be written to a file: the content itself, unless the file lies in an encrypted folder."""
    place = path.resolve()
    found = ring_over(place)
    if found is None or place.name == RING:
        return content
    return MAGIC + _encrypted(found[1], content, _name(found[0], place))


def unseal(path: Path, content: bytes) -> bytes:
    """Return what was written to a file, of its bytes.

    Raises
    ------
    SourceError
        If it is not as it was written there, or the key to it is not given.
    """
    place = path.resolve()
    found = ring_over(place)
    if found is None or place.name == RING:
        return content
    folder, ring = found
    if not is_sealed(content):
        if ring.whole:
            raise SourceError(_put_there(path.name))
        return content
    return _decrypted(ring, content[len(MAGIC) :], _name(folder, place), path.name)


def is_sealed(content: bytes, ring: Ring | None = None) -> bool:
    """Whether bytes are sealed; by the current key of a ring, where one is given."""
    start = MAGIC + (b"" if ring is None else bytes.fromhex(ring.current))
    return content.startswith(start)


def seal_text(folder: Path, text: str, about: str) -> str:
    """Return what is to be written of a text that belongs to a folder; nothing stays nothing.

    Parameters
    ----------
    about : str
        What the text is: elsewhere it cannot stand for another.
    """
    ring = ring_at(folder)
    if ring is None or not text:
        return text
    return TEXT + base64.b64encode(_encrypted(ring, text.encode(errors="surrogatepass"), about.encode())).decode()


def unseal_text(folder: Path, text: str, about: str) -> str:
    """Return the text that `seal_text` was given; raises as `unseal` does."""
    ring = ring_at(folder)
    if ring is None or not text:
        return text
    if not text.startswith(TEXT):
        if ring.whole:
            raise SourceError(_put_there(about))
        return text
    sealed = base64.b64decode(text.removeprefix(TEXT))
    return _decrypted(ring, sealed, about.encode(), about).decode(errors="surrogatepass")


def _put_there(name: str) -> Sentence:
    return sentence("“{file}” is not encrypted as it must be here; somebody put it there.", file=name)


def _name(folder: Path, place: Path) -> bytes:
    return place.relative_to(folder).as_posix().encode(errors="surrogatepass")


def _encrypted(ring: Ring, content: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return bytes.fromhex(ring.current) + nonce + AESGCM(ring.keys[ring.current]).encrypt(nonce, content, about)


def _decrypted(ring: Ring, sealed: bytes, about: bytes, name: str) -> bytes:
    key, nonce, content = sealed[:ID], sealed[ID : ID + NONCE], sealed[ID + NONCE :]
    try:
        return AESGCM(ring.keys[key.hex()]).decrypt(nonce, content, about)
    except (InvalidTag, KeyError, ValueError):
        raise unreached(
            "“{file}” was changed or put elsewhere after it was encrypted; take it from a backup.", file=name
        ) from None
