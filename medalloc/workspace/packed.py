"""A study, all its files and its trained models as one file, which shows whether anything in it was changed."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from medalloc.errors import InputError, refused
from medalloc.jobs.tasks import FOUND
from medalloc.saved import from_plain, read_json, to_plain
from medalloc.sentences import Sentence, sentence
from medalloc.study import Study
from medalloc.study.files import is_hash
from medalloc.study.named import named_in, without_folders

SUFFIX = ".medalloc"
ABOUT, FILES, MODELS = "study.json", "files/", "models/"
"""What the study is called inside, and where its files are, and its models."""

LARGEST, LARGEST_STUDY = 1_000_000_000, 20_000_000
"""What all files together, and the study itself, may become when they are unpacked. [bytes]"""

SWELLING, HARMLESS = 200, 50_000_000
"""How many times its size a file may become; up to so many bytes nobody asks. [ratio], [bytes]"""


@dataclass(frozen=True)
class Trained:
    """Models that were trained, each in files that hold no row and nothing that could run."""

    of: Mapping[str, Any]
    """What they were trained from, as the ticket of the training notes it."""

    files: Mapping[str, str]
    """SHA-256 of each file, by its name."""


@dataclass(frozen=True)
class Packed:
    """What the file says beside the files in it."""

    version: ClassVar[int] = 1

    title: str
    """What the study is called."""

    study: Study
    """What was chosen."""

    trained: Trained | None = None
    """The models of need; None where none are in it."""


def pack(
    study: Study,
    title: str,
    content: Callable[[str, str], bytes],
    trained: tuple[Mapping[str, Any], Mapping[str, bytes]] | None = None,
) -> bytes:
    """Return a study and all its files as one file; the same study gives the same bytes.

    Parameters
    ----------
    content : callable
        From the SHA-256 of a file and what it is called to its bytes.
    trained : tuple, optional
        What the models were trained from, and their files by name.

    Raises
    ------
    SourceError
        If one of its files is gone.
    """
    brought = {each.file: each.name for each in named_in(study) if is_hash(each.file)}
    files = {sha: content(sha, name) for sha, name in sorted(brought.items())}
    of, models = ({}, {}) if trained is None else trained
    named = Trained(of, {name: _hash(each) for name, each in models.items()}) if models else None
    about = json.dumps(to_plain(Packed(title, without_folders(study), named)), sort_keys=True).encode()
    inside = {f"{FILES}{sha}": each for sha, each in files.items()}
    inside |= {f"{MODELS}{_hash(each)}": each for _, each in sorted(models.items())}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        # whoever changes a number has to change this, too
        archive.comment = _hash(about).encode()
        for name, each in ((ABOUT, about), *inside.items()):
            # no time: the same study is the same file
            archive.writestr(ZipInfo(name), each, ZIP_DEFLATED)
    return made.getvalue()


def unpack(packed: bytes, name: str, keep: Callable[[bytes], str]) -> Packed:
    """Return the study in a file, and keep the files that belong to it.

    Parameters
    ----------
    packed : bytes
        What `pack` made.
    name : str
        What the file is called, for messages.
    keep : callable
        Keeps the bytes of a file by their SHA-256.

    Raises
    ------
    InputError
        If it is no such file, was changed, lacks something, or becomes too large.
    """
    with _opened(packed, name) as (archive, sizes):
        _of_a_size_to_unpack(sizes, len(packed), name)
        found = _about(archive, name)
        wanted = {f"{FILES}{each.file}" for each in named_in(found.study) if is_hash(each.file)}
        models = {f"{MODELS}{each}" for each in ({} if found.trained is None else found.trained.files).values()}
        if {*wanted, *models, ABOUT} != set(sizes) or len(archive.infolist()) != len(sizes):
            raise _changed(name, sentence("its files are not those that the study names"))
        for member in sorted(wanted):
            keep(_verified(archive, member, sizes[member], name))
    return found


def models_in(packed: bytes, name: str, trained: Trained) -> dict[str, bytes]:
    """Return the files of the models in a file that was unpacked, by their names; raises as `unpack` does."""
    with _opened(packed, name) as (archive, sizes):
        found = {}
        for own, sha in trained.files.items():
            if FOUND.fullmatch(own) is None:
                raise _changed(name, sentence("its files are not those that the study names"))
            found[own] = _verified(archive, f"{MODELS}{sha}", sizes[f"{MODELS}{sha}"], name)
            if own.endswith(".npz"):
                with ZipFile(BytesIO(found[own])) as arrays:
                    inner = {each.filename: each.file_size for each in arrays.infolist()}
                _of_a_size_to_unpack(inner, len(found[own]), name)
        return found


@contextmanager
def _opened(packed: bytes, name: str) -> Iterator[tuple[ZipFile, dict[str, int]]]:
    try:
        with ZipFile(BytesIO(packed)) as archive:
            yield archive, {each.filename: each.file_size for each in archive.infolist()}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError) as error:
        raise refused("“{file}” is damaged, or no study that medalloc packed; use another copy.", file=name) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _verified(archive: ZipFile, member: str, size: int, name: str) -> bytes:
    content = _member(archive, member, size)
    if not member.endswith(f"/{_hash(content)}"):
        raise _changed(name, sentence("one of its files is not what it was"))
    return content


def _about(archive: ZipFile, name: str) -> Packed:
    about = _member(archive, ABOUT, archive.getinfo(ABOUT).file_size)
    if archive.comment.decode("ascii", "replace") != _hash(about):
        raise _changed(name, sentence("the study in it is not what it was"))
    return from_plain(Packed, read_json(about), sentence("study"))


def _of_a_size_to_unpack(sizes: Mapping[str, int], packed: int, name: str) -> None:
    total = sum(sizes.values())
    if total > LARGEST or sizes.get(ABOUT, 0) > LARGEST_STUDY or total > max(HARMLESS, SWELLING * packed):
        raise refused(
            "“{file}” would become {megabytes} MB when it is unpacked, more than a study may; it was not opened.",
            file=name,
            megabytes=round(total / 1e6),
        )


def _member(archive: ZipFile, name: str, size: int) -> bytes:
    """Return a file of the archive, and no more of it than it says that it has."""
    with archive.open(name) as member:
        content = member.read(size + 1)
    if len(content) != size:
        raise BadZipFile
    return content


def _changed(name: str, reason: Sentence) -> InputError:
    return refused(
        "“{file}” was changed after it was packed: {reason}. Ask for another copy.", file=name, reason=reason
    )
