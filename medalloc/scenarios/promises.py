"""What a board promised, as sentences that a plan keeps or breaks: “coverage of Kono >= 60%”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medalloc.allocation.plan import Plan, coverage_of
from medalloc.allocation.scorecard.region_groups import NO_GROUPS, Groups, regions_of
from medalloc.errors import InputError, refused
from medalloc.sentences import Sentence, sentence

WRITTEN = re.compile(
    r"\s*(?P<what>.+?)\s*(?P<sign><=|>=|≤|≥|<|>|=)\s*(?P<number>-?\d+(?:[.,]\d+)?)\s*(?P<percent>%?)\s*"
)

DUST = 1e-9
"""By which a number may miss what was promised, relative to it."""


@dataclass(frozen=True)
class Promise:
    """One promise and whether a plan keeps it."""

    text: str
    """As it was written."""

    value: float | None
    """What the plan gives; None where it cannot be told."""

    kept: bool
    """Whether the promise is kept."""

    said: Sentence
    """Both in words."""


def promised(text: str, plan: Plan, groups: Groups = NO_GROUPS) -> Promise:
    """Return whether a plan keeps a promise.

    Parameters
    ----------
    text : str
        ``WHAT >= NUMBER`` or ``<=``. WHAT is ``coverage`` (of all), ``lowest coverage``, ``served``, ``unmet``,
        ``spent``, ``left RESOURCE``, ``coverage of REGION``, ``served in REGION``, ``unmet in REGION``, or
        ``RESOURCE in REGION`` for all units there, existing and placed. Coverage is a fraction or in percent.
    groups : mapping, optional
        Groups of regions, any of which may stand in the place of a region.

    Raises
    ------
    InputError
        If it is not written so, or names what the plan does not have.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> plan = solve(Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),)))
    >>> for text in ("coverage of South >= 60%", "beds in North >= 15", "lowest coverage >= 0.5"):
    ...     print(promised(text, plan).said)
    Broken: coverage of South >= 60%; it is 50%.
    Kept: beds in North >= 15; it is 15.
    Kept: lowest coverage >= 0.5; it is 0.5.
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise _not_understood(text)
    value = _value(found["what"], plan, groups)
    if value is None:
        raise _not_understood(text)
    number = float(found["number"].replace(",", ".")) / (100 if found["percent"] else 1)
    slack, sign = DUST * max(1.0, abs(number)), found["sign"]
    kept = (
        abs(value - number) <= slack
        if sign == "="
        else value >= number - slack
        if sign in (">=", "≥", ">")
        else value <= number + slack
    )
    shown = sentence("{percent}%", percent=round(100 * value, 2)) if found["percent"] else round(value, 4)
    template = sentence("Kept: {text}; it is {value}.") if kept else sentence("Broken: {text}; it is {value}.")
    return Promise(text, value, kept, Sentence(template.template, {"text": text.strip(), "value": shown}))


def promises(texts: Sequence[str], plan: Plan, groups: Groups = NO_GROUPS) -> tuple[Promise, ...]:
    """Return every promise; one that cannot be told is broken, and says why."""
    return tuple(_told(each, plan, groups) for each in texts)


def _told(text: str, plan: Plan, groups: Groups) -> Promise:
    try:
        return promised(text, plan, groups)
    except InputError as error:
        return Promise(text, None, kept=False, said=error.said)


def _value(what: str, plan: Plan, groups: Groups) -> float | None:
    problem, words = plan.problem, what.strip()
    whole = {
        "coverage": plan.total_coverage,
        "coverage of all": plan.total_coverage,
        "lowest coverage": plan.lowest_coverage,
        "served": float(plan.served.sum()),
        "unmet": float(plan.unmet.sum()),
        "spent": plan.spent,
    }
    if words.lower() in whole:
        return whole[words.lower()]
    for place, name in enumerate(problem.resource_names):
        if words.lower() == f"left {name}".lower():
            return float(plan.left[place])
        if words.lower().startswith(f"{name} in ".lower()):
            rows = _rows(words[len(name) + 4 :], plan, groups)
            there = problem.existing[:, place] + plan.units[:, place]
            return None if rows is None else float(there[rows].sum())
    for start, numbers in (("served in ", plan.served), ("unmet in ", plan.unmet)):
        if words.lower().startswith(start):
            rows = _rows(words[len(start) :], plan, groups)
            return None if rows is None else float(numbers[rows].sum())
    if words.lower().startswith("coverage of "):
        rows = _rows(words[len("coverage of ") :], plan, groups)
        return None if rows is None else _coverage(plan, rows)
    return None


def _coverage(plan: Plan, rows: list[int]) -> float:
    if len(rows) == 1:
        return float(plan.coverage[rows[0]])
    served, demand = plan.served[rows].sum(keepdims=True), plan.problem.demand[rows].sum(keepdims=True)
    return float(coverage_of(served, demand)[0])


def _rows(named: str, plan: Plan, groups: Groups) -> list[int] | None:
    """Return where the region of this name is, or those of the group; None where there is neither."""
    places = {each.strip().lower(): place for place, each in enumerate(plan.problem.regions)}
    if named.strip().lower() in places:
        return [places[named.strip().lower()]]
    members = regions_of(named, groups) or ()
    return [places[each.strip().lower()] for each in members if each.strip().lower() in places] or None


def _not_understood(text: str) -> InputError:
    return refused(
        "“{text}” is no promise that can be checked; write for example “coverage >= 70%”, “coverage of REGION >= "
        "60%”, “coverage of COLUMN=VALUE >= 60%”, “coverage of the lowest fifth of COLUMN >= 60%”, “RESOURCE in "
        "REGION >= 40”, “lowest coverage >= 50%”, “unmet <= 1000” or “left RESOURCE <= 10”.",
        text=text,
    )
