"""Which limits are broken when some persons must be served, and how high floors may be before one is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.bundle import (
    CANCELLATION,
    everyone,
    floor_persons,
    gross_units,
    persons_within,
    units_for,
)
from medalloc.allocation.closed_forms.water import water_level
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.locks import locked_units, without_locks
from medalloc.allocation.program.levels import highest_level
from medalloc.allocation.program.model import model_of
from medalloc.allocation.program.needed import has_choices

ROUNDING = 1e-9
"""A limit counts as kept when it is exceeded by no more than this share of itself."""

HALVED = 1e-15
"""Distance at which halving ends. [fraction]"""


@dataclass(frozen=True)
class Broken:
    """Which limits are broken when some persons must be served."""

    need: Array
    """Units that these persons and the locks take, shape (n_regions, n_resources). [units]"""

    short: NDArray[np.bool_]
    """Stocks, shape (n_resources,)."""

    crowded: NDArray[np.bool_]
    """Caps, shape (n_regions, n_resources)."""

    full: NDArray[np.bool_]
    """Spaces, shape (n_regions,)."""

    held: NDArray[np.bool_]
    """Locks at less than these persons take, shape (n_regions, n_resources)."""

    dear: bool
    """The budget."""

    @property
    def any(self) -> bool:
        """Whether any limit is broken."""
        return self.dear or any(bool(broken.any()) for broken in (self.short, self.crowded, self.full, self.held))


def broken_by(problem: Problem, persons: Array) -> Broken:
    """Return the limits that serving these persons breaks, where what is locked is taken in any case."""
    need, gross = units_for(problem, persons), gross_units(problem, persons)
    held = np.zeros_like(problem.cap, dtype=np.bool_)
    if problem.is_locked:
        settled = locked_units(problem)
        held = ~np.isnan(problem.locked) & _exceeds(gross - problem.existing, settled, gross)
        need = np.where(np.isnan(problem.locked) | held, need, settled)
    dear = problem.budget is not None and bool(
        _exceeds(
            (need * problem.unit_cost).sum(), np.array(problem.budget), np.array((gross * problem.unit_cost).sum())
        )
    )
    return Broken(
        need=need,
        short=_exceeds(need.sum(axis=0), problem.stock, gross.sum(axis=0)),
        crowded=_exceeds(need, problem.cap, gross),
        full=_exceeds(need @ problem.unit_space, problem.space, gross @ problem.unit_space),
        held=held,
        dear=dear,
    )


def _exceeds(required: Array, available: Array, gross: Array) -> NDArray[np.bool_]:
    """Return where more is required than available, beyond what rounding explains."""
    return np.asarray(required > available * (1 + ROUNDING) + CANCELLATION * gross)


def largest_common(problem: Problem) -> float:
    """Return the largest common floor that every limit allows, if the regions' own floors fit. [fraction]."""
    if has_choices(problem):
        return highest_level(model_of(problem.derived(common_floor=0.0)))
    free = without_locks(problem)
    return _largest(free, everyone(free), floor_persons(free.derived(common_floor=0.0)))


def largest_share_of_floors(problem: Problem) -> float:
    """Return the largest share of all floors, kept in proportion, that every limit allows. [fraction]."""
    if has_choices(problem):
        bare = problem.derived(common_floor=0.0, floor=np.zeros_like(problem.floor))
        kinds = 1 if problem.demand_of is None else len(problem.resources)
        return highest_level(model_of(bare), share=np.repeat(problem.effective_floor, kinds))
    free = without_locks(problem)
    return _largest(free, floor_persons(free), np.zeros_like(everyone(free)))


def _largest(problem: Problem, persons: Array, anyway: Array) -> float:
    """Return the largest t <= 1 at which serving ``max(anyway, t * persons)`` fits; `anyway` by itself does."""
    if problem.whole.any():
        return _largest_of_whole(problem, persons, anyway)
    base = units_for(problem, anyway)
    rates = gross_units(problem, persons)
    per_cell = np.divide(problem.existing + problem.cap, rates, out=np.full_like(rates, np.inf), where=rates > 0)
    roomy = np.divide(persons_within(problem), persons, out=np.full_like(persons, np.inf), where=persons > 0)
    levels = [1.0, float(per_cell.min()), float(roomy.min())]
    # The base is known to fit; where it fills a limit exactly, rounding must not make it look as if it did not.
    for place, stock in enumerate(problem.stock.tolist()):
        rate, lower, there = rates[:, place], base[:, place], problem.existing[:, place]
        levels.append(water_level(rate, lower, np.inf, max(stock, float(lower.sum())), offset=there))
    if problem.budget is not None:
        rate, lower, there = (units * problem.unit_cost for units in (rates, base, problem.existing))
        levels.append(water_level(rate, lower, np.inf, max(problem.budget, float(lower.sum())), offset=there))
    return min(levels)


def _largest_of_whole(problem: Problem, persons: Array, anyway: Array) -> float:
    """Return the same where units are whole: what floors take then grows in steps, and halving finds the last."""
    low, high = 0.0, 1.0
    if not broken_by(problem, np.maximum(anyway, persons)).any:
        return 1.0
    while high - low > HALVED:
        middle = (low + high) / 2
        fits = not broken_by(problem, np.maximum(anyway, middle * persons)).any
        low, high = (middle, high) if fits else (low, middle)
    return low
