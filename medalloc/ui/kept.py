"""Where everything of this server is kept: for good, or as long as it runs."""

from dataclasses import dataclass
from functools import cache

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
    folder: PrivateFolder | None = None
    """What goes with the server."""
    trouble: Sentence | None = None
    """Why it is not the workspace that was asked for."""


@cache
def kept() -> Kept:
    """Return where that is, opened once."""
    trouble = None
    if not is_private():
        try:
            opened = Workspace.at(place())
            sweep(opened, keep_days(), who="server")
            return Kept(opened)
        except MedallocError as error:
            trouble = error.said
    folder = PrivateFolder()
    return Kept(Workspace(folder.path), folder, trouble)


def workspace() -> Workspace:
    """Return where studies are kept: for good, or as long as this server runs."""
    return kept().workspace


def goes_with_server() -> bool:
    """Whether nothing is kept when this server ends."""
    return kept().folder is not None


def trouble() -> Sentence | None:
    """Return why nothing is kept for good although it should be; None where all is as asked for."""
    return kept().trouble


def remove() -> None:
    """Remove what goes with this server; the system may end it right after."""
    workspace().store.close()
    if (folder := kept().folder) is not None:
        folder.remove()
