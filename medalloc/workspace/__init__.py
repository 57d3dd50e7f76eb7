"""What must still be here tomorrow: studies, their files and runs, and who did what."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medalloc.workspace.record import ChangedMeanwhile, Record
    from medalloc.workspace.workspace import Workspace

__all__ = ["ChangedMeanwhile", "Record", "Workspace"]


def __getattr__(name: str) -> Any:
    """Load what is asked for: the library of the database takes a second, and most commands open none."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{'workspace' if name == 'Workspace' else 'record'}"), name)
