"""A surge as a scenario: ordinary demand times what the epidemic adds to it."""

from collections.abc import Iterable

from medalloc.demand.surge import Measure, Surge, demand_factor
from medalloc.scenarios.change import Change, Scenario


def surge_scenario(
    name: str,
    surge: Surge,
    base: float,
    *,
    regions: Iterable[str] = (),
    care: str = "hospital",
    by: Measure = "peak",
    first_day: int = 0,
    last_day: int | None = None,
) -> Scenario:
    """Return the scenario in which demand is as high as in a surge.

    Parameters
    ----------
    base : float
        Persons in the same care on an ordinary day, in all the places that the surge is in. [persons]
    regions : iterable of str
        Where the surge is; everywhere when left out.
    care, by, first_day, last_day
        As in `medalloc.demand.surge.demand_factor`.

    Raises
    ------
    InputError
        With everything that `demand_factor` finds wrong.

    Examples
    --------
    >>> from medalloc.demand.surge import surge
    >>> from medalloc.demand.surge_assumptions import SurgeAssumptions
    >>> made = surge(SurgeAssumptions(population=100_000, infected_hospitalized=20))
    >>> [str(change.sentence) for change in surge_scenario("wave", made, base=245, regions=["North"]).changes]
    ['demand (North): times 2.58']
    """
    factor = demand_factor(surge, base, care=care, by=by, first_day=first_day, last_day=last_day)
    return Scenario(name, tuple(Change("demand", factor=factor, region=each) for each in tuple(regions) or (None,)))
