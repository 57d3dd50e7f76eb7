"""How plans fare when another future comes than the one they were made for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.scalars import is_number
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.served import PlacesUnits, require_understood, served_in
from medalloc.errors import InputError
from medalloc.sentences import sentence
from medalloc.spreading import for_each


@dataclass(frozen=True, eq=False)
class Robustness:
    """What every plan serves in every future, beside the best that was possible there."""

    served: pd.DataFrame
    """Valued persons served, one row a future, one column a plan. [persons/period]"""

    persons: pd.DataFrame
    """The same, each person counted as one. [persons/period]"""

    best: Array
    """What the plan made for exactly that future serves, shape (n_futures,). [persons/period]"""

    near: float
    """Share of a future's best within which a plan counts as near it. [fraction]"""

    @property
    def regret(self) -> pd.DataFrame:
        """What is given up against each future's own best, like `served`; a plan within the limits has none below 0."""
        return self.served.rsub(self.best, axis=0)

    @property
    def share_near_best(self) -> "pd.Series[float]":
        """Share of futures in which a plan is near that future's best, by plan [fraction]."""
        return self.served.ge(self.best * (1 - self.near) - 1e-9 * self.best, axis=0).mean()

    @property
    def table(self) -> pd.DataFrame:
        """One row a plan: served on average and in the worst future, mean and largest regret, share near the best."""
        regret = self.regret
        frame = pd.DataFrame(
            {
                "served on average": self.served.mean(),
                "served in the worst future": self.served.min(),
                "mean regret": regret.mean(),
                "largest regret": regret.max(),
                "share near the best": self.share_near_best,
            }
        )
        return frame.rename_axis("plan").reset_index()


def robustness(
    problem: Problem, plans: Mapping[str, PlacesUnits], futures: Futures, *, near: float = 0.05
) -> Robustness:
    """Return how named plans fare in every future.

    Parameters
    ----------
    problem : Problem
        Whose limits, floors and values hold for the best of a future.
    plans : mapping
        Plans for the same regions by name, made in whatever way.
    futures : Futures
        What demand may be.
    near : float
        How much less than a future's best still counts as near it. [fraction]

    Raises
    ------
    InputError
        If regions differ, there is no plan, or `near` is no fraction; all faults at once.
    InfeasibleError
        With every limit that the floors break.

    Notes
    -----
    A future's best is what foresight could have served. It is a yardstick, not a plan that anybody could have made.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> problem = Problem(("North", "South"), [20, 20], (Resource("beds", stock=20),))
    >>> futures = Futures(problem.regions, [[20, 20], [0, 40]])
    >>> found = robustness(problem, {"for the mean": solve(problem)}, futures)
    >>> found.regret["for the mean"].tolist(), found.share_near_best.tolist()
    ([0.0, 10.0], [0.5])
    """
    faults = []
    if not plans:
        faults.append(sentence("There is no plan to compare; give at least one."))
    if not is_number(near) or not 0 <= near <= 1:
        faults.append(sentence("Near is {found}; give a fraction from 0 to 1 (0.05 means 5%).", found=str(near)))
    strange = [name for name, plan in plans.items() if plan.problem.regions != problem.regions]
    if strange:
        faults.append(
            sentence("These plans are for other regions than the problem: {plans}.", plans=", ".join(strange))
        )
    if faults:
        raise InputError(*faults)
    best = np.array([plan.value for plan in plans_with_foresight(problem, futures)])
    served = {name: served_in(plan, futures) for name, plan in plans.items()}
    worth, persons = (
        pd.DataFrame({name: each @ weight for name, each in served.items()})
        for weight in (problem.value, np.ones_like(problem.value))
    )
    return Robustness(worth, persons, best, near)


def plans_with_foresight(problem: Problem, futures: Futures) -> list[Plan]:
    """Return for every future the most-served plan that could be made if it were known to come.

    The floors of the expected demand hold as far as there is that demand.
    """
    require_understood(problem)
    return [plan for _, plan in for_each(partial(_with_foresight, problem), futures.ordered_as(problem.regions))]


def _with_foresight(problem: Problem, demand: Array) -> Plan:
    floor = problem.effective_floor * problem.demand
    share = np.divide(np.minimum(floor, demand), demand, out=np.zeros_like(demand), where=demand > 0)
    return solve(replace(problem, demand=demand, floor=share, common_floor=0.0, policy=MOST_SERVED))
