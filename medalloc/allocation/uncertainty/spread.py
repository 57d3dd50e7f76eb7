"""Sampled futures where all that is known of demand is how much is expected and how uncertain that is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from medalloc.allocation.problem import Array
from medalloc.allocation.problem.checks import numbers
from medalloc.allocation.problem.scalars import is_number
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence


def spread_futures(
    regions: Sequence[str], mean: ArrayLike, *, cv: float, common: float = 0.5, samples: int = 200, seed: int = 0
) -> Futures:
    """Return futures around an expected demand, by a coefficient of variation that holds for every region.

    Parameters
    ----------
    regions : sequence of str
        Names, each once.
    mean : array of shape (n_regions,)
        Expected demand, at least 0. [persons/period]
    cv : float
        Standard deviation over mean of every region's demand, at least 0; 0 gives the expected demand itself. [1]
    common : float
        How far all regions move together: the correlation of the logarithms of any two demands, from 0, where they are
        independent, to 1, where all rise and fall by the same share. [fraction]
    samples : int
        Number of futures, at least 1. [count]
    seed : int
        At least 0; the same seed gives the same futures.

    Raises
    ------
    InputError
        With every impossible value at once.

    Notes
    -----
    Log-normal: ``mean * exp(s * (sqrt(common) * Z + sqrt(1 - common) * Z_r) - s**2 / 2)`` with ``s**2 = log(1 +
    cv**2)`` and standard normal Z for all regions and Z_r for each. Demand is never negative, has this mean and this
    coefficient of variation whatever the common part, and is skewed: much more than expected is likelier than as much
    less. The normals are a Latin hypercube sample [1]_, so that mean and variation are kept closely with few futures.

    References
    ----------
    .. [1] M. D. McKay, R. J. Beckman and W. J. Conover, A comparison of three methods for selecting values of input
       variables, Technometrics 21, 1979.

    Examples
    --------
    >>> futures = spread_futures(("North", "South"), [300, 100], cv=0.2, samples=1000)
    >>> futures.mean.round().tolist(), (futures.demand.std(axis=0) / futures.mean).round(2).tolist()
    ([300.0, 100.0], [0.2, 0.2])
    """
    expected = numbers(mean)
    faults = _faults(cv, common, samples, seed)
    if expected is None or expected.shape != (len(regions),) or not (np.isfinite(expected) & (expected >= 0)).all():
        faults.append(
            sentence(
                "Expected demand: give a finite number of at least 0 for each of these regions: {regions}.",
                regions=listed(regions),
            )
        )
    if faults or expected is None:
        raise InputError(*faults)
    normal = _stratified_normals(samples, 1 + len(regions), seed)
    variance = np.log1p(cv**2)
    moved = np.sqrt(common) * normal[:, :1] + np.sqrt(1 - common) * normal[:, 1:]
    return Futures(tuple(regions), expected * np.exp(np.sqrt(variance) * moved - variance / 2))


def _stratified_normals(samples: int, columns: int, seed: int) -> Array:
    """Return standard normals, one in each of as many equally likely slices, in random order in every column."""
    draw = np.random.default_rng(seed)
    slices = draw.permuted(np.tile(np.arange(samples)[:, None], (1, columns)), axis=0)
    # Neither end of a slice, whose quantile may be infinite.
    within = np.clip(draw.random((samples, columns)), 1e-6, 1 - 1e-6)
    return np.asarray(ndtri((slices + within) / samples))


def _faults(cv: float, common: float, samples: int, seed: int) -> list[Sentence]:
    faults = []
    if not is_number(cv) or cv < 0:
        faults.append(
            sentence(
                "The coefficient of variation is {found}; give a number of at least 0 (0.3 means 30%).", found=str(cv)
            )
        )
    if not is_number(common) or not 0 <= common <= 1:
        faults.append(sentence("The common part is {found}; give a fraction from 0 to 1.", found=str(common)))
    for name, found, least in (("samples", samples, 1), ("seed", seed, 0)):
        if not is_number(found) or int(found) != found or found < least:
            faults.append(
                sentence(
                    "“{name}” is {found}; give a whole number of at least {least}.",
                    name=name,
                    found=str(found),
                    least=least,
                )
            )
    return faults
