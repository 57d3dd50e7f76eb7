"""The key that is not in the folder: from a variable, a file, or a command that prints it."""

import os
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

from medalloc.errors import refused, unreached
from medalloc.sentences import listed

KEY, NEW_KEY = "MEDALLOC_KEY", "MEDALLOC_NEW_KEY"
"""Variables of the key that is in use, and of the one that is to be; with ``_FILE`` or ``_COMMAND`` after it, of a file
that holds it or a command that prints it."""

PATIENCE = 60
"""How long a command may take. [s]"""


def given_key(variable: str = KEY) -> bytes | None:
    """Return the key that the environment gives, 32 bytes; None where it gives none.

    Raises
    ------
    InputError
        If it gives several, or one that is no key.
    SourceError
        If the file or the command cannot be used.
    """
    ways = {name: os.environ.get(name, "").strip() for name in (variable, f"{variable}_FILE", f"{variable}_COMMAND")}
    said = {name: value for name, value in ways.items() if value}
    if len(said) > 1:
        raise refused("Give the key in one way only, not by {variables}.", variables=listed(said, 3))
    return next((_key_of(name, value) for name, value in said.items()), None)


def key_variables() -> tuple[str, ...]:
    """Return every variable that may hold a key, or tell where one is."""
    return tuple(f"{name}{way}" for name in (KEY, NEW_KEY) for way in ("", "_FILE", "_COMMAND"))


@cache
def _key_of(variable: str, said: str) -> bytes:
    try:
        if variable.endswith("_FILE"):
            said = Path(said).read_text()
        elif variable.endswith("_COMMAND"):
            asked = subprocess.run(shlex.split(said), capture_output=True, text=True, timeout=PATIENCE, check=True)
            said = asked.stdout
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # never what was printed: it may be half a key
        reason = type(error).__name__ if not isinstance(error, OSError) else (error.strerror or "").lower()
        raise unreached(
            "The key that {variable} tells of cannot be read: {reason}.", variable=variable, reason=reason
        ) from None
    if re.fullmatch("[0-9a-fA-F]{64}", said.strip()) is None:
        raise refused(
            "The key by {variable} must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them.",
            variable=variable,
        )
    return bytes.fromhex(said.strip())
