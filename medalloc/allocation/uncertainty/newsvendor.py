"""How much to keep in one place when demand is normally distributed: the closed form."""

from dataclasses import dataclass
from statistics import NormalDist

from medalloc.allocation.problem.scalars import is_number
from medalloc.errors import InputError
from medalloc.sentences import sentence


@dataclass(frozen=True)
class StockLevel:
    """The best level, and what it costs on average."""

    level: float
    """Units to keep. [units]"""

    cost: float
    """Expected cost of what is left over and what is short. [money/period]"""


def newsvendor(holding: float, shortage: float, mean: float, sd: float) -> StockLevel:
    """Return the stock that costs least on average, and its expected cost.

    Parameters
    ----------
    holding : float
        Cost of a unit that is left over, above 0. [money/unit]
    shortage : float
        Cost of a unit that is short, above 0. [money/unit]
    mean : float
        Mean demand. [units/period]
    sd : float
        Standard deviation of demand, at least 0. [units/period]

    Raises
    ------
    InputError
        With every impossible value at once.

    Notes
    -----
    The level is the ``shortage / (shortage + holding)`` quantile of demand, and the cost
    ``(holding + shortage) * sd * density(z)`` at the standard score z of the level. A normal demand can be negative:
    where `sd` is not small beside `mean`, use sampled futures.

    References
    ----------
    .. [1] L. V. Snyder and Z.-J. M. Shen, Fundamentals of Supply Chain Theory, 2nd ed., 2019, section 4.3.

    Examples
    --------
    >>> best = newsvendor(holding=0.18, shortage=0.70, mean=50, sd=8)
    >>> round(best.level, 6), round(best.cost, 6)
    (56.603956, 1.997605)
    """
    given = (("holding", holding), ("shortage", shortage), ("mean", mean), ("sd", sd))
    faults = [
        sentence("“{name}” is {found}; give a finite number.", name=name, found=str(found))
        for name, found in given
        if not is_number(found)
    ]
    faults += [
        sentence("“{name}” is {found}; give a number above 0.", name=name, found=found)
        for name, found in given[:2]
        if is_number(found) and found <= 0
    ]
    if is_number(sd) and sd < 0:
        faults.append(sentence("“{name}” is {found}; give a number of at least 0.", name="sd", found=sd))
    if faults:
        raise InputError(*faults)
    score = NormalDist().inv_cdf(shortage / (shortage + holding))
    return StockLevel(mean + score * sd, (holding + shortage) * sd * NormalDist().pdf(score))
