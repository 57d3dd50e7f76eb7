"""On what does the answer hang? One number at a time, a little less and a little more."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Change, Scenario
from medalloc.spreading import for_each

STEP = 0.1
"""By how much each number is lowered and raised. [fraction]"""


@dataclass(frozen=True)
class Swing:
    """What one number does to who is served."""

    change: Change
    """The number, raised."""

    low: float | None
    """People served when it is a step lower; None where limits can then not be kept. [persons/period]"""

    high: float | None
    """When it is a step higher. [persons/period]"""

    @property
    def width(self) -> float:
        """How far apart the two are; infinite where one cannot be kept [persons/period]."""
        return float("inf") if self.low is None or self.high is None else abs(self.high - self.low)


def sensitivity(plan: Plan, step: float = STEP) -> tuple[Swing, ...]:
    """Return what every number does when it alone is changed, the widest swing first.

    Parameters
    ----------
    step : float
        By how much each number is lowered and raised. [fraction]

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20), Resource("vans", stock=90))))
    >>> for each in sensitivity(plan)[:2]:
    ...     print(each.change.sentence, round(each.low, 2), round(each.high, 2))
    requirement (beds): +10% 22.22 18.18
    stock (beds): +10% 18.0 22.0
    """
    pairs = [(each(1 - step), each(1 + step)) for each in ways(plan.problem)]
    served = [found for _, found in for_each(partial(_served, plan), chain.from_iterable(pairs))]
    found = [Swing(more, *served[2 * place : 2 * place + 2]) for place, (_, more) in enumerate(pairs)]
    return tuple(sorted(found, key=lambda swing: -swing.width))


@dataclass(frozen=True)
class Way:
    """One number that can be changed by a factor."""

    what: str
    """What a change is about."""

    resource: str | None = None
    """Of which resource; None where it is of none."""

    def __call__(self, factor: float) -> Change:
        """Return the change by a factor."""
        return Change(self.what, factor=factor, resource=self.resource)

    def __str__(self) -> str:
        """Return it as a change is written: ``stock:beds``."""
        return self.what if self.resource is None else f"{self.what}:{self.resource}"


def ways(problem: Problem) -> Iterator[Way]:
    """Yield every number of a problem that all regions share and that can be changed by a factor."""
    yield Way("demand")
    for resource in problem.resources:
        yield from (Way(what, resource.name) for what in ("stock", "requirement"))
        if problem.existing[:, problem.resource_names.index(resource.name)].any():
            yield Way("existing", resource.name)
    if problem.budget is not None:
        yield Way("budget")


def _served(plan: Plan, change: Change) -> float | None:
    try:
        return float(solve(apply(plan.problem, Scenario("sensitivity", (change,)))).served.sum())
    except InfeasibleError:
        return None
