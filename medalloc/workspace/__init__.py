"""What must still be here tomorrow: studies, their files and runs, and who did what."""

from medalloc.workspace.record import ChangedMeanwhile, Record
from medalloc.workspace.workspace import Workspace

__all__ = ["ChangedMeanwhile", "Record", "Workspace"]
