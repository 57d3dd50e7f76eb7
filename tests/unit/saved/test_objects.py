"""Files of a workspace: the same laws in a folder, in memory, at the address of a folder, and in an object store."""

import secrets
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from medalloc.errors import SourceError
from medalloc.saved import Lines, Objects, objects_at
from tests.stores import forget, s3

pytest.importorskip("fsspec")
KINDS = ("folder", "memory", "file", *(("s3",) if find_spec("s3fs") and find_spec("moto") else ()))

Opened = Callable[[], Objects]


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    with s3() as variables:
        yield variables


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Return what opens the same files again and again, each time as another machine would."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    own = secrets.token_hex(6)
    address = {"memory": f"memory://{own}", "file": f"file://{tmp_path}/far", "s3": f"s3://kept/{own}"}
    machines = iter(range(9))

    def opened() -> Objects:
        # a folder is what all machines see
        here = "shared" if request.param == "folder" else f"machine{next(machines)}"
        return objects_at(tmp_path / here, address.get(request.param))

    return opened


def test_what_one_machine_writes_another_reads(opened: Opened) -> None:
    one, other = opened(), opened()
    one.write("files/a", b"first")
    assert other.exists("files/a") and not other.exists("files/b") and other.read("files/a") == b"first"
    assert other.local("files/a").read_bytes() == other.at_rest("files/a") == b"first"
    assert other.under("files").read("a") == b"first"
    with pytest.raises(FileNotFoundError):
        other.read("files/b")


def test_what_is_there_is_told_with_its_size_and_time(opened: Opened) -> None:
    one = opened()
    for name in ("runs/b/x", "runs/a/y", "files/c"):
        one.write(name, b"12")
    one.append("boards/s/moves.jsonl", b"1")
    one.append("boards/s/moves.jsonl", b"2")
    other = opened()
    assert [(each.name, each.size) for each in other.found("runs")] == [("runs/a/y", 2), ("runs/b/x", 2)]
    assert [(each.name, each.size) for each in other.found("boards")] == [("boards/s/moves.jsonl", 4)]
    assert len({round(each.changed / 100) for each in other.found()}) <= 2 and other.found("nothing") == []


def test_what_is_deleted_is_gone_here_and_there(opened: Opened) -> None:
    one, other = opened(), opened()
    for name in ("files/a", "runs/a/x", "runs/a/y"):
        one.write(name, b"1")
    one.append("boards/s/moves.jsonl", b"1")
    assert one.lines("boards/s/moves.jsonl") == [b"1"]
    for name in ("files/a", "runs/a", "boards/s", "files/never"):
        one.delete(name)
    assert not any(map(other.exists, ("files/a", "runs/a/x"))) and other.found() == [] == one.found()
    assert not [each for each in one.folder.rglob("*") if each.is_file()]
    assert one.lines("boards/s/moves.jsonl") == []


def test_lines_that_are_added_from_everywhere_at_once_are_all_there(opened: Opened) -> None:
    machines = [opened() for _ in range(3)]
    writers = [
        threading.Thread(target=lambda own=own, each=each: [Lines(each, "b.jsonl").add(b"%d" % own) for _ in range(5)])
        for own, each in enumerate(machines)
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert sorted(Lines(opened(), "b.jsonl").all()) == sorted(b"%d" % own for own in range(3) for _ in range(5))
    whole = opened().at_rest("b.jsonl")
    elsewhere = opened()
    elsewhere.write("again.jsonl", whole, sealed=True)
    assert opened().lines("again.jsonl") == machines[0].lines("b.jsonl")


def test_of_several_who_make_a_file_at_once_one_does(opened: Opened) -> None:
    machines = [opened() for _ in range(4)]
    for each in machines:
        each.folder.mkdir(exist_ok=True)
    made = [threading.Thread(target=each.create, args=("key", b"%d" % own)) for own, each in enumerate(machines)]
    for each in made:
        each.start()
    for each in made:
        each.join()
    assert len({each.read("key") for each in machines}) == 1


def test_what_others_changed_is_seen_within_seconds(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = opened(), opened()
    assert not other.latest("access.json").exists()
    one.write("access.json", b"1")
    monkeypatch.setattr("medalloc.saved.by_address.FRESH", 0.0)
    assert other.latest("access.json").read_bytes() == b"1"
    one.write("access.json", b"2")
    assert other.latest("access.json").read_bytes() == b"2"


@pytest.mark.skipif("s3" not in KINDS, reason="s3fs or moto is not installed")
def test_what_is_wrong_with_an_object_store_is_one_sentence(
    bucket: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(address: str) -> str:
        with pytest.raises(SourceError) as told:
            objects_at(tmp_path, address).write("a", b"1")
        assert "\n" not in str(told.value)
        return str(told.value)

    assert "bucket does not exist" in refused("s3://nobodys/x")
    assert "nosuch" in refused("nosuch://x/y")
    assert "secret" not in refused("nosuch://me:secret@x/y")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    forget()
    assert "127.0.0.1:9" in refused("s3://kept/x")
    assert not list(tmp_path.iterdir()), "what was not kept must not pass for it here"
    for each in bucket:
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    forget()
    assert "credentials" in refused("s3://kept/x").lower()
    forget()
