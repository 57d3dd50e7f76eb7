"""An epidemic on top of ordinary demand: who is infected, who lies in hospital, by how much demand grows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.epidemic import MOST_DAYS, Epidemic, outside
from medalloc.errors import InputError
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Course:
    """An epidemic day by day; the first row is the first day, every array has shape (n_days + 1,)."""

    susceptible: Floats
    """Persons who can still be infected. [persons]"""

    infected: Floats
    """Persons who are infectious. [persons]"""

    recovered: Floats
    """Persons who no longer are. [persons]"""

    @property
    def ever_infected(self) -> Floats:
        """Persons who are or were infected [persons]."""
        return self.infected + self.recovered

    @property
    def peak(self) -> int:
        """Day with the most infectious persons [day]."""
        return int(self.infected.argmax())


def course(epidemic: Epidemic, days: int) -> Course:
    """Return the course of an epidemic.

    Parameters
    ----------
    epidemic : Epidemic
        What is known and assumed.
    days : int
        Days to look ahead. [days]

    Notes
    -----
    The SIR model in steps of a day, as CHIME computes it. A doubling time alone says how fast it grows; how fast
    contacts really change is the great unknown of every such curve.

    References
    ----------
    .. [1] W. O. Kermack and A. G. McKendrick, 1927.
    .. [2] COVID-19 Hospital Impact Model for Epidemics (CHIME), University of Pennsylvania.

    Examples
    --------
    >>> made = course(Epidemic(1_000_000, 1, 0.01, 0.1, 2.5, 5, 0.1, 2, 10), 7)
    >>> round(float(made.infected[-1]), 6)
    5661.176365
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(sentence("The days are {found}; give 1 to {most}.", found=days, most=MOST_DAYS))
    recovery = 1 / epidemic.infectious_days
    now = (epidemic.population - epidemic.infected, epidemic.infected, epidemic.recovered)
    everybody = sum(now)
    contact = (2 ** (1 / epidemic.doubling_time) - 1 + recovery) / now[0]
    rows = [now]
    for day in range(days):
        reduced = contact * (1 - epidemic.contact_reduction) if day >= epidemic.reduction_day else contact
        now = _next_day(now, reduced, recovery, everybody)
        rows.append(now)
    susceptible, infected, recovered = np.array(rows).T
    return Course(susceptible, infected, recovered)


def admissions(made: Course, share: float) -> Floats:
    """Return admissions of every day, 0 on the first, shape (n_days + 1,) [persons/day].

    Parameters
    ----------
    made : Course
        The course of an epidemic.
    share : float
        Share of the newly infected who are admitted. [fraction]
    """
    return np.diff(made.ever_infected, prepend=made.ever_infected[0]) * share


def census(admitted: ArrayLike, length_of_stay: int) -> Floats:
    """Return who lies in hospital every day, shape (n_days + 1,) [persons].

    Parameters
    ----------
    admitted : array of float
        Admissions of every day. [persons/day]
    length_of_stay : int
        Days that each of them stays. [days]

    Examples
    --------
    >>> census([2, 3, 4, 0], 2).tolist()
    [2.0, 5.0, 7.0, 4.0]
    """
    if not 1 <= length_of_stay <= MOST_DAYS:
        raise InputError(
            sentence("The length of stay is {found} days; give 1 to {most}.", found=length_of_stay, most=MOST_DAYS)
        )
    total = np.cumsum(np.asarray(admitted, dtype=np.float64))
    left = np.concatenate([np.zeros(length_of_stay), total])[: len(total)]
    return np.asarray(total - left)


def multiplier(extra: ArrayLike, ordinary: float) -> Floats:
    """Return by how much demand is multiplied, at least 1, same shape as `extra`.

    Parameters
    ----------
    extra : array of float
        Who lies in hospital because of the epidemic, every day. [persons]
    ordinary : float
        Who would lie there without it, in all regions together, above 0. [persons]

    Examples
    --------
    >>> multiplier([0, 50, 200], 100).tolist()
    [1.0, 1.5, 3.0]
    """
    faults = outside(sentence("ordinary demand"), ordinary, 0, np.inf)
    if faults:
        raise InputError(*faults)
    return np.asarray(1 + np.asarray(extra, dtype=np.float64) / ordinary)


def with_surge(demand: ArrayLike, by: float | Floats) -> Floats:
    """Return any demand with a surge on top: of regions, of periods ahead, of sampled futures.

    Parameters
    ----------
    demand : array of float
        Demand, shape (..., n_regions). [persons/period]
    by : float or ndarray
        What `multiplier` gave: of one day, or of several, shape (n_days,).

    Returns
    -------
    ndarray
        Same shape; of several days, shape (n_days, ..., n_regions). The regions keep their shares.
    """
    plain = np.asarray(demand, dtype=np.float64)
    return np.asarray(np.multiply.outer(np.asarray(by, dtype=np.float64), plain))


def weekly(by: Floats) -> Floats:
    """Return the mean multiplier of every full week, shape (n_days // 7,).

    Examples
    --------
    >>> weekly(np.array([1.0] * 7 + [2.0] * 7 + [9.0])).tolist()
    [1.0, 2.0]
    """
    weeks = len(by) // 7
    return np.asarray(by[: 7 * weeks].reshape(weeks, 7).mean(axis=1))


def course_frame(made: Course, columns: Sequence[tuple[str, Floats]] = ()) -> pd.DataFrame:
    """Return the course as a table, a row a day, with further columns behind it."""
    return pd.DataFrame(
        {
            "day": np.arange(len(made.infected)),
            "susceptible": made.susceptible,
            "infected": made.infected,
            "recovered": made.recovered,
            **dict(columns),
        }
    )


def _next_day(
    now: tuple[float, float, float], contact: float, recovery: float, everybody: float
) -> tuple[float, float, float]:
    susceptible, infected, recovered = now
    # a day is a long step: more cannot fall ill than are left
    new = min(contact * susceptible * infected, susceptible)
    after = (susceptible - new, new - recovery * infected + infected, recovery * infected + recovered)
    scale = everybody / sum(after)
    return after[0] * scale, after[1] * scale, after[2] * scale
