"""Where everything of this server is kept: for good, or as long as it runs."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from medalloc.errors import MedallocError
from medalloc.jobs.private import PrivateFolder
from medalloc.sentences import Sentence
from medalloc.workspace import Workspace
from medalloc.workspace.housekeeping import sweep
from medalloc.workspace.place import is_private, keep_days, place


@dataclass(frozen=True)
class Kept:
    """Where everything of this server is kept."""

    workspace: Workspace
    folder: PrivateFolder
    """What goes with the server; the workspace, too, where nothing is to be kept."""
    trouble: Sentence | None = None
    """Why it is not the workspace that was asked for."""


@cache
def kept() -> Kept:
    """Return where that is, opened once."""
    trouble, folder = None, PrivateFolder()
    if not is_private():
        try:
            opened = Workspace.at(place())
            sweep(opened, keep_days(), who="server")
            return Kept(opened, folder)
        except MedallocError as error:
            trouble = error.said
    return Kept(Workspace(folder.path), folder, trouble)


def workspace() -> Workspace:
    """Return where studies are kept: for good, or as long as this server runs."""
    return kept().workspace


def goes_with_server() -> bool:
    """Whether nothing is kept when this server ends."""
    return kept().workspace.folder == kept().folder.path


def drawn_boundaries() -> Path:
    """Return where boundaries lie that somebody brought, as maps draw them as long as this server runs."""
    return kept().folder.path / "boundaries"


def trouble() -> Sentence | None:
    """Return why nothing is kept for good although it should be; None where all is as asked for."""
    return kept().trouble


def remove() -> None:
    """Remove what goes with this server; the system may end it right after."""
    workspace().store.close()
    kept().folder.remove()
