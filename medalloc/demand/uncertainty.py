"""How uncertain a region's demand is: who comes as a patient, and whether each of them is in need."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows that demand is summed over."""

    region: Counts
    """Number of the region of each row, shape (rows,)."""

    patient: Counts
    """Number of the patient of each row; the same for rows of one patient, shape (rows,)."""

    weight: Floats
    """Persons each row stands for, shape (rows,). [persons]"""

    chance: Floats
    """Chance of need, shape (rows,). [fraction]"""

    stratum: Counts | None = None
    """Number of the group, within its region, whose persons are known; the region if None, shape (rows,)."""

    count: Floats | None = None
    """Rows alike that each of these stands for; one if None, shape (rows,). [count]"""

    def sums(self, values: Floats, n: int) -> Floats:
        """Return sums of values of all rows, shape (rows,), over n regions."""
        counted = values if self.count is None else values * self.count
        return np.bincount(self.region, counted, n).astype(np.float64)


def table_is_everybody(mean: Floats, upper: Floats, variance: Floats) -> tuple[Counts, Floats, Floats]:
    """Describe the sum of independent draws by a binomial number of equal persons, with the same mean and variance.

    Parameters
    ----------
    mean : ndarray
        Expected sum by region: weights times chances, shape (n,). [persons]
    upper : ndarray
        Sum of squared weights times chances: the variance if every draw were rare, shape (n,). [persons²]
    variance : ndarray
        Variance of the sum, shape (n,). [persons²]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(mean > 0, upper / mean, 1.0)
        chance = 1 - variance / upper
        trials = np.where(chance > 0, np.ceil(mean / unit / chance - 1e-9), 1.0)
    return trials.astype(np.int64), np.clip(mean / unit / trials, 0.0, 1.0), unit


def table_is_a_sample(mean: Floats, people: Floats, effective: Floats) -> tuple[Counts, Floats, Floats]:
    """Draw persons anew and then their need: each is in need with the region's mean chance.

    Parameters
    ----------
    mean : ndarray
        Expected persons in need of each region's population, shape (n,). [persons]
    people : ndarray
        Population, shape (n,). [persons]
    effective : ndarray
        Equally weighted rows that would be as uncertain (Kish's effective sample size), shape (n,). [count]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.
    """
    trials = np.maximum(np.rint(effective), 1.0)
    return trials.astype(np.int64), np.clip(mean / people, 0.0, 1.0), people / trials


def drawn(rows: Rows, mean: Floats, people: Floats | None) -> tuple[Counts, Floats, Floats]:
    """Draw whether each is in need: the rows themselves, or where they are a sample of a population, persons of it.

    Parameters
    ----------
    rows : Rows
        Every region has at least one.
    mean : ndarray
        Expected persons in need by region, shape (n,). [persons]
    people : ndarray, optional
        Population by region, shape (n,). [persons]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.
    """
    total, squared, upper, variance = (
        rows.sums(values, len(mean))
        for values in (
            rows.weight,
            rows.weight**2,
            rows.weight**2 * rows.chance,
            rows.weight**2 * rows.chance * (1 - rows.chance),
        )
    )
    if people is None:
        return table_is_everybody(mean, upper, variance)
    return table_is_a_sample(mean, people, total**2 / squared)


def drawn_with_effects(
    rows: Rows, slope: Floats, variance: Floats, mean: Floats, people: Floats | None, anew: bool
) -> tuple[Counts, Floats, Floats]:
    """Draw what sets a region apart, who comes where that is left to luck, and then their need.

    Parameters
    ----------
    rows : Rows
        Their chances hold the effects of the regions; every region has at least one.
    slope : ndarray
        How a row's chance moves with the effect of its region, shape (rows,). [fraction/log-odds]
    variance : ndarray
        How uncertain each region's effect is, shape (n,). [log-odds²]
    mean : ndarray
        Expected persons in need by region, shape (n,). [persons]
    people : ndarray, optional
        Population by region, shape (n,). [persons]
    anew : bool
        Whether patients are drawn anew; of a population they are drawn in any case, though then row by row.

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for: a binomial with the mean and the variance.
    """
    n = len(mean)
    total = rows.sums(rows.weight, n)
    spread = variance * rows.sums(rows.weight * slope, n) ** 2
    if people is None:
        trials, share, unit = (drawn_anew if anew else drawn)(rows, mean, None)
        if not spread.any():
            return trials, share, unit
        return drawn_at(mean, total, spread + trials * share * (1 - share) * unit**2)
    spread += _luck_of_features(rows, n, anew)
    luck = mean * (1 - mean / people)
    return drawn_at(mean, people, spread * (people / total) ** 2 + luck)


def drawn_at(mean: Floats, people: Floats, variance: Floats) -> tuple[Counts, Floats, Floats]:
    """Draw as many equal persons as have this variance, as `table_is_a_sample` does; one where it is nothing."""
    share = mean / people
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(variance > 0, share * (1 - share) * people**2 / variance, 1.0)
    return table_is_a_sample(mean, people, effective)


def _luck_of_features(rows: Rows, n: int, by_patient: bool) -> Floats:
    """Return the variance of the sums of chances, had others of the same regions come, shape (n,) [persons²]."""
    rests = rows.weight * (rows.chance - _usual(rows))
    if by_patient:
        unit = np.unique(np.stack([rows.region, rows.patient]), axis=1, return_inverse=True)[1].reshape(-1)
    else:
        unit = np.arange(len(rests))
    stratum = rows.region if rows.stratum is None else rows.stratum
    found = rows.sums(np.bincount(unit, rests)[unit] * rests, n)
    strata = np.bincount(np.unique(np.stack([rows.region, stratum]), axis=1)[0], minlength=n)
    # what a mean takes away from its own rows is given back at the usual variance, so that one row is not sure
    squared = rows.sums(rows.weight**2, n)
    weight = squared / rows.sums(np.ones(len(rests)), n)
    free = float(squared.sum() - (strata * weight).sum())
    return found + strata * weight * (float(found.sum()) / free if free > 0 else 0.0)


def drawn_anew(rows: Rows, mean: Floats, people: Floats | None) -> tuple[Counts, Floats, Floats]:
    """Draw each region's patients anew with replacement, and then their need.

    Parameters
    ----------
    rows : Rows
        Every region has at least one.
    mean : ndarray
        Expected persons in need by region, shape (n,). [persons]
    people : ndarray, optional
        Population by region, shape (n,), to which the drawn patients are scaled up; without it their number is what it
        was. [persons]

    Returns
    -------
    trials, chance, unit : ndarray
        Persons drawn, chance of each, and persons each stands for.

    Notes
    -----
    Of ``m`` patients with equal weights and one row each, a patient drawn at random is in need with the mean chance, so
    that the number in need is binomial: the bootstrap needs no drawing. In all other cases the binomial has the mean
    and the variance of the bootstrap, the sum over ``m`` independent patients of what a patient contributes; scaled to
    a population, of what one contributes beyond the mean chance of its stratum (the linearised ratio): how many come of
    each stratum is no matter of luck, as its persons are known.
    """
    n = len(mean)
    pairs, patient = np.unique(np.stack([rows.region, rows.patient]), axis=1, return_inverse=True)
    patient, region = patient.reshape(-1), pairs[0]
    patients = np.bincount(region, minlength=n)
    by_patient = np.bincount(patient, rows.weight * (rows.chance - (0.0 if people is None else _usual(rows))))
    luck = np.bincount(rows.region, rows.weight**2 * rows.chance * (1 - rows.chance), n)
    second = luck + np.bincount(region, by_patient**2, n)
    if people is not None:
        total, share = np.bincount(rows.region, rows.weight, n), mean / people
        with np.errstate(divide="ignore", invalid="ignore"):
            effective = share * (1 - share) * total**2 / second
        return table_is_a_sample(mean, people, np.where(second > 0, effective, patients))
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(mean > 0, second / mean, 1.0)
    return patients.astype(np.int64), np.clip(mean / unit / patients, 0.0, 1.0), unit


def _usual(rows: Rows) -> Floats:
    """Return the mean chance of each row's stratum."""
    _, group = np.unique(rows.region if rows.stratum is None else rows.stratum, return_inverse=True)
    weight = rows.weight if rows.count is None else rows.weight * rows.count
    return np.asarray((np.bincount(group, weight * rows.chance) / np.bincount(group, weight))[group])


def interval(trials: Counts, chance: Floats, unit: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact quantiles between which demand lies with chance `level`."""
    from scipy.stats import binom

    low, high = (binom.ppf(share, trials, chance) * unit for share in ((1 - level) / 2, (1 + level) / 2))
    return np.asarray(np.maximum(low, 0.0)), np.asarray(np.maximum(high, 0.0))
