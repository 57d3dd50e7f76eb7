"""Several limits that count at once: the same steps of gain, chosen by a linear program."""

import numpy as np

from medalloc.allocation.problem import Array
from medalloc.allocation.uncertainty.marginal import Placed
from medalloc.allocation.uncertainty.room import Room, drawn_back, expected_served, limits_of, taken_by
from medalloc.allocation.uncertainty.stretches import Stretches, stretches_of

TOLERANCE = 1e-10
"""Feasibility in the scaled program."""


def most_within_all(room: Room, ordered: Array, value: Array) -> Placed:
    """Return the capacity that serves the most on average within every limit.

    Parameters
    ----------
    room : Room
        The choice.
    ordered : array of shape (n_regions, n_futures)
        Demands of every region from small to large. [persons/period]
    value : array of shape (n_regions,)
        What serving one person counts for. [1]

    Raises
    ------
    RuntimeError
        If the solver reports anything but an optimum, which always exists: a bug.

    Notes
    -----
    A region's capacity is cut where a future's demand is met and where existing units of a resource run out. Going up,
    each piece is used with a smaller chance and takes more, so the program has one column a piece and one row a limit:
    the same optimum as the program with a column and a row for every region and future. Of several optima the solver's
    is taken.
    """
    pieces = stretches_of(room, ordered)
    gain = value[pieces.region] * _chance(pieces, ordered)
    begun = float(value @ expected_served(room, room.lower))
    if not (gain > 0).any():
        return Placed(room.lower, begun)
    spare = np.maximum(0.0, limits_of(room.problem) - taken_by(room.problem, room.lower))
    amounts, price = _optimum(gain, pieces, spare)
    added = np.bincount(pieces.region, weights=amounts, minlength=room.lower.size)
    # For any prices at all, no plan can be worth more than this.
    surplus = np.maximum(0.0, gain - price @ pieces.uses)
    return Placed(drawn_back(room, room.lower + added), begun + float(price @ spare + surplus @ pieces.length))


def _chance(pieces: Stretches, ordered: Array) -> Array:
    """Return the share of futures with more demand than lies below each piece, shape (n_pieces,)."""
    starts = np.searchsorted(pieces.region, np.arange(len(ordered) + 1))
    met = [
        np.searchsorted(demands, pieces.bottom[first:last], side="right")
        for demands, first, last in zip(ordered, starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]
    return np.asarray(1 - np.concatenate(met) / ordered.shape[1])


def _optimum(gain: Array, pieces: Stretches, spare: Array) -> tuple[Array, Array]:
    """Return how much of every piece is taken, and the prices of the limits."""
    from scipy.optimize import linprog

    # Every row and the amounts are brought near 1, so that the solver's absolute tolerances are shares.
    tallest = pieces.tallest
    scale = float(pieces.length.max())
    found = linprog(
        -gain / gain.max(),
        A_ub=pieces.uses / tallest[:, None],
        b_ub=spare / tallest / scale,
        bounds=[(0.0, length) for length in (pieces.length / scale).tolist()],
        method="highs",
        options={"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE},
    )
    if found.status != 0:
        raise RuntimeError(f"HiGHS stopped with: {found.message}")
    price = np.maximum(0.0, -np.asarray(found.ineqlin.marginals)) * gain.max() / tallest
    return np.clip(np.asarray(found.x) * scale, 0.0, pieces.length), price
