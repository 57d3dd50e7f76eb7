"""Which scenario's plan is robust? Each held against the same sampled futures, and against the best of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from medalloc.allocation.plan import Plan
from medalloc.allocation.uncertainty import Futures
from medalloc.allocation.uncertainty.answer import NEAR
from medalloc.allocation.uncertainty.served import served_in
from medalloc.errors import InputError
from medalloc.sentences import Sentence


@dataclass(frozen=True)
class Fared:
    """How one plan fared in the futures."""

    name: str
    """Of the scenario; empty for the base."""

    served: float = np.nan
    """On average over the futures. [persons/period]"""

    mean_regret: float = np.nan
    """People fewer than the best of these plans serves in the same future, on average. [persons/period]"""

    largest_regret: float = np.nan
    """The same in the future in which it is most. [persons/period]"""

    near: float = np.nan
    """Share of the futures in which it serves within 5% of the best of these plans. [fraction]"""

    why_not: Sentence | None = None
    """Why it could not be held against them."""


def regrets(plans: Mapping[str, Plan], futures: Futures, *, near: float = NEAR) -> tuple[Fared, ...]:
    """Return how plans with what each has to place fare when the same demand comes for all.

    A plan stays as it was made, with its own stock, limits and requirements; only demand is that of the future.

    Parameters
    ----------
    futures : Futures
        The same regions in any order.
    near : float
        How much less than the best still counts as near it. [fraction]

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> less, more = (
    ...     solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=stock),))) for stock in (20, 30)
    ... )
    >>> futures = Futures(("North", "South"), [[30, 10], [12, 4]])
    >>> for each in regrets({"": less, "more": more}, futures):
    ...     print(each.name or "base", each.served, each.mean_regret, each.largest_regret, each.near)
    base 18.0 5.0 10.0 0.5
    more 23.0 0.0 0.0 1.0
    """
    served: dict[str, np.ndarray] = {}
    left_out: dict[str, Sentence] = {}
    for name, plan in plans.items():
        try:
            served[name] = served_in(plan, futures).sum(axis=1)
        except InputError as error:
            left_out[name] = error.said
    best = np.max(list(served.values()), axis=0) if served else np.zeros(futures.count)
    found = []
    for name in plans:
        if name in left_out:
            found.append(Fared(name, why_not=left_out[name]))
            continue
        regret = best - served[name]
        close = served[name] >= (1 - near) * best - 1e-9
        found.append(
            Fared(name, float(served[name].mean()), float(regret.mean()), float(regret.max()), float(close.mean()))
        )
    return tuple(found)
