import os
import tempfile
from pathlib import Path

import pytest

from medalloc.jobs.private import OWNER, PREFIX, PrivateFolder, sweep


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_behind(place: Path) -> Path:
    """Make the folder of an owner that was killed."""
    place.mkdir()
    (place / OWNER).touch()
    (place / "patients.csv").write_text("age")
    return place


def test_a_folder_is_for_nobody_elses_eyes_and_is_removed_once() -> None:
    made = PrivateFolder()
    assert made.path.stat().st_mode & 0o077 == 0
    made.remove()
    made.remove()
    assert not made.path.exists()


def test_what_a_killed_owner_left_goes_and_what_a_living_one_has_stays(temporary: Path) -> None:
    living, dead = PrivateFolder(), left_behind(temporary / f"{PREFIX}dead")
    sweep()
    assert living.path.exists() and not dead.exists()


def test_what_nobody_marked_as_a_private_folder_stays(temporary: Path) -> None:
    other, unmarked, own = temporary / "other", temporary / f"{PREFIX}notes", temporary / f"{PREFIX}link"
    left_behind(other)
    unmarked.mkdir()
    own.mkdir()
    os.symlink(other / OWNER, own / OWNER)
    os.symlink(other, temporary / f"{PREFIX}to-a-folder")
    sweep()
    assert (other / "patients.csv").exists() and unmarked.exists() and own.exists()
