"""A workspace whose files are in an object store: several servers, each with a disk of its own."""

import secrets
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from medalloc.errors import SourceError
from medalloc.jobs.pool import JobPool
from medalloc.jobs.run import Run, Status
from medalloc.live.board import Entry, read_board, write_entry
from medalloc.live.move import Move, Part
from medalloc.safety.access import FILE, Access, read_access, write_access
from medalloc.saved import Lines
from medalloc.sentences import sentence
from medalloc.workspace import Record, Workspace
from medalloc.workspace.backup import back_up, restore
from medalloc.workspace.encrypting import encrypt, rotate
from medalloc.workspace.housekeeping import Swept, damaged_files, remove, size, sweep
from medalloc.workspace.place import Place, copies_of, place
from tests.stores import s3

pytestmark = pytest.mark.skipif(not (find_spec("s3fs") and find_spec("moto")), reason="s3fs or moto is not installed")
TABLE = b"region,demand\nQuicksilver,41\nZanzibar,52\n"
MOVED = Entry(Move("3:Z", "Zanzibar", (Part("South", "beds", 2.0),), 20.0, 4.0, "2026-12-06"), "proposed", "2026-11-29")

Server = Callable[[str], Workspace]


@pytest.fixture(scope="module", autouse=True)
def bucket() -> Iterator[None]:
    with s3():
        yield


@pytest.fixture
def address() -> str:
    return f"s3://kept/{secrets.token_hex(6)}"


@pytest.fixture
def server(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return what opens the same workspace on a machine of this name."""
    each: list[Workspace] = []

    def server(machine: str) -> Workspace:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / machine))
        each.append(Workspace(tmp_path / "database", files=address))
        return each[-1]

    yield server
    for one in each:
        one.store.close()


def used(workspace: Workspace) -> Record:
    """Do what the dashboard does with a workspace."""
    sha = workspace.files.keep(TABLE)
    form = {
        "study": {"data": {"file": sha, "file_name": "beds.csv"}},
        "tickets": [{"id": "r1", "task": "forecast"}],
    }
    record = workspace.begin(form, owner="me", title="Plan")
    run = Run(workspace.runs / "r1")
    run.ask("forecast", {"region": "Zanzibar"})
    run.report(Status("done", 1.0, sentence("Zanzibar was read")))
    pool = JobPool(slots=0, root=workspace.runs, shared=workspace.objects.under("runs"))
    pool.share("r1")
    pool.close()
    write_entry(Lines(workspace.objects, f"boards/{record.id}/moves-1.jsonl"), MOVED)
    write_access(workspace.objects, Access(planners=("ann@example.org",)))
    return record


def sound(workspace: Workspace, study: str) -> None:
    """Hold that everything is there."""
    record = workspace.find(study)
    assert record is not None and record.title == "Plan"
    file = record.form["study"]["data"]["file"]
    assert workspace.files.has(file) and workspace.files.content(file, "beds.csv") == TABLE
    pool = JobPool(slots=0, root=workspace.runs, shared=workspace.objects.under("runs"))
    assert pool.status("r1").state == "done" and pool.run("r1").request()["task"] == "forecast"
    assert pool.status("r2").state == "lost"
    pool.close()
    assert read_board(Lines(workspace.objects, f"boards/{study}/moves-1.jsonl")) == (MOVED,)
    assert read_access(workspace.objects.latest(FILE)).planners == ("ann@example.org",)
    assert workspace.verify().faults == () and damaged_files(workspace) == []
    assert size(workspace, study) > len(TABLE)


def test_what_one_server_keeps_another_has_and_a_lost_disk_loses_nothing(server: Server) -> None:
    study = used(server("one")).id
    sound(server("other"), study)


def test_a_study_that_is_deleted_is_gone_from_the_object_store(server: Server) -> None:
    one, other = server("one"), server("other")
    record = used(one)
    sound(other, record.id)
    assert remove(other, record.id, who="me") == 1
    assert [each.name for each in one.objects.found()] == [FILE, "medalloc.txt"]
    assert not [each for each in other.objects.folder.rglob("*") if each.is_file() and b"Zanz" in each.read_bytes()]


def test_what_no_study_names_is_swept_there_and_copies_of_it_here(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = server("one"), server("other")
    record = used(one)
    stray = one.files.keep(b"a\n1\n")
    other.files.content(stray, "stray.csv")
    in_two_days = time.time() + 2 * 86_400
    monkeypatch.setattr(time, "time", lambda: in_two_days)
    assert sweep(one, None, who="me") == Swept(0, 1, 0) and not other.files.has(stray)
    assert sweep(other, None, who="me") == Swept(0, 1, 0) and not (other.files.objects.folder / stray).exists()
    sound(server("third"), record.id)


def test_two_workspaces_cannot_share_a_place_as_one_would_sweep_the_other_away(
    server: Server, tmp_path: Path, address: str
) -> None:
    used(server("one"))
    server("one")
    with pytest.raises(SourceError, match="belong to another workspace"):
        Workspace(tmp_path / "another", files=address)


def test_a_workspace_with_files_in_a_folder_is_not_opened_without_them(tmp_path: Path, address: str) -> None:
    before = Workspace(tmp_path / "before")
    sha = before.files.keep(TABLE)
    study = before.begin({"study": {"data": {"file": sha, "file_name": "beds.csv"}}}, owner="me").id
    with pytest.raises(SourceError, match="take a backup without it"):
        Workspace(tmp_path / "before", files=address)
    back_up(before, tmp_path / "all.zip", who="me")
    moved = Workspace(tmp_path / "moved", files=address)
    assert restore(moved, tmp_path / "all.zip") == 1
    found = Workspace(tmp_path / "moved", files=address).find(study)
    assert found is not None and moved.files.content(found.form["study"]["data"]["file"], "beds.csv") == TABLE


def test_a_backup_of_an_object_store_is_restored_into_a_folder(server: Server, tmp_path: Path) -> None:
    study = used(server("one")).id
    back_up(server("other"), tmp_path / "all.zip", who="me")
    plain = Workspace(tmp_path / "plain")
    restore(plain, tmp_path / "all.zip")
    sound(plain, study)


def test_with_a_key_nothing_readable_is_in_the_object_store(
    server: Server, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDALLOC_KEY", secrets.token_hex(32))
    study = used(server("one")).id
    assert _all_sealed(server("one"))
    sound(server("other"), study)
    new = secrets.token_hex(32)
    monkeypatch.setenv("MEDALLOC_NEW_KEY", new)
    rotate(Place(tmp_path / "database", None, address))
    with pytest.raises(SourceError, match="not the one"):
        server("third")
    monkeypatch.setenv("MEDALLOC_KEY", new)
    sound(server("third"), study)


def test_what_is_in_an_object_store_is_encrypted_afterwards(
    server: Server, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = used(server("one")).id
    monkeypatch.setenv("MEDALLOC_KEY", secrets.token_hex(32))
    with pytest.raises(SourceError, match="is not encrypted"):
        server("new")
    assert encrypt(Place(tmp_path / "database", None, address), who="admin") > 4
    for machine in ("new", "another"):
        opened = server(machine)
        sound(opened, study)
        assert _all_sealed(opened)


def _all_sealed(workspace: Workspace) -> bool:
    named = [each.name for each in workspace.objects.found() if each.name != "medalloc.key"]
    return len(named) > 4 and not any(b"Zanzibar" in workspace.objects.at_rest(each) for each in named)


def test_the_place_that_is_named_counts_before_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDALLOC_WORKSPACE", "postgresql+psycopg://db/x")
    monkeypatch.setenv("MEDALLOC_WORKSPACE_FILES", "s3://kept/x")
    assert (place().database, place().files) == ("postgresql+psycopg://db/x", "s3://kept/x")
    assert place("/elsewhere") == Place(Path("/elsewhere"))
    assert place("/elsewhere", "s3://kept/y").files == "s3://kept/y"
    assert copies_of("s3://kept/x") != copies_of("s3://kept/y")
