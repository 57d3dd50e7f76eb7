"""What is deleted is gone, and what somebody still needs stays."""

import os
import time
from pathlib import Path

from sqlalchemy import update

from medalloc.live.days import Days
from medalloc.live.heard import State
from medalloc.saved import write_file
from medalloc.workspace import Workspace
from medalloc.workspace.housekeeping import DAY, Swept, remove, size, sweep
from medalloc.workspace.schema import STUDIES
from medalloc.workspace.workspace import BOARDS, HEARD
from tests.unit.workspace.test_workspace import form

SECRET = b"region,demand\nThe village of Little Secret,10\n"


def run(workspace: Workspace, ticket: str) -> Path:
    """Leave what a run found."""
    folder = workspace.runs / ticket
    folder.mkdir(parents=True)
    (folder / "answer").write_bytes(b"0" * 1_000)
    return folder


def aged(path: Path) -> Path:
    os.utime(path, (time.time() - 2 * DAY,) * 2)
    return path


def test_a_deleted_study_leaves_no_byte_of_itself_and_takes_nothing_from_another(workspace: Workspace) -> None:
    own, shared = workspace.files.keep(SECRET), workspace.files.keep(b"region,demand\nNorth,1\n")
    runs = [run(workspace, each) for each in ("own", "both")]
    study = workspace.begin(form(own, ("own", "both"), counts_file=shared), owner="me", title="The confidential plan")
    other = workspace.begin(form(shared, ("both",)), owner="me")
    assert size(workspace, study.id) == len(SECRET) + 21 + 1 + 2_000
    boards = [workspace.folder / BOARDS / each.id / "moves.jsonl" for each in (study, other)]
    for board in boards:
        write_file(board, SECRET if board is boards[0] else b"{}")
    remove(workspace, study.id, who="me")
    assert [each.exists() for each in boards] == [False, True]
    assert [each.exists() for each in runs] == [False, True]
    assert sorted(each.name for each in workspace.files.objects.folder.iterdir()) == [shared]
    assert workspace.runs_of(study.id) == [] and workspace.runs_of(other.id) == ["both"]
    for each in workspace.folder.rglob("*"):
        assert not each.is_file() or not {b"Little Secret", b"confidential"} & {
            word for word in (b"Little Secret", b"confidential") if word in each.read_bytes()
        }
    assert workspace.verify().faults == ()


def test_what_watched_folders_told_goes_once_nobody_has_watched_them_for_as_long_as_studies_are_kept(
    workspace: Workspace,
) -> None:
    for name in ("silent", "watched"):
        Days(workspace.objects, f"{HEARD}/{name}").keep(State(1, "2026-11-29", {}, "d"))
    there = aged(workspace.folder / HEARD / "silent").parent
    for days, left in ((None, 2), (30, 2), (0.5, 1)):
        sweep(workspace, days, who="me")
        assert len(list(there.iterdir())) == left
    assert [each.name for each in there.iterdir()] == ["watched"]


def test_a_sweep_takes_what_is_old_or_named_by_nobody_and_nothing_else(workspace: Workspace) -> None:
    named = workspace.files.keep(b"a,b\n1,2\n")
    kept = workspace.begin(form(named, ("named",)), owner="me")
    empty, old, just_begun = (
        workspace.begin(each, owner="me") for each in ({"version": 1}, form("sample.csv"), {"version": 1})
    )
    with workspace.store.writing() as connection:
        connection.execute(
            update(STUDIES)
            .where(STUDIES.c.id.in_([empty.id, old.id]))
            .values(opened=time.time() - 8 * DAY, changed=time.time() - 8 * DAY)
        )
    aged(workspace.files.objects.folder / named)
    stray, young = workspace.files.keep(b"a\n1\n"), workspace.files.keep(b"a\n2\n")
    gone = [aged(workspace.files.objects.folder / stray), aged(run(workspace, "stray"))]
    stay = [aged(run(workspace, "named")), run(workspace, "young"), workspace.files.objects.folder / young]
    assert sweep(workspace, None, who="me") == Swept(1, 1, 1)
    assert not any(each.exists() for each in gone) and all(each.exists() for each in stay)
    assert workspace.find(old.id) is not None and sweep(workspace, 7, who="me") == Swept(1, 0, 0)
    assert [workspace.find(each.id) is None for each in (kept, empty, old, just_begun)] == [False, True, True, False]
    assert sum(each.size for each in workspace.files.objects.found()) == 12
