"""Every published case that is checked."""

from medalloc.published.case import Case, Check, checked
from medalloc.published.fairness import FAIR_SHARES, INEQUALITY, STOCK
from medalloc.published.measures import INTERVALS, PROBABILITIES, SHARES
from medalloc.published.newsvendors import PRODUCTS
from medalloc.published.plans import PLANS
from medalloc.published.priority import RESERVES, SCORES
from medalloc.published.surge import SURGE
from medalloc.published.waiting import LISTS, STAFFING, WAITING

CASES: tuple[Case, ...] = (
    *(*WAITING, *STAFFING, *LISTS, *INEQUALITY, *FAIR_SHARES, *STOCK, *PRODUCTS, *SURGE),
    *(*SHARES, *PROBABILITIES, *INTERVALS, *SCORES, *RESERVES, *PLANS),
)
"""In the order in which they are shown."""


def check_all() -> tuple[Check, ...]:
    """Compute every case.

    Examples
    --------
    >>> all(each.agrees for each in check_all())
    True
    """
    return tuple(checked(case) for case in CASES)
