"""Noise for numbers of people, by whole numbers alone: the discrete Laplace distribution, drawn exactly."""

import hmac
from collections.abc import Iterator
from fractions import Fraction
from math import exp

FINEST = 1000
"""Epsilon is taken in steps of one over this."""


class Bits:
    """Uniform whole numbers from a key and a text: the same ones whenever both are the same (HMAC-SHA-256, counted on).

    Examples
    --------
    >>> one, again = Bits(b"key", b"table"), Bits(b"key", b"table")
    >>> [one.below(10) for _ in range(5)] == [again.below(10) for _ in range(5)]
    True
    """

    def __init__(self, key: bytes, text: bytes) -> None:
        self._blocks = self._of(key, text)
        self._left, self._pool = 0, 0

    @staticmethod
    def _of(key: bytes, text: bytes) -> Iterator[int]:
        own, place = hmac.digest(key, text, "sha256"), 0
        while True:
            yield int.from_bytes(hmac.digest(own, place.to_bytes(8, "big"), "sha256"), "big")
            place += 1

    def below(self, end: int) -> int:
        """Return a whole number from 0 to under `end`, each as likely as any other."""
        width = (end - 1).bit_length()
        while True:
            while self._left < width:
                self._pool = self._pool << 256 | next(self._blocks)
                self._left += 256
            self._left -= width
            drawn = self._pool >> self._left
            self._pool &= (1 << self._left) - 1
            if drawn < end:
                return drawn


def drawn(epsilon: float, bits: Bits) -> int:
    """Return noise of the discrete Laplace distribution: ``P(x)`` falls with ``exp(-epsilon |x|)`` [count].

    Parameters
    ----------
    epsilon : float
        How well people are hidden; taken to a thousandth. [1]

    Notes
    -----
    No rounded number takes part, so that none gives the count away (Mironov 2012).

    References
    ----------
    Canonne C, Kamath G, Steinke T (2020). The discrete Gaussian for differential privacy. NeurIPS 33, algorithm 2.
    """
    rate = Fraction(round(epsilon * FINEST), FINEST)
    while True:
        whole = bits.below(rate.denominator)
        if not _happens(Fraction(whole, rate.denominator), bits):
            continue
        turns = 0
        while _happens(Fraction(1), bits):
            turns += 1
        size = (whole + rate.denominator * turns) // rate.numerator
        is_below = bits.below(2) == 1
        # 0 would otherwise be drawn twice, as it has no sign
        if size or not is_below:
            return -size if is_below else size


def expected_error(epsilon: float) -> float:
    """Return the mean size of that noise. [count].

    Examples
    --------
    >>> round(expected_error(1.0), 3), round(expected_error(0.1), 2)
    (0.851, 9.98)
    """
    return 2 * exp(-epsilon) / (1 - exp(-2 * epsilon))


def _happens(rate: Fraction, bits: Bits) -> bool:
    """Whether something happens that has the chance ``exp(-rate)``, for a rate from 0 to 1 (algorithm 1)."""
    turn = 1
    while bits.below(rate.denominator * turn) < rate.numerator:
        turn += 1
    return turn % 2 == 1
