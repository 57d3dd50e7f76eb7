"""Saved forms as files: whole or not at all."""

import base64
import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from medalloc.errors import not_opened, not_written, reason_of, refused
from medalloc.saved.json_text import read_json
from medalloc.saved.plain import from_plain, to_plain
from medalloc.sealing import MAGIC, is_sealed, seal, unseal
from medalloc.sentences import Sentence

Form = TypeVar("Form")

SEALED_LINE = base64.b64encode(MAGIC)
"""How a line that is sealed begins."""

START = 64
"""Bytes by which a sealed file is told. [bytes]"""


def read_form(path: Path | str, kind: type[Form], what: Sentence) -> Form:
    """Read a frozen dataclass from a JSON file; see `from_plain`.

    Raises
    ------
    SourceError
        If the file cannot be opened.
    InputError
        If it is damaged, or with every fault of the form at once.
    """
    try:
        content = read_file(path)
    except (OSError, ValueError) as error:
        raise not_opened(path, error) from error
    try:
        data = read_json(content)
    except ValueError as error:
        raise refused(
            "“{file}” is damaged and holds no {what}: {reason}. Use another copy, or save it again.",
            file=str(path),
            what=what,
            reason=reason_of(error),
        ) from error
    return from_plain(kind, data, what)


def write_form(path: Path | str, form: object, *, private: bool = False) -> None:
    """Write a frozen dataclass as a JSON file; see `write_file`.

    Parameters
    ----------
    path : Path or str
        Where to; its folder is made if it is not there.
    form : dataclass
        What is written; see `to_plain`.
    private : bool
        Whether nobody but its owner may read it.

    Raises
    ------
    SourceError
        If the file cannot be written.
    """
    write_file(path, form_text(form), private=private)


def form_text(form: object) -> bytes:
    """Return a frozen dataclass as JSON, as a file holds it."""
    text = json.dumps(to_plain(form), ensure_ascii=False, indent=1, allow_nan=False)
    # half of a pair as JSON escapes it
    return text.encode(errors="backslashreplace")


def write_file(path: Path | str, content: bytes, *, private: bool = False, sealed: bool = False) -> None:
    """Write a file, which holds the old or the new content whatever happens meanwhile.

    In a folder that is encrypted, it is; `read_file` reads it.

    Parameters
    ----------
    path : Path or str
        Where to; its folder is made if it is not there.
    private : bool
        Whether nobody but its owner may read it.
    sealed : bool
        Whether the content is what a file of an encrypted folder holds, already.

    Raises
    ------
    SourceError
        If the file cannot be written, or the key of its folder is not given.
    """
    try:
        place = Path(path).resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists() and not place.is_file():
            # a device or a pipe takes what comes and cannot be replaced
            place.write_bytes(content)
        else:
            _replace(place, content if sealed else seal(place, content), 0o600 if private else 0o666)
    except OSError as error:
        raise not_written(path, error) from error


def read_file(path: Path | str) -> bytes:
    """Return what `write_file` wrote; raises OSError if it cannot be opened, and `SourceError` if it is locked."""
    return unseal(Path(path), Path(path).read_bytes())


def open_file(path: Path | str) -> BinaryIO:
    """Open what `write_file` wrote, to be read piece by piece; raises as `read_file` does."""
    file = open(path, "rb")  # noqa: SIM115 -- whoever asked closes it
    start = file.read(START)
    if is_sealed(start):
        file.close()
        return BytesIO(read_file(path))
    unseal(Path(path), start)
    file.seek(0)
    return file


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file that nobody else may read, at once; raises OSError, or `SourceError` if it is locked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab", buffering=0) as file:
        file.write(line_bytes(path, line))


def read_lines(path: Path) -> list[bytes]:
    """Return the lines that `append_line` wrote; a last one that was cut off is left out."""
    return read_lines_from(path, 0)[0]


def lines_in(path: Path, content: bytes) -> list[bytes]:
    """Return the lines in the bytes of such a file."""
    lines = content.split(b"\n")[:-1]
    return [unseal(path, base64.b64decode(each) if each.startswith(SEALED_LINE) else each) for each in lines]


def read_lines_from(path: Path, start: int) -> tuple[list[bytes], int]:
    """Return the whole lines from a place in a file on, which was the end of one, and the place where they end."""
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    whole = content[: content.rfind(b"\n") + 1]
    return lines_in(path, whole), start + len(whole)


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file of lines anew; see `write_file`."""
    write_file(path, b"".join(line_bytes(path, each) for each in lines), private=True, sealed=True)


def line_bytes(path: Path, line: bytes) -> bytes:
    """Return what is added to such a file for a line."""
    sealed = seal(path, line)
    return (base64.b64encode(sealed) if is_sealed(sealed) else line) + b"\n"


def _replace(place: Path, content: bytes, mode: int) -> None:
    beside = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    try:
        # made with its mode, so that a private file is at no time readable to others
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
