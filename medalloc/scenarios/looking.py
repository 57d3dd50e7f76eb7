"""Whether kept scenarios are of the base as it is, and what moved when they are worked out on another one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.saved import to_plain
from medalloc.scenarios.side_by_side import Tried

BASE = ""
"""Stands for the base among the scenarios; none of them has this name."""

Figures = Mapping[str, tuple[float, float, float] | None]
"""Served [persons/period], coverage and lowest coverage [fraction] by name; None where there was no plan."""


@dataclass(frozen=True)
class Looked:
    """What stood of the scenarios when they were worked out last."""

    of: str = ""
    """Fingerprint of the base problem; empty while nobody has looked."""

    figures: Figures = field(default_factory=dict)
    """What they gave on it, the base under `BASE`."""

    before: Figures = field(default_factory=dict)
    """What they gave on an earlier base; nothing where there was none."""

    def is_stale(self, problem: Problem) -> bool:
        """Return whether the base has changed since."""
        return bool(self.of) and self.of != fingerprint(problem)

    def anew(self, problem: Problem) -> "Looked":
        """Return what is kept when they are to be worked out on the base as it is now."""
        return Looked(fingerprint(problem), {}, self.figures)

    def filled(self, base: Plan, tried: Sequence[Tried]) -> "Looked":
        """Return it with what scenarios give on the base as it is."""
        figures = {BASE: _figures(base)} | {each.scenario.name: _figures(each.plan) for each in tried}
        return Looked(fingerprint(base.problem), figures, self.before)

    def moved(self, name: str) -> float | None:
        """Return how many more are served than on the earlier base; None where that is not known [persons/period]."""
        now, then = self.figures.get(name), self.before.get(name)
        return None if now is None or then is None else now[0] - then[0]


def fingerprint(problem: Problem) -> str:
    """Return letters that differ for problems that differ.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> one, other = (Problem(("North",), [need], (Resource("beds", stock=4),)) for need in (8, 9))
    >>> fingerprint(one) == fingerprint(one), fingerprint(one) == fingerprint(other)
    (True, False)
    """
    return hashlib.sha256(json.dumps(to_plain(problem), sort_keys=True).encode()).hexdigest()[:32]


def _figures(plan: Plan | None) -> tuple[float, float, float] | None:
    return None if plan is None else (float(plan.served.sum()), plan.total_coverage, plan.lowest_coverage)
