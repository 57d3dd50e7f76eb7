"""Of a workspace that is encrypted nobody can read anything in its folder without a key that is not there."""

import json
import os
import secrets
import shutil
from pathlib import Path

import numpy as np
import pytest

from medalloc.disclosure.remembered import Remembered
from medalloc.errors import InputError, SourceError
from medalloc.jobs.run import Run, Status
from medalloc.live.board import Entry, read_board, write_entry
from medalloc.live.days import Days
from medalloc.live.heard import Number, State
from medalloc.live.move import Move, Part
from medalloc.saved import Lines, objects, open_file, read_file, write_file
from medalloc.sealing import is_sealed, ring_at
from medalloc.sentences import sentence
from medalloc.study import files
from medalloc.tables import apart
from medalloc.workspace import Workspace, encrypting
from medalloc.workspace.backup import back_up, restore
from medalloc.workspace.encrypting import encrypt, rotate
from medalloc.workspace.housekeeping import damaged_files
from medalloc.workspace.place import Place

MOVED = Entry(Move("3:Z", "Zanzibar", (Part("South", "beds", 2.0),), 20.0, 4.0, "2026-12-06"), "proposed", "2026-11-29")
PLANTED = ("Quicksilver", "Bartholomew", "Zanzibar")
TABLE = b"patient_id,region,age\nBartholomew,Zanzibar,41\nEuphemia,Zanzibar,52\n"


def new_key(monkeypatch: pytest.MonkeyPatch, variable: str = "MEDALLOC_KEY") -> str:
    key = secrets.token_hex(32)
    monkeypatch.setenv(variable, key)
    return key


def used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Do what the dashboard does with a workspace, with names that are looked for afterwards."""
    monkeypatch.setattr(files, "LARGE", 0)
    opened = Workspace(folder)
    sha = opened.files.keep(TABLE)
    opened.files.table(sha, "Quicksilver.csv")
    form = {
        "study": {"data": {"file": sha, "file_name": "Quicksilver.csv", "region": "Zanzibar"}},
        "tickets": [{"id": "r1", "task": "assess"}],
    }
    study = opened.begin(form, owner="me", title="Quicksilver's plan").id
    opened.note("exported", who="Bartholomew", study=study)
    run = Run(opened.runs / "r1")
    run.ask("assess", {"region": "Zanzibar"})
    run.report(Status("done", 1.0, sentence("Zanzibar was read")))
    write_entry(Lines.at(folder / "boards" / study / "moves-1.jsonl"), MOVED)
    Days(opened.objects, "heard/ward").keep(State(1, "2026-11-29", {"Zanzibar": Number(7.0, "2026-11-29", "f")}, "d"))
    Remembered(opened.told).told(np.array([[7654321]]), 5, rows=["Zanzibar"])
    opened.store.close()
    return study


def readable(folder: Path) -> list[str]:
    """Return the files in which, or in whose names, one of the planted names can be read."""
    every = [each for each in folder.rglob("*") if each.is_file()]
    assert len(every) >= 6
    return [
        each.name
        for each in every
        if any(name.encode() in each.read_bytes() or name in str(each.relative_to(folder)) for name in PLANTED)
    ]


def sound(folder: Path, study: str) -> None:
    """Hold that everything is there."""
    opened = Workspace(folder)
    record = opened.find(study)
    assert record is not None and record.title == "Quicksilver's plan" and opened.recent("me") == [record]
    data = record.form["study"]["data"]
    assert opened.files.content(data["file"], "Quicksilver.csv") == TABLE
    assert list(opened.files.table(data["file"], "Quicksilver.csv").frame["region"]) == ["Zanzibar"] * 2
    run = Run(opened.runs / "r1")
    assert run.request()["arguments"] == {"region": "Zanzibar"} and run.status().state == "done"
    assert [each.move.to for each in read_board(Lines.at(folder / "boards" / study / "moves-1.jsonl"))] == ["Zanzibar"]
    if (folder / "heard").exists():  # no backup holds it
        assert list(Days(opened.objects, "heard/ward").known()[0].numbers) == ["Zanzibar"]
    assert Remembered(opened.told).told(np.array([[7654322]]), 5, rows=["Zanzibar"]).tolist() == [[7654321]]
    assert opened.verify().faults == () and damaged_files(opened) == []
    opened.store.close()


def test_nothing_that_is_kept_can_be_read_in_the_folder_and_all_of_it_with_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = used(tmp_path / "plain", monkeypatch)
    assert len(readable(tmp_path / "plain")) >= 6
    sound(tmp_path / "plain", plain)
    key = new_key(monkeypatch)
    study = used(tmp_path / "kept", monkeypatch)
    assert readable(tmp_path / "kept") == []
    sound(tmp_path / "kept", study)
    # a process that reads what may be hostile has no key
    assert key not in apart._environment().values()
    with pytest.raises(SourceError, match="run `medalloc workspace encrypt` once"):
        Workspace(tmp_path / "plain")


def test_a_key_that_is_lost_or_wrong_is_one_sentence_and_a_file_put_elsewhere_is_not_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key(monkeypatch)
    used(tmp_path, monkeypatch)
    status = tmp_path / "runs" / "r1" / "status.json"
    (tmp_path / "runs" / "r2").mkdir()
    moved = tmp_path / "runs" / "r2" / "status.json"
    shutil.copy(status, moved)
    assert Run(moved.parent).status().state == "lost"
    moved.write_text(json.dumps({"state": "done"}))
    with pytest.raises(SourceError, match="is not encrypted as it must be here"):
        read_file(moved)
    monkeypatch.setenv("MEDALLOC_KEY", secrets.token_hex(32))
    with pytest.raises(SourceError, match="not the one that"):
        Workspace(tmp_path)
    monkeypatch.setenv("MEDALLOC_KEY", "secret")
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        Workspace(tmp_path)
    monkeypatch.delenv("MEDALLOC_KEY")
    with pytest.raises(SourceError, match="Without the key nobody can read it"):
        Workspace(tmp_path)
    (tmp_path / "key").write_text(key)
    monkeypatch.setenv("MEDALLOC_KEY_FILE", str(tmp_path / "key"))
    Workspace(tmp_path).store.close()
    monkeypatch.setenv("MEDALLOC_KEY_COMMAND", f"cat {tmp_path / 'key'}")
    with pytest.raises(InputError, match="in one way only"):
        Workspace(tmp_path)
    monkeypatch.delenv("MEDALLOC_KEY_FILE")
    Workspace(tmp_path).store.close()


def test_an_existing_workspace_is_encrypted_however_often_that_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = used(tmp_path, monkeypatch)
    with pytest.raises(InputError, match="Give a key by MEDALLOC_KEY"):
        encrypt(Place(tmp_path), who="admin")
    new_key(monkeypatch)
    write, left = encrypting.write_file, [0]

    def until_it_breaks(path: Path, content: bytes, **how: bool) -> None:
        if left[0] == 0:
            raise SourceError(sentence("The disk is gone."))
        left[0] -= 1
        write(path, content, **how)

    for writes in range(1, 20):
        left[0] = writes
        for each in (encrypting, objects):
            monkeypatch.setattr(each, "write_file", until_it_breaks)
        try:
            encrypt(Place(tmp_path), who="admin")
        except SourceError:
            # what is half done is used as before
            for each in (encrypting, objects):
                monkeypatch.setattr(each, "write_file", write)
            sound(tmp_path, study)
        else:
            break
    assert 3 < writes < 19
    monkeypatch.setattr(encrypting, "write_file", write)
    assert readable(tmp_path) == []
    sound(tmp_path, study)
    assert encrypt(Place(tmp_path), who="admin") == 0


def test_rotation_has_another_key_open_everything_and_the_old_one_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = new_key(monkeypatch)
    study = used(tmp_path, monkeypatch)
    new = new_key(monkeypatch, "MEDALLOC_NEW_KEY")
    rotate(Place(tmp_path))
    with pytest.raises(SourceError, match="not the one that"):
        ring_at(tmp_path)
    monkeypatch.setenv("MEDALLOC_KEY", new)
    sound(tmp_path, study)
    # whoever saw the data key sees nothing of what a new one encrypted
    before = ring_at(tmp_path)
    assert before is not None and encrypt(Place(tmp_path), who="admin", again=True) >= 4
    after = ring_at(tmp_path)
    assert after is not None and after.whole and set(after.keys).isdisjoint(before.keys)
    kept = list((tmp_path / "runs").rglob("*.json"))
    assert kept and all(is_sealed(each.read_bytes(), after) for each in kept)
    sound(tmp_path, study)
    monkeypatch.setenv("MEDALLOC_KEY", old)
    with pytest.raises(SourceError, match="not the one that"):
        Workspace(tmp_path)


def test_a_backup_is_as_encrypted_as_its_workspace_and_a_readable_one_becomes_encrypted_where_a_key_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = used(tmp_path / "plain", monkeypatch)
    opened = Workspace(tmp_path / "plain")
    back_up(opened, tmp_path / "plain.zip", who="admin")
    opened.store.close()
    new_key(monkeypatch)
    study = used(tmp_path / "kept", monkeypatch)
    opened = Workspace(tmp_path / "kept")
    back_up(opened, tmp_path / "kept.zip", who="admin")
    opened.store.close()
    for name, known in (("plain", plain), ("kept", study)):
        into = Workspace(tmp_path / f"{name}-again")
        restore(into, tmp_path / f"{name}.zip")
        into.store.close()
        assert readable(into.folder) == []
        sound(into.folder, known)
    monkeypatch.setenv("MEDALLOC_KEY", secrets.token_hex(32))
    other = Workspace(tmp_path / "other")
    with pytest.raises(SourceError, match="not the one that"):
        restore(other, tmp_path / "kept.zip")
    assert other.recent() == []
    other.store.close()


def test_files_of_any_size_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_key(monkeypatch)
    Workspace(tmp_path).store.close()
    for size in (0, 1, 1_000_003):
        content, place = os.urandom(size), tmp_path / "files" / "f"
        write_file(place, content)
        assert read_file(place) == content and is_sealed(place.read_bytes())
        with open_file(place) as opened:
            assert opened.read() == content
