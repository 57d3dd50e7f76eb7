"""The archive in which a model is kept: a few named members, each with its hash, and nothing that could run."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from medalloc.errors import InputError, refused
from medalloc.saved import read_json
from medalloc.sentences import counted

FORMAT = "medalloc model"
VERSION = 1
MANIFEST = "manifest.json"

LARGEST = 512 * 2**20
"""Bytes that a model may have once unpacked; a million leaves take less."""

MOST_MEMBERS = 8
"""Members of an archive; more are not a model."""

_WHEN = (1980, 1, 1, 0, 0, 0)


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of the members with a manifest of their hashes; equal members give equal bytes."""
    listed = {name: {"sha256": _hash(content), "bytes": len(content)} for name, content in members.items()}
    manifest: dict[str, Any] = {"format": FORMAT, "version": VERSION, "members": listed}
    manifest["sha256"] = _hash(_plain(manifest))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: _plain(manifest), **members}.items():
            # A fixed date: the same model is the same file.
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the members of an archive that `pack` made.

    The hashes find damage and careless changes. They cannot find a forger, who would write new ones; so whoever reads
    the members must not trust them either.

    Raises
    ------
    InputError
        If it is no such archive, too large, of another version, or not as it was written.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _require_small(archive)
            members = {each.filename: archive.read(each) for each in archive.infolist()}
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, OSError, zlib.error) as error:
        raise refused(
            "This is not a model that medalloc saved, or it is cut off or damaged; save or send it again."
        ) from error
    listed = _listed(members.pop(MANIFEST, b""))
    altered = [
        name
        for name in sorted({*listed, *members})
        if name not in listed or name not in members or _hash(members[name]) != listed[name].get("sha256")
    ]
    if altered:
        raise refused(
            "The model was changed after it was saved ({members}); get the file from its source again.",
            members=", ".join(altered),
        )
    return members


def _require_small(archive: zipfile.ZipFile) -> None:
    size = sum(each.file_size for each in archive.infolist())
    if size > LARGEST or len(archive.infolist()) > MOST_MEMBERS:
        raise InputError(
            counted(
                "Unpacked, the model would have {size} MB in {members} part; at most {most} MB in {parts} parts are "
                "read.",
                "Unpacked, the model would have {size} MB in {members} parts; at most {most} MB in {parts} parts are "
                "read.",
                "members",
                size=round(size / 2**20),
                members=len(archive.infolist()),
                most=LARGEST // 2**20,
                parts=MOST_MEMBERS,
            )
        )


def _listed(content: bytes) -> Mapping[str, Mapping[str, Any]]:
    """Return the manifest's members."""
    try:
        manifest = read_json(content)
        found, version, said = manifest["format"], manifest["version"], manifest.pop("sha256")
        listed = {str(name): dict(each) for name, each in manifest["members"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refused(
            "This is not a model that medalloc saved, or it is cut off or damaged; save or send it again."
        ) from error
    if found != FORMAT or version != VERSION:
        raise refused(
            "The model file has version {found}; this program reads version {known}. Save the model again with "
            "this program.",
            found=repr(version),
            known=VERSION,
        )
    if said != _hash(_plain(manifest)):
        raise refused(
            "The model was changed after it was saved ({members}); get the file from its source again.",
            members=MANIFEST,
        )
    return listed


def _plain(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
