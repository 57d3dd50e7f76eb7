"""Which point of the program each policy takes, and what no other can exceed."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from medalloc.allocation.closed_forms.worth import equal_worth
from medalloc.allocation.policies.kind import Aim
from medalloc.allocation.problem import Array
from medalloc.allocation.program.by_prices import MANY, best_by_prices
from medalloc.allocation.program.concave import EQUAL, Tangent, alpha_curve, best_by_tangents
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError, bound_by_prices
from medalloc.allocation.program.going_on import MOST_TO_SPREAD
from medalloc.allocation.program.guessing import guessed
from medalloc.allocation.program.levels import highest_level, level_by_level, servable
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.loaded import MIP_GAP
from medalloc.allocation.program.model import Model, goal_of
from medalloc.allocation.program.netting import Netting

SLACK = 1e-9
"""Share of a goal that a later goal may give up of it."""

FIRST = 0.6
"""Share of the time that may go into serving the most."""

MOST_WHOLE = 200
"""Whole columns up to which that is done: each step is a search of its own."""

CLOSE = 1e-10
"""Difference from the bound at which a fair plan is good enough, as a share of all who count."""


def decided(model: Model, aim: Aim, until: float) -> tuple[Array, float, float, Array]:
    """Return amounts of all columns, value, bound and the prices of the rows."""
    if aim.serves_most:
        return _most_served(model, until)
    if aim.alpha is None:
        live = Live(model)
        moving = np.arange(model.layout.groups, int(model.layout.helped.min(initial=model.layout.columns)))
        nothing = np.zeros(moving.size)
        live.change_columns(moving, nothing, nothing)
        live.change_columns(model.layout.served, np.zeros(model.layout.groups), model.persons.demand)
        found = live.run(goal_of(model, np.maximum(model.persons.value, 1e-9)), until=until)
        value = float(model.persons.value @ found.amounts[model.layout.served])
        return found.amounts, value, value, np.zeros(model.matrix.shape[0])
    everyone = float(model.persons.demand.sum())
    if aim.alpha == np.inf:
        amounts, lowest, highest = level_by_level(model, until)
        return amounts, lowest * everyone, highest * everyone, np.zeros(model.matrix.shape[0])
    return _alpha_fair(model, aim.alpha, until)


def _most_served(model: Model, until: float) -> tuple[Array, float, float, Array]:
    persons, netting = model.persons, Netting(model)
    goal = goal_of(model, persons.value)
    # the rest of the time is for telling equal plans apart
    within = perf_counter() + FIRST * (until - perf_counter())
    found = relaxation(model, goal, within)
    live: Live | None = None
    if model.whole.any():
        live = Live(netting.netted)
        found = _in_whole_units(netting, live, goal, found, within)
    amounts = found.amounts
    if 1 < persons.demand.size <= MOST_TO_SPREAD and model.whole.sum() <= MOST_WHOLE:
        amounts = netting.apart(_spread(live or Live(netting.netted), goal, found, until))
    return amounts, float(goal @ amounts), found.bound, found.price


def _in_whole_units(netting: Netting, live: Live, goal: Array, ideal: Found, until: float) -> Found:
    """Return the best plan of whole units that was found, with the prices of the best one in parts."""
    guess = guessed(netting.model, goal, ideal)
    start = None if guess is None else replace(guess, amounts=netting.together(guess.amounts))
    found = live.search(goal, replace(ideal, amounts=netting.together(ideal.amounts)), start, until)
    return replace(found, amounts=netting.apart(found.amounts), price=ideal.price)


def relaxation(model: Model, goal: Array, until: float) -> Found:
    """Return the best point if parts of units could be placed, with its prices.

    Raises
    ------
    OutOfTimeError
        If it was not found in time.
    """
    netting = Netting(model)
    netted = replace(netting.netted, whole=np.zeros_like(model.whole))
    asked = netting.goal(goal)
    found = best_by_prices(netted, asked, until=until) if model.layout.regions > MANY else None
    if found is None:
        found = Live(netted).run(asked, until=until)
        found = replace(found, bound=max(found.value, bound_by_prices(netted, asked, found.price)))
    return replace(found, amounts=netting.apart(found.amounts), price=netting.prices(found.price))


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
    counted = (persons.value > 0) & (persons.demand > 0) & servable(model, until)
    price = np.zeros(model.matrix.shape[0])
    if not counted.any():
        amounts, _, _, price = _most_served(model, until)
        return amounts, 0.0, 0.0, price
    weight = np.where(counted, persons.demand * persons.value, 0.0)
    # The worth is measured around the coverage that the plan is worth, which is no less than all can have at once; a
    # second look from there sees it clearly.
    unit, best = max(1e-9, highest_level(model, until=until, share=counted.astype(np.float64), relaxed=True)), None
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


def _worth_of(best: Tangent, alpha: float, unit: float) -> float:
    """Return the coverage for all that would be worth the bound."""
    power = 1.0 - alpha
    if power == 0:
        return unit * float(np.exp(best.bound))
    base = 1.0 + power * best.bound
    return unit * float(base ** (1.0 / power)) if base > 0 else 1.0


def _with_the_rest(model: Model, amounts: Array, counted: NDArray[np.bool_], until: float) -> Array:
    """Return the amounts with whoever counts for nothing served by what the others leave."""
    if (counted | (model.persons.demand <= 0)).all():
        return amounts
    live, layout = Live(model), model.layout
    held = np.where(counted, amounts[layout.served] * (1 - SLACK), live.ends.column_lower[layout.served])
    live.change_columns(layout.served, held, model.persons.demand)
    try:
        found = live.run(goal_of(model, np.where(counted, 0.0, 1.0)), until=until)
    except (OutOfTimeError, NoPlanError):
        return amounts
    return found.amounts
