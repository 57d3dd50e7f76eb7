"""A disk that takes nothing: what is chosen stays in use, and the page says that it is not saved."""

import pytest

from medalloc.errors import SourceError
from medalloc.sentences import sentence
from medalloc.ui import kept
from medalloc.ui.kept import Kept, workspace
from tests.pages.test_screens import go, opened, sound, upload, with_sample


def _renamed(before: str, after: str) -> None:
    with workspace().store.writing() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")


def test_what_is_chosen_on_a_full_disk_is_in_use_and_said_not_to_be_saved() -> None:
    visit = with_sample("regions_world.csv")
    sound(visit)
    _renamed("studies", "aside")
    try:
        go(visit, "allocate")
        visit.slider(key="choice_floor").set_value(10).run()
        assert not visit.exception
        assert ["not saved" in each.value for each in visit.error] == [True]
        assert visit.slider(key="choice_floor").value == 10
        go(visit, "what_if")
        assert not visit.exception
        assert not go(visit, "home").exception
    finally:
        _renamed("aside", "studies")
    go(visit, "allocate")
    visit.slider(key="choice_floor").set_value(20).run()
    sound(visit)


def test_a_workspace_that_cannot_be_opened_is_said_and_all_goes_on_in_a_temporary_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = kept.kept()
    trouble = SourceError(sentence("The folder “{folder}” cannot be used: {reason}.", folder="/x", reason="full")).said
    monkeypatch.setattr(kept, "kept", lambda: Kept(now.workspace, now.folder, trouble))
    visit = upload(opened("data"), b"region,demand\nNorth,10\nSouth,30\n")
    assert not visit.exception and len(visit.error) == 1 and "cannot be used: full" in visit.error[0].value
    assert any("goes with the server" in each.value for each in visit.caption)
    assert go(visit, "allocate").metric
