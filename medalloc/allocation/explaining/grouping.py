"""Regions whose reason is the same, told together."""

from collections.abc import Sequence

from medalloc.allocation.explaining.limiting import listed
from medalloc.allocation.plan import Plan
from medalloc.sentences import Sentence


def grouped(plan: Plan, of: Sequence[Sentence]) -> list[tuple[Sentence, tuple[str, ...]]]:
    """Return why regions get no more, each with the regions of which it is true, most people in need first.

    Parameters
    ----------
    plan : Plan
        What is explained.
    of : sequence of Sentence
        Its `reasons`.

    Examples
    --------
    >>> from medalloc.allocation.explaining.reasons import reasons
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> beds = Resource("beds", stock=20)
    >>> plan = solve(Problem(("North", "South", "West"), [30, 10, 9], (beds,), floor=[0, 0.9, 0]))
    >>> for why, regions in grouped(plan, reasons(plan)):
    ...     print(", ".join(regions), why, sep=": ")
    North, West: the stock of beds is used up
    South: its floor of 90% binds
    """
    groups: dict[str, tuple[Sentence, list[int]]] = {}
    for place, each in enumerate(of):
        why = _why(each)
        groups.setdefault(str(why), (why, []))[1].append(place)
    ordered = sorted(groups.values(), key=lambda group: -float(plan.problem.demand[group[1]].sum()))
    return [(why, tuple(plan.problem.regions[place] for place in places)) for why, places in ordered]


def _why(reason: Sentence) -> Sentence:
    """Return of a reason what is not about the units of its own region."""
    parts = [each for name, each in reason.values.items() if name.startswith("part") and isinstance(each, Sentence)]
    why = reason.values.get("why")
    return listed([_why(each) for each in parts]) if parts else why if isinstance(why, Sentence) else reason
