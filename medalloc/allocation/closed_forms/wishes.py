"""Alpha-fair wishes: how many persons every piece would serve at given prices of the limits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from medalloc.allocation.closed_forms.pieces import Integers
from medalloc.allocation.problem import Array

LARGEST = 700.0
"""Largest exponent whose power is still a number."""


@dataclass(frozen=True)
class Wishes:
    """How many persons of every piece are served at given prices of the limits.

    A price is held as its level y, with price = exp(-alpha * y): the level is a coverage, on a logarithmic scale, so
    no alpha makes it too large or too small a number. No price at all is an infinite level.
    """

    demand: Array
    """Logarithm of the demand of the region, shape (n_pieces,)."""

    value: Array
    """Logarithm of the value of serving a person, shape (n_pieces,)."""

    bottom: Array
    """Persons served below the piece, shape (n_pieces,). [persons]"""

    length: Array
    """Persons it can serve, shape (n_pieces,). [persons]"""

    group: Integers
    """Which column of `uses` it takes, shape (n_pieces,)."""

    uses: Array
    """What one person takes from every limit, shape (n_limits, n_groups)."""

    room: Array
    """What there is of every limit, above 0, shape (n_limits,)."""

    alpha: float
    """Above 0."""

    @cached_property
    def rate(self) -> Array:
        """Logarithm of demand times value to the power 1/alpha, shape (n_pieces,)."""
        return self.demand + self.value / self.alpha

    @cached_property
    def size(self) -> Array:
        """What of every limit is reckoned with, shape (n_limits,): rounding is a share of this."""
        return self.room + self.taken(self.bottom)

    def wanted(self, level: Array) -> Array:
        """Return the persons up to whom a region would go in every piece, its ends aside, shape (n_pieces,)."""
        # an infinite price needs no more than the largest number
        return np.exp(np.minimum(self.rate + self._common(self._exponents(level))[self.group], LARGEST))

    def filled(self, level: Array) -> Array:
        """Return the persons served in every piece, shape (n_pieces,)."""
        return np.clip(self.wanted(level) - self.bottom, 0.0, self.length)

    def taken(self, filled: Array) -> Array:
        """Return what is taken from every limit, shape (n_limits,)."""
        return np.asarray(self.uses @ np.bincount(self.group, filled, self.uses.shape[1]))

    def slopes(self, level: Array) -> tuple[Array, Array]:
        """Return what is taken, and how it changes with every level, shape (n_limits, n_limits): rows are limits."""
        wanted = self.wanted(level)
        filled = np.clip(wanted - self.bottom, 0.0, self.length)
        moving = np.where((filled > 0) & (filled < self.length), wanted, 0.0)
        exponents = self._exponents(level)
        whole = np.logaddexp.reduce(exponents, axis=0)
        share = np.exp(exponents - np.where(np.isfinite(whole), whole, 0.0))
        return self.taken(filled), (self.uses * np.bincount(self.group, moving, self.uses.shape[1])) @ share.T

    def _exponents(self, level: Array) -> Array:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(self.uses) - self.alpha * level[:, None])

    def _common(self, exponents: Array) -> Array:
        return np.asarray(-np.logaddexp.reduce(exponents, axis=0) / self.alpha)
