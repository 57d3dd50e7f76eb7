"""The alpha-fair plan: whoever has less counts for more, by a degree that is chosen."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.closed_forms.cells import as_cells
from medalloc.allocation.closed_forms.levels import balanced_levels
from medalloc.allocation.closed_forms.max_min import limit_rows
from medalloc.allocation.closed_forms.most_served import drawn_back
from medalloc.allocation.closed_forms.nested import is_nested
from medalloc.allocation.closed_forms.nested_fair import fair_by_levels
from medalloc.allocation.closed_forms.pieces import Pieces, Start, pieces_of, start_of
from medalloc.allocation.closed_forms.wishes import Wishes
from medalloc.allocation.closed_forms.worth import bettered, equal_worth
from medalloc.allocation.problem import Array, Problem

NOTHING_TO_CHOOSE = "nothing to choose"
"""The method when floors, existing units and caps settle everything."""

SPARE = 1e-12
"""Share of a limit below which what is left of it is rounding."""


@dataclass(frozen=True)
class AlphaFair:
    """The optimum and its proof."""

    served: Array
    """Shape (n_regions,), or (n_regions, n_resources) where each has persons of its own. [persons]"""

    value: float
    """What the plan is worth: persons served by the coverage that would be worth as much if all had it, each counted
    with the value of its region. [persons]"""

    bound: float
    """Value that no plan can exceed, from the prices alone. [persons]"""

    method: str
    """How it was found."""


@dataclass(frozen=True)
class _Answer:
    """Best answers of some pieces to prices of the limits."""

    filled: Array
    """Persons served in every piece, 0 in those not asked, shape (n_pieces,). [persons]"""

    level: Array
    """Levels behind the prices (see `Wishes`), shape (n_limits,)."""

    left: Array
    """What the answers leave of every limit, below 0 by no more than rounding, shape (n_limits,)."""

    method: str
    """How the prices were found."""


def alpha_fair(problem: Problem, alpha: float, *, proved: bool = True) -> AlphaFair:
    """Return the plan of a feasible problem that maximises ``sum(value * demand * U(coverage))``.

    Parameters
    ----------
    problem : Problem
        Whose floors fit; in cells (see `as_cells`) where each resource has persons of its own, unless it is nested.
    alpha : float
        Above 0; U(u) is ``u ** (1 - alpha) / (1 - alpha)``, and the logarithm at 1.
    proved : bool
        Whether value and bound are asked for.

    Notes
    -----
    Where limits lie within each other, water levels are exact (see `alpha_fair_in`). Otherwise, at given prices of
    the limits every region has one best answer in closed form, piece by piece, so only the prices are searched for
    (see `balanced_levels`). The dual function at these prices bounds every plan, however they were found. Regions that
    no plan can serve are left out of the worth: from alpha 1 on they would make every plan worth nothing. Regions of
    value 0 share what the others leave.

    References
    ----------
    .. [1] J. Mo, J. Walrand, Fair end-to-end window-based congestion control, 2000.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> asked = Problem(("A", "B"), [10, 10], (Resource("beds", 9),), value=[1, 4])
    >>> alpha_fair(asked, 2.0).served.round(9).tolist(), alpha_fair(asked, 1.0).served.round(9).tolist()
    ([3.0, 6.0], [1.8, 7.2])
    """
    found = fair_by_levels(problem, alpha, proved=proved) if is_nested(problem) else None
    if found is not None:
        return AlphaFair(*found)
    cells = by_prices(as_cells(problem), alpha)
    return (
        replace(cells, served=cells.served.reshape(problem.existing.shape)) if problem.demand_of is not None else cells
    )


def by_prices(problem: Problem, alpha: float) -> AlphaFair:
    """Return the same for any problem without `demand_of`, by a search for the prices."""
    start = start_of(problem)
    pieces = pieces_of(problem, start)
    counts = problem.value[pieces.region] > 0
    room = _beyond_rounding(start.room, limit_rows(problem)[0])
    first = _answer(problem, pieces, room, counts, alpha)
    # Persons of value 0 all count the same: not at all, or, once the others have theirs, like everybody.
    alike = problem.derived(value=np.ones_like(problem.value))
    spare = _beyond_rounding(first.left, room)
    rest = _answer(alike, pieces, spare, ~counts, alpha)
    gained = np.bincount(pieces.region, first.filled + rest.filled, len(problem.regions))
    served = drawn_back(problem, start.served, start.served + gained)
    value, bound = _proof(problem, alpha, Start(start.served, room), pieces, first, served)
    return AlphaFair(served, value, bound, first.method)


def _answer(problem: Problem, pieces: Pieces, room: Array, asked: NDArray[np.bool_], alpha: float) -> _Answer:
    """Return what balances the pieces that are asked and do not need what is used up already."""
    chosen = asked & _able(pieces, room)
    filled = np.zeros(pieces.length.size)
    if not chosen.any():
        return _Answer(filled, np.full(room.size, np.inf), room, NOTHING_TO_CHOOSE)
    uses, group = np.unique(pieces.uses[:, pieces.kind[chosen]], axis=1, return_inverse=True)
    region, open_rows = pieces.region[chosen], room > 0
    value = problem.value / problem.value.max()
    wishes = Wishes(
        demand=np.log(problem.demand[region]),
        value=np.log(value[region]),
        bottom=pieces.bottom[chosen],
        length=pieces.length[chosen],
        group=group.ravel(),
        uses=uses[open_rows],
        room=room[open_rows],
        alpha=alpha,
    )
    found, method = balanced_levels(wishes)
    level, left = np.full(room.size, np.inf), room.copy()
    filled[chosen] = wishes.filled(found)
    level[open_rows], left[open_rows] = found, wishes.room - wishes.taken(filled[chosen])
    return _Answer(filled, level, left, method)


def _beyond_rounding(left: Array, limit: Array) -> Array:
    """Return what is left of the limits, 0 where it is no more than rounding leaves."""
    return np.where(left > SPARE * limit, left, 0.0)


def _able(pieces: Pieces, room: Array) -> NDArray[np.bool_]:
    """Return which pieces need nothing that there is none of."""
    needs: NDArray[np.bool_] = pieces.uses[room <= 0] > 0
    return np.asarray(~needs.any(axis=0))[pieces.kind]


def _proof(
    problem: Problem, alpha: float, start: Start, pieces: Pieces, answer: _Answer, served: Array
) -> tuple[float, float]:
    """Return what a plan is worth, and the dual objective at the prices in the same terms.

    The dual objective exceeds that of the plan by what the best answers to the prices are worth more than the plan,
    and the price of what they leave. Both are taken as shares of the weighted mean of coverage^(1 - alpha).
    """
    regions, length = len(problem.regions), np.where(_able(pieces, start.room), pieces.length, 0.0)
    most = start.served + np.bincount(pieces.region, length, regions)
    counted = (problem.value > 0) & (most > 0)
    if not counted.any():
        return 0.0, 0.0
    demand, value = problem.demand[counted], problem.value[counted]
    weight, everyone = demand * value, math.fsum((demand * value).tolist())
    wished = start.served + np.bincount(pieces.region, answer.filled, regions)
    now, best, top = (persons[counted] / demand for persons in (served, wished, most))
    worth = equal_worth(now, weight, alpha)
    most_worth = max(worth, equal_worth(top, weight, alpha))
    if answer.method == NOTHING_TO_CHOOSE:
        return worth * everyone, most_worth * everyone
    with np.errstate(divide="ignore"):
        size = np.log(weight / problem.value.max()) + (1 - alpha) * np.log(now)
    if not np.isfinite(size).all():
        return worth * everyone, most_worth * everyone
    whole = float(np.logaddexp.reduce(size))
    gain = math.fsum((np.exp(size - whole) * _growth(best / now, alpha)).tolist())
    priced = np.isfinite(answer.level)
    gain += math.fsum((np.exp(-alpha * answer.level[priced] - whole) * answer.left[priced]).tolist())
    bound = min(bettered(worth, max(0.0, gain), alpha), most_worth)
    return worth * everyone, bound * everyone


def _growth(ratio: Array, alpha: float) -> Array:
    """Return by how much U grows with coverage times a ratio, as a share of coverage^(1 - alpha)."""
    logs = np.log(ratio)
    return np.asarray(logs if alpha == 1 else np.expm1((1 - alpha) * logs) / (1 - alpha))
