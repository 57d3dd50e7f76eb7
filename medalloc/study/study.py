"""Everything that was chosen, as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar

from medalloc.study.parts import Data, Demand, Limits, Live, Need, Preparation, Priority, WhatIf


def _in_parts(study: dict[str, Any]) -> dict[str, Any]:
    """Return what was saved when what is placed came whole only where somebody said so, as it was meant."""
    limits = study.get("limits", {})
    if not isinstance(limits, Mapping) or limits.get("resources") is not None:
        return study
    return {**study, "limits": {**limits, "fractions": True}}


@dataclass(frozen=True)
class Study:
    """What was chosen, part by part; plain data.

    Examples
    --------
    >>> study = Study().changed(floor=0.3, seed=7)
    >>> study.limits.floor, study.need.seed
    (0.3, 7)
    """

    version: ClassVar[int] = 2
    earlier: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _in_parts}
    """What makes a form of an earlier version one of this, by version (see `medalloc.saved`)."""

    data: Data = field(default_factory=Data)
    """Which table, and how it is understood."""

    preparation: Preparation = field(default_factory=Preparation)
    """How it is cleaned."""

    need: Need = field(default_factory=Need)
    """Who will need care."""

    demand: Demand = field(default_factory=Demand)
    """How much care, where, when."""

    limits: Limits = field(default_factory=Limits)
    """What there is to place."""

    what_if: WhatIf = field(default_factory=WhatIf)
    """What is tried."""

    live: Live = field(default_factory=Live)
    """How it is watched."""

    priority: Priority = field(default_factory=Priority)
    """Who is first."""

    def choice(self, name: str) -> Any:
        """Return what was chosen by the name of its field, whichever part it is in."""
        return getattr(getattr(self, PART_OF[name]), name)

    def changed(self, **chosen: Any) -> "Study":
        """Return the study with other choices by the names of their fields."""
        by_part: dict[str, dict[str, Any]] = {}
        for name, value in chosen.items():
            by_part.setdefault(PART_OF[name], {})[name] = value
        return replace(self, **{part: replace(getattr(self, part), **named) for part, named in by_part.items()})


PART_OF: Mapping[str, str] = {
    each.name: part.name
    for part in fields(Study)
    for each in fields(part.default_factory)  # type: ignore[arg-type]
}
"""The part that a choice is in, by its name."""
