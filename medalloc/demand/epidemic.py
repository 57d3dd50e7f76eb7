"""How an epidemic spreads by day, and who of it is in hospital: susceptible, infected, recovered."""

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.surge_assumptions import CARE, SurgeAssumptions
from medalloc.errors import InputError
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


def spread(assumed: SurgeAssumptions, contact: Floats) -> Floats:
    """Return susceptible, infected and recovered persons by day, shape (steps + 1, 3).

    Parameters
    ----------
    assumed : SurgeAssumptions
        Who is infected and immune at first, and for how long somebody infects others.
    contact : ndarray
        Share of the susceptible whom one infected person infects in each step, shape (steps,). [fraction/day]
    """
    susceptible, infected = assumed.population - assumed.infected_at_first, assumed.infected_at_first
    immune, recovery = float(assumed.recovered), 1.0 / assumed.infectious_days
    everybody = susceptible + infected + immune
    rows = np.empty((len(contact) + 1, 3))
    rows[0] = susceptible, infected, immune
    for step, rate in enumerate(contact.tolist(), 1):
        new = min(rate * susceptible * infected, susceptible)
        susceptible, infected, immune = (
            susceptible - new,
            new - recovery * infected + infected,
            recovery * infected + immune,
        )
        # rounding must not make persons or lose them
        scale = everybody / (susceptible + infected + immune)
        susceptible, infected, immune = susceptible * scale, infected * scale, immune * scale
        rows[step] = susceptible, infected, immune
    return rows


def in_care(assumed: SurgeAssumptions, persons: Floats) -> tuple[Floats, Floats]:
    """Return admissions and census by day and kind of care, each of shape (days, 3).

    Parameters
    ----------
    assumed : SurgeAssumptions
        Rates, stays and market share.
    persons : ndarray
        Susceptible, infected and recovered by day, shape (days, 3). [persons]
    """
    ever = (persons[:, 1] + persons[:, 2])[:, None] * np.array(assumed.rates) * assumed.market_share
    admissions = np.vstack([np.full(len(CARE), np.nan), np.diff(ever, axis=0)])
    admitted = np.cumsum(np.nan_to_num(admissions), axis=0)
    census = admitted.copy()
    for place, stay in enumerate(assumed.stays):
        census[stay:, place] -= admitted[: max(len(admitted) - stay, 0), place]
    return admissions, census


def days_since_first(assumed: SurgeAssumptions, contact: float) -> int:
    """Return how many days ago the first was admitted, if as many are in hospital today as is said.

    Parameters
    ----------
    assumed : SurgeAssumptions
        Persons in hospital today, and how fast that number grew.
    contact : float
        Share of the susceptible whom one infected person infects while contacts are as usual. [fraction/day]

    Raises
    ------
    InputError
        If there are never as many on one day.
    """
    # long enough for the peak: growth slows down before it, so twice the doublings that would infect everybody
    doublings = 2 * np.log2(assumed.population) + 2
    steps = int(np.ceil(doublings * assumed.doubling_days + assumed.infectious_days + assumed.stays[0]))
    census = in_care(assumed, spread(assumed, np.full(steps, contact)))[1][:, 0]
    peak = int(np.argmax(census))
    if assumed.infected_hospitalized > census[peak]:
        raise InputError(
            sentence(
                "People in hospital today: {found}; under these assumptions there are never more than "
                "{most} on one day. Lower it, or raise the population, the hospital rate or the market "
                "share.",
                found=assumed.infected_hospitalized,
                most=float(census[peak]),
            )
        )
    return int(np.argmin((census[:peak] - assumed.infected_hospitalized) ** 2.0))
