"""Nothing readable in a folder: what is written into one that has a ring of keys is encrypted, wherever it is written.

A workspace that is encrypted holds a file with its data keys, itself encrypted by a key that is not in the folder. Each
file says by which of the data keys it is sealed, and is bound to its place: put elsewhere it is not what it was.
"""

from medalloc.sealing.content import MAGIC, is_sealed, seal, seal_text, unseal, unseal_text
from medalloc.sealing.keys import KEY, NEW_KEY, given_key
from medalloc.sealing.ring import RING, Ring, ring_at, ring_bytes

__all__ = [
    "KEY",
    "MAGIC",
    "NEW_KEY",
    "RING",
    "Ring",
    "given_key",
    "is_sealed",
    "ring_at",
    "ring_bytes",
    "seal",
    "seal_text",
    "unseal",
    "unseal_text",
]
