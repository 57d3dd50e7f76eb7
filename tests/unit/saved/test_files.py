import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from medalloc.errors import InputError, SourceError
from medalloc.saved import read_file, read_form, write_file, write_form
from medalloc.sentences import sentence

WHAT = sentence("study")


@dataclass(frozen=True)
class Note:
    text: str = ""
    free: object = None


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "note.json"
    write_form(place, Note("床位 “beds”", [1.5, None]))
    assert read_form(place, Note, WHAT) == Note("床位 “beds”", [1.5, None])
    assert "床位" in place.read_text(encoding="utf-8")
    assert [each.name for each in place.parent.iterdir()] == ["note.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of Unix")
def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_form(tmp_path / "open.json", Note())
    write_form(tmp_path / "open.json", Note(), private=True)
    assert stat.S_IMODE((tmp_path / "open.json").stat().st_mode) == 0o600


def test_a_form_that_cannot_be_written_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "note.json"
    write_form(place, Note("old"))
    with pytest.raises(ValueError, match="JSON compliant"):
        write_form(place, Note("new", float("nan")))
    assert read_form(place, Note, WHAT) == Note("old")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "content", [b"", b'{"text": "a', b"\xff\xfe\x00", b"[" * 100_000, b"1" * 5000, b'{"text": 1e}']
)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "note.json"
    place.write_bytes(content)
    with pytest.raises(InputError, match="is damaged and holds no study") as caught:
        read_form(place, Note, WHAT)
    assert len(caught.value.faults) == 1


def test_what_is_no_study_is_refused_and_a_missing_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[1]")
    with pytest.raises(InputError, match="must be a JSON object, not list"):
        read_form(tmp_path / "list.json", Note, WHAT)
    with pytest.raises(SourceError, match=r"“.*none.json” cannot be opened: no such file"):
        read_form(tmp_path / "none.json", Note, WHAT)
    with pytest.raises(SourceError, match="cannot be written"):
        write_form(tmp_path / "list.json" / "below.json", Note())


def test_whoever_reads_while_another_writes_sees_the_old_or_the_new_file(tmp_path: Path) -> None:
    path, contents = tmp_path / "study.json", [bytes([letter]) * 2_000_000 for letter in b"ab"]
    write_file(path, contents[0])
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            for content in contents:
                write_file(path, content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        read = {read_file(path) for _ in range(200)}
    finally:
        done.set()
        writer.join()
    assert read <= set(contents)
