"""What was backed up is had again, elsewhere, to the last byte."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from medalloc.errors import InputError, SourceError
from medalloc.jobs.run import Run, Status
from medalloc.workspace import Record, Workspace
from medalloc.workspace.backup import ABOUT, back_up, restore
from medalloc.workspace.housekeeping import damaged_files
from medalloc.workspace.schema import METADATA
from tests.unit.workspace.test_workspace import TABLE, form


@pytest.fixture
def full(workspace: Workspace) -> Record:
    """Return a study with a file and a run, beside another."""
    done, failed = (Run(workspace.runs / each) for each in ("done", "failed"))
    for each in (done, failed):
        each.ask("forecast", {})
    np.save(done.folder / "answer.npy", np.arange(3))
    done.report(Status("done", 1.0))
    failed.report(Status("failed", 1.0))
    workspace.begin(form(), owner="me")
    return workspace.begin(form(workspace.files.keep(TABLE), ("done", "failed")), owner="me", title="Plan")


def rows(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    with workspace.store.reading() as connection:
        return {
            table.name: [dict(each) for each in connection.execute(select(table)).mappings()]
            for table in METADATA.sorted_tables
        }


def test_a_backup_brings_everything_into_an_empty_workspace(workspace: Workspace, full: Record, tmp_path: Path) -> None:
    assert back_up(workspace, tmp_path / "all.zip", who="me") == 2
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0
    elsewhere = Workspace(tmp_path / "elsewhere")
    assert restore(elsewhere, tmp_path / "all.zip") == 2
    assert rows(elsewhere) == rows(workspace) and elsewhere.verify() == workspace.verify()
    assert elsewhere.find(full.id) == full and damaged_files(elsewhere) == []
    assert elsewhere.files.content(full.form["study"]["data"]["file"], "own.csv") == TABLE
    assert np.load(elsewhere.runs / "done" / "answer.npy").tolist() == [0, 1, 2]
    assert Run(elsewhere.runs / "done").status().state == "done" and not (elsewhere.runs / "failed").exists()
    with pytest.raises(InputError, match="not empty"):
        restore(elsewhere, tmp_path / "all.zip")
    elsewhere.store.close()


def test_a_backup_that_cannot_be_written_leaves_nothing_half_done(
    workspace: Workspace, full: Record, tmp_path: Path
) -> None:
    (workspace.files.objects.folder / full.form["study"]["data"]["file"]).unlink()
    assert damaged_files(workspace) == ["own.csv"]
    (tmp_path / "in").mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        back_up(workspace, tmp_path / "in" / "all.zip", who="me")
    assert not list((tmp_path / "in").iterdir())


def _later(about: bytes) -> bytes:
    return json.dumps({**json.loads(about), "schema": "9999_later"}).encode()


@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        ("../evil", lambda _: b"x", "no backup"),
        ("runs/a/../../../evil", lambda _: b"x", "no backup"),
        ("files/short", lambda _: b"x", "no backup"),
        (ABOUT, lambda _: b"{}", "no backup"),
        (ABOUT, _later, "newer medalloc"),
    ],
)
def test_what_is_no_backup_is_refused_and_the_workspace_stays_empty(
    member: str, change: Callable[[bytes], bytes], said: str, tmp_path: Path
) -> None:
    made, elsewhere = Workspace(tmp_path / "one"), Workspace(tmp_path / "other")
    made.begin(form(), owner="me")
    back_up(made, tmp_path / "all.zip", who="me")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        about = archive.read(ABOUT)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, content in {ABOUT: about, member: change(about)}.items():
            archive.writestr(name, content)
    with pytest.raises((InputError, SourceError), match=said):
        restore(elsewhere, tmp_path / "all.zip")
    assert elsewhere.recent() == [] and elsewhere.begin(form(), owner="me").version == 1
    assert not list(tmp_path.rglob("evil"))
    for each in (made, elsewhere):
        each.store.close()
