"""Saved forms as files: whole or not at all."""

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from medalloc.errors import InputError, SourceError
from medalloc.saved.json_text import read_json
from medalloc.saved.plain import from_plain, to_plain
from medalloc.sentences import Sentence, sentence

Form = TypeVar("Form")


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
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise SourceError(
            sentence("“{file}” cannot be opened: {reason}.", file=str(path), reason=_reason(error))
        ) from error
    try:
        data = read_json(content)
    except ValueError as error:
        raise InputError(
            sentence(
                "“{file}” is damaged and holds no {what}: {reason}. Use another copy, or save it again.",
                file=str(path),
                what=what,
                reason=_reason(error),
            )
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


def write_file(path: Path | str, content: bytes, *, private: bool = False) -> None:
    """Write a file, which holds the old or the new content whatever happens meanwhile.

    Parameters
    ----------
    path : Path or str
        Where to; its folder is made if it is not there.
    content : bytes
        What is written.
    private : bool
        Whether nobody but its owner may read it.

    Raises
    ------
    SourceError
        If the file cannot be written.
    """
    try:
        place = Path(path).resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists() and not place.is_file():
            # a device or a pipe takes what comes and cannot be replaced
            place.write_bytes(content)
        else:
            _replace(place, content, 0o600 if private else 0o666)
    except OSError as error:
        raise SourceError(
            sentence("“{file}” cannot be written: {reason}.", file=str(path), reason=_reason(error))
        ) from error


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


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return str(error).rstrip(".")
