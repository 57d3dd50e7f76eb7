"""Servers of one workspace know what the others told of people."""

import json
import threading
from pathlib import Path

import numpy as np
import pytest

from medalloc.disclosure.hiding import told
from medalloc.disclosure.history import HIDDEN
from medalloc.disclosure.journal import FileJournal
from medalloc.disclosure.remembered import Remembered
from medalloc.disclosure.rule import EPSILON, FEWEST, REMEMBERED, Rule
from medalloc.workspace.backup import back_up, restore
from medalloc.workspace.workspace import Workspace
from tests.unit.workspace.conftest import Opened

EVERY = np.array([[40, 20], [33, 12], [4, 1], [60, 31]])
ROWS = ("North", "South", "East", "West")


def test_what_one_server_told_is_known_to_another_with_the_same_database(opened: Opened) -> None:
    one, other = (Rule(5, 5, remembered=opened().told) for _ in range(2))
    told(EVERY, one, of="patients", rows=ROWS)
    # West has two more: the other server tells what the first one told
    assert told(EVERY + [[0, 0], [0, 0], [0, 0], [2, 0]], other, of="patients", rows=ROWS)[3].tolist() == [60.0, 30.0]
    # South hid East, which is left out now: it is not told, and neither is what hides it in turn
    less = told(np.array([[40, 20], [33, 12], [70, 31]]), other, of="patients", rows=("North", "South", "West"))
    assert np.isnan(less).all(axis=1).tolist() == [False, True, True]
    assert np.array_equal(
        told(EVERY, other, of="patients", rows=ROWS), told(EVERY, one, of="patients", rows=ROWS), True
    )


def test_noise_is_the_same_on_every_server_and_its_account_is_one(opened: Opened) -> None:
    one, other = (Rule(epsilon=0.5, remembered=opened().told) for _ in range(2))
    assert np.array_equal(told(EVERY, one), told(EVERY, other))
    assert one.remembered is not None and other.remembered is not None
    assert Remembered(one.remembered).spent() == Remembered(other.remembered).spent() == (1, 1.0)


def test_of_servers_that_tell_at_once_each_knows_what_the_others_told(opened: Opened) -> None:
    memories = [Remembered(opened().told) for _ in range(4)]
    found: list[int] = []

    def tell(place: int) -> None:
        found.append(int(memories[place].told(np.array([[40 + place]]), 5)[0, 0]))

    threads = [threading.Thread(target=tell, args=(place,)) for place in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(found)) == 1 and HIDDEN not in found


def test_a_backup_remembers(workspace: Workspace, tmp_path: Path) -> None:
    first = Remembered(workspace.told).told(EVERY, 5, rows=ROWS)
    back_up(workspace, tmp_path / "all.zip", who="me")
    again = Workspace(tmp_path / "again")
    restore(again, tmp_path / "all.zip")
    near = EVERY + [[1, 0], [0, 0], [0, 0], [0, 0]]
    assert np.array_equal(Remembered(again.told).told(near, 5, rows=ROWS), first)
    again.store.close()


def test_the_account_of_noise_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "told" / "tables.jsonl"
    file.parent.mkdir()
    file.write_text(
        json.dumps({"of": "", "counts": [[1]], "shape": [1, 1]}) + "\n" + '{"table": "a", "epsilon": 2.0}\n'
    )
    key = FileJournal(file).key()
    for _ in range(2):
        opened = Workspace(tmp_path)
        assert Remembered(opened.told).spent() == (1, 2.0) and opened.told.key() == key
        opened.store.close()
    assert not list(file.parent.iterdir())


def test_a_file_that_is_named_is_asked_rather_than_the_workspace(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace, tmp_path: Path
) -> None:
    def here() -> object:
        return Rule.of_environment(lambda: workspace.told).remembered

    assert here() is None
    monkeypatch.setenv(EPSILON, "0.5")
    assert here() is workspace.told
    monkeypatch.setenv(FEWEST, "5")
    monkeypatch.delenv(EPSILON)
    assert here() is workspace.told
    monkeypatch.setenv(REMEMBERED, str(tmp_path / "told.jsonl"))
    assert here() == FileJournal(tmp_path / "told.jsonl")
