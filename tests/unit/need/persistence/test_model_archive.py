import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.need.persistence import model_archive
from medalloc.need.persistence.model_archive import MANIFEST, pack, unpack

MEMBERS = {"about.json": b"{}", "trees.txt": b"tree" * 100}


def rezipped(content: bytes, **changes: bytes | None) -> bytes:
    """Return the archive with members replaced, added or left out, its manifest as it was."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, bytes | None] = {each: archive.read(each) for each in archive.namelist()}
    members.update({name.replace("_", "."): each for name, each in changes.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, each in members.items():
            if each is not None:
                archive.writestr(name, each)
    return out.getvalue()


@given(st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=50), max_size=4))
def test_what_is_packed_is_unpacked_and_equal_members_are_equal_files(members: dict[str, bytes]) -> None:
    assert unpack(pack(members)) == members
    assert pack(members) == pack(dict(members))


@pytest.mark.parametrize("change", [b"{ }", None])
def test_a_member_that_was_changed_or_taken_out_is_named(change: bytes | None) -> None:
    with pytest.raises(InputError, match=r"changed after it was saved \(about\.json\)"):
        unpack(rezipped(pack(MEMBERS), about_json=change))


def test_a_member_that_was_added_is_named() -> None:
    with pytest.raises(InputError, match=r"changed after it was saved \(more\.py\)"):
        unpack(rezipped(pack(MEMBERS), more_py=b"print()"))


def test_a_changed_manifest_is_noticed_and_another_version_is_said() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(MEMBERS))) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    other = json.dumps({**manifest, "version": 2}).encode()
    with pytest.raises(InputError, match="version 2; this program reads version 1"):
        unpack(rezipped(pack(MEMBERS), manifest_json=other))
    manifest["members"].pop("trees.txt")
    with pytest.raises(InputError, match=r"manifest\.json"):
        unpack(rezipped(pack(MEMBERS), manifest_json=json.dumps(manifest).encode(), trees_txt=None))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": 1, "version": 1, "sha256": "", "members": 3}'])
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    with pytest.raises(InputError, match="not a model"):
        unpack(rezipped(pack(MEMBERS), manifest_json=manifest))


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = pack({"about.json": bytes(3 * 2**20)})
    assert len(bomb) < 10_000
    monkeypatch.setattr(model_archive, "LARGEST", 2**20)
    with pytest.raises(InputError, match="would have 3 MB in 2 parts; at most 1 MB"):
        unpack(bomb)


def test_an_archive_of_many_parts_is_refused() -> None:
    with pytest.raises(InputError, match="in 21 parts"):
        unpack(pack({f"part{number}": b"" for number in range(20)}))


@given(st.binary(max_size=100))
def test_bytes_that_are_no_archive_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError):
        unpack(content)
