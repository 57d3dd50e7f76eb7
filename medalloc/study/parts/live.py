"""How a plan in force is watched."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Live:
    """How a plan in force is watched, and what may be proposed when numbers change."""

    live_from: Literal["replay", "folder"] = "replay"
    """Where numbers come from: the counts in use, played again, or a folder that somebody drops files into."""

    live_folder: str = ""
    """Name of that folder, inside the one that the server's owner allows."""

    live_speed: int = 1
    """How fast counts are played again. [periods/second]"""

    move_share: int = 5
    """Most of the placed units of a resource that may be moved at once. [percent]"""

    move_units: float | None = None
    """The same as a number; None where only the share limits. [units]"""

    move_least: float = 1.0
    """People that a move must serve more. [people/period]"""

    move_price: float = 0.0
    """People that every moved unit must serve more. [people/unit]"""

    raised_from: float = 1.5
    """Multiple of what is usual from which a number is raised. [1]"""

    high_from: float = 2.0
    """Multiple of what is usual from which a number is high. [1]"""
