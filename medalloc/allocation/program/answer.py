"""What a policy decides, by the general program: served persons, units, and the proof."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.plan import Status
from medalloc.allocation.policy import Aim
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.concave import EQUAL, Best, alpha_curve, best_by_tangents
from medalloc.allocation.program.levels import level_by_level
from medalloc.allocation.program.live import MIP_GAP, Found, Live, NoPlanError, OutOfTimeError
from medalloc.allocation.program.model import Integers, Model, model_of
from medalloc.allocation.worth import equal_worth
from medalloc.errors import InputError
from medalloc.sentences import sentence

SLACK = 1e-9
"""Share of a goal that a later goal may give up of it."""

MOST_TO_SPREAD = 600
"""Groups up to which plans that serve equally many are told apart by how equal they are."""

CLOSE = 1e-10
"""Difference from the bound at which a fair plan is good enough, as a share of all who count."""

SOLVER, MIXED = "HiGHS", "HiGHS branch and bound"


@dataclass(frozen=True, eq=False)
class Answer:
    """What is decided, and its proof; regions in the problem's order."""

    served: Array
    """Shape (n_regions,). [persons]"""

    served_of: Array | None
    """By resource, where each has persons of its own, shape (n_regions, n_resources). [persons]"""

    units: Array
    """Units more than today, below 0 where some go elsewhere, shape (n_regions, n_resources). [units]"""

    moved: Array
    """Of the units, those that came from other regions less those that went there, shape (n_regions, n_resources)."""

    standing_in: Array
    """Units that do the work of another resource, shape (n_regions, n_resources). [units]"""

    status: Status
    method: str
    value: float
    bound: float

    price: Array
    """Duals of the stocks where units need not be whole, shape (n_resources,). [persons/unit]"""

    budget_price: float
    """The same of the budget, 0 without one. [persons/money]"""


def answer(problem: Problem, aim: Aim, *, time_limit: float = 30.0) -> Answer:
    """Return what a policy other than a rule of thumb decides for a feasible problem.

    Parameters
    ----------
    problem : Problem
        Locks included: what is locked is neither placed otherwise nor moved.
    aim : Aim
        The policy.
    time_limit : float
        Seconds after which the best plan so far is given, with its gap. [s]

    Raises
    ------
    InputError
        If no plan was found in that time.

    Notes
    -----
    Regions are taken in the order of their population, then by name, so that the result does not depend on that of
    the table. Of plans that serve equally many, the most equal one is taken, among up to 600 groups of persons.
    For whole units the lowest coverage of worst-off first is proved; what is above it is shared as equally as it can.
    """
    until = perf_counter() + time_limit
    size = problem.demand if problem.population is None else problem.population
    order = np.lexsort((np.array(problem.regions), -size))
    model = model_of(_rows(problem, order))
    try:
        amounts, value, bound, price = _decided(model, aim, until)
    except OutOfTimeError as late:
        raise InputError(
            sentence(
                "No plan was found in {seconds} seconds; allow parts of units, or give more time.", seconds=time_limit
            )
        ) from late
    return _told(model, np.argsort(order), _trimmed(model, amounts, until), (value, bound), price)


def _rows(problem: Problem, order: Integers) -> Problem:
    """Return the problem with its regions in this order."""
    arrays = (
        *("demand", "existing", "cap", "value", "floor", "population", "region_requirement", "region_cost"),
        *("space", "demand_of", "locked"),
    )
    taken: dict[str, Any] = {
        name: None if getattr(problem, name) is None else getattr(problem, name)[order] for name in arrays
    }
    return replace(problem, regions=tuple(problem.regions[place] for place in order), **taken)


def _decided(model: Model, aim: Aim, until: float) -> tuple[Array, float, float, Array]:
    """Return amounts of all columns, value, bound and the prices of the rows."""
    if aim.name == "most-served":
        return _most_served(model, until)
    if aim.name == "today":
        live = Live(model)
        moving = np.arange(model.layout.groups, int(model.layout.helped.min(initial=model.layout.columns)))
        nothing = np.zeros(moving.size)
        live.change_columns(moving, nothing, nothing)
        live.change_columns(model.layout.served, np.zeros(model.layout.groups), model.persons.demand)
        found = live.run(_goal(model, np.maximum(model.persons.value, 1e-9)), until=until)
        value = float(model.persons.value @ found.amounts[model.layout.served])
        return found.amounts, value, value, np.zeros(model.matrix.shape[0])
    everyone = float(model.persons.demand.sum())
    if aim.alpha is None:
        amounts, lowest, highest = level_by_level(model, until)
        return amounts, lowest * everyone, highest * everyone, np.zeros(model.matrix.shape[0])
    return _alpha_fair(model, aim.alpha, until)


def _most_served(model: Model, until: float) -> tuple[Array, float, float, Array]:
    persons, live = model.persons, Live(model)
    goal = _goal(model, persons.value)
    found = live.run(goal, until=until)
    bound, price = found.bound, found.price
    if model.whole.any():
        price = _relaxed_prices(model, goal, until)
    else:
        bound = max(found.value, bound_by_prices(model, goal, price))
    amounts = found.amounts
    if persons.demand.size <= MOST_TO_SPREAD:
        amounts = _spread(live, goal, found, until)
    return amounts, float(goal @ amounts), bound, price


def bound_by_prices(model: Model, goal: Array, price: Array) -> float:
    """Return what no point within all ends can be worth, whatever the prices of the rows are.

    Every row that is priced is paid for, and of every column the better end is taken. With the right prices that is
    the optimum.
    """
    ends = model.ends
    # a row without an end on the side of its price has a price of 0 but for rounding
    upper = np.where(np.isfinite(ends.row_upper), ends.row_upper, 0.0)
    lower = np.where(np.isfinite(ends.row_lower), ends.row_lower, 0.0)
    price = np.where((price < 0) & ~np.isfinite(ends.row_lower), 0.0, price)
    surplus = goal - price @ model.matrix
    paid = np.where(price > 0, price * upper, price * lower)
    return float(paid.sum() + np.where(surplus > 0, surplus * ends.column_upper, surplus * ends.column_lower).sum())


def _relaxed_prices(model: Model, goal: Array, until: float) -> Array:
    relaxed = Live(model)
    relaxed.relax()
    try:
        return relaxed.run(goal, until=until).price
    except OutOfTimeError:
        return np.zeros(model.matrix.shape[0])


def _spread(live: Live, goal: Array, found: Found, until: float) -> Array:
    """Return the most equal of the points that reach what was found."""
    scale = float(np.abs(goal).max(initial=0.0))
    if scale > 0:
        row = csr_array((goal * live.size / scale)[None, :])
        live.add_rows(row, np.array([found.value / scale * (1 - SLACK)]), np.array([np.inf]))
    if not (live.model.persons.demand > 0).any():
        return found.amounts
    try:
        best = best_by_tangents(live, EQUAL, live.model.persons.demand, close=CLOSE, until=until)
    except (OutOfTimeError, NoPlanError):
        return found.amounts
    return best.found.amounts[: found.amounts.size]


def _alpha_fair(model: Model, alpha: float, until: float) -> tuple[Array, float, float, Array]:
    persons = model.persons
    counted = (persons.value > 0) & (persons.demand > 0) & _servable(model, until)
    price = np.zeros(model.matrix.shape[0])
    if not counted.any():
        amounts, _, _, price = _most_served(model, until)
        return amounts, 0.0, 0.0, price
    weight = np.where(counted, persons.demand * persons.value, 0.0)
    unit, best = 0.5, None
    # The worth is measured around the coverage that the plan is worth; a second look from there sees it clearly.
    for _ in range(3):
        live = Live(model)
        close = MIP_GAP / 10 if model.whole.any() else CLOSE
        best = best_by_tangents(live, alpha_curve(alpha, unit), weight, close=close, until=until)
        served = best.found.amounts[model.layout.served][counted]
        worth = equal_worth(served / persons.demand[counted], weight[counted], alpha)
        if worth <= 0 or 0.5 <= worth / unit <= 2:
            break
        unit = worth
    assert best is not None
    everyone = float(weight.sum())
    bound = _worth_of(best, alpha, unit)
    amounts = _with_the_rest(model, best.found.amounts[: model.layout.columns], counted, until)
    return amounts, worth * everyone, max(worth, bound) * everyone, price


def _worth_of(best: Best, alpha: float, unit: float) -> float:
    """Return the coverage for all that would be worth the bound."""
    power = 1.0 - alpha
    if power == 0:
        return unit * float(np.exp(best.bound))
    base = 1.0 + power * best.bound
    return unit * float(base ** (1.0 / power)) if base > 0 else 1.0


def _servable(model: Model, until: float) -> NDArray[np.bool_]:
    """Return which groups any plan at all can serve, shape (n_groups,)."""
    live, persons = Live(model), model.persons
    live.relax()
    never = persons.demand > 0
    while never.any():
        found = live.run(_goal(model, np.where(never, 1.0 / np.maximum(persons.demand, 1e-300), 0.0)), until=until)
        reached = never & (found.amounts[model.layout.served] > 1e-7 * persons.demand)
        if not reached.any():
            break
        never &= ~reached
    return np.asarray(~never)


def _with_the_rest(model: Model, amounts: Array, counted: NDArray[np.bool_], until: float) -> Array:
    """Return the amounts with whoever counts for nothing served by what the others leave."""
    if (counted | (model.persons.demand <= 0)).all():
        return amounts
    live, layout = Live(model), model.layout
    held = np.where(counted, amounts[layout.served] * (1 - SLACK), live.ends.column_lower[layout.served])
    live.change_columns(layout.served, held, model.persons.demand)
    try:
        found = live.run(_goal(model, np.where(counted, 0.0, 1.0)), until=until)
    except (OutOfTimeError, NoPlanError):
        return amounts
    return found.amounts


def _goal(model: Model, value: Array) -> Array:
    goal = np.zeros(model.layout.columns)
    goal[model.layout.served] = value
    return goal


def _trimmed(model: Model, amounts: Array, until: float) -> Array:
    """Return the amounts with no unit placed, moved or standing in that serves nobody, whole ones exactly whole."""
    live, layout = Live(model), model.layout
    served = np.minimum(amounts[layout.served], model.persons.demand)
    lower = np.minimum(served * (1 - 1e-12), served)
    live.change_columns(layout.served, lower, served)
    effort = np.zeros(layout.columns)
    effort[layout.new], effort[layout.taken], effort[layout.helped] = 1.0, 1.5, 0.1
    try:
        found = live.run(-effort / model.sizes, until=max(until, perf_counter() + 1.0))
    except (OutOfTimeError, NoPlanError):
        found = None
    least = amounts if found is None else found.amounts
    if not model.whole.any():
        return least
    # what is whole but for rounding is made whole, and who can be served then is found once more
    exact, numbers = Live(model), np.flatnonzero(model.whole)
    exact.relax()
    exact.change_columns(numbers, np.round(least[numbers]), np.round(least[numbers]))
    exact.change_columns(layout.served, np.minimum(lower * (1 - 1e-6), model.ends.column_lower[layout.served]), served)
    return exact.run(_goal(model, 1.0 / np.maximum(model.persons.demand, 1e-300))).amounts


def _told(model: Model, back: Integers, amounts: Array, proof: tuple[float, float], price: Array) -> Answer:
    """Return the answer in the order in which the problem was asked."""
    layout, problem = model.layout, model.problem
    served, new = amounts[layout.served], amounts[layout.new]
    moved = np.zeros_like(new)
    moved[:, list(layout.movable)] = amounts[layout.taken] - amounts[layout.given]
    units = new + moved
    standing = np.zeros_like(new)
    for place, (helper, _) in enumerate(layout.helps):
        standing[:, helper] += amounts[layout.helped[:, place]]
    value, bound = proof
    gap = (bound - value) / bound if bound > 0 else 0.0
    whole = bool(model.whole.any())
    budget = model.rows.get("budget")
    return Answer(
        served=model.persons.by_region(served, layout.regions)[back],
        served_of=None if problem.demand_of is None else served.reshape(units.shape)[back],
        units=units[back],
        moved=moved[back],
        standing_in=standing[back],
        status="optimal" if gap <= (MIP_GAP if whole else 1e-8) else "best found",
        method=MIXED if whole else SOLVER,
        value=value,
        bound=bound,
        price=np.maximum(0.0, price[model.rows["stock"]]),
        budget_price=0.0 if budget is None else max(0.0, float(price[budget][0])),
    )
