"""What a board promised, as sentences that a plan keeps or breaks: “coverage of Kono >= 60%”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medalloc.allocation.plan import Plan
from medalloc.errors import InputError
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


def promised(text: str, plan: Plan) -> Promise:
    """Return whether a plan keeps a promise.

    Parameters
    ----------
    text : str
        ``WHAT >= NUMBER`` or ``<=``. WHAT is ``coverage`` (of all), ``lowest coverage``, ``served``, ``unmet``,
        ``spent``, ``left RESOURCE``, ``coverage of REGION``, ``served in REGION``, ``unmet in REGION``, or
        ``RESOURCE in REGION`` for all units there, existing and placed. Coverage is a fraction or in percent.

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
    value = _value(found["what"], plan)
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


def promises(texts: Sequence[str], plan: Plan) -> tuple[Promise, ...]:
    """Return every promise; one that cannot be told is broken, and says why."""
    return tuple(_told(each, plan) for each in texts)


def _told(text: str, plan: Plan) -> Promise:
    try:
        return promised(text, plan)
    except InputError as error:
        return Promise(text, None, kept=False, said=error.said)


def _value(what: str, plan: Plan) -> float | None:
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
            row = _row(words[len(name) + 4 :], plan)
            return None if row is None else float(problem.existing[row, place] + plan.units[row, place])
    for start, numbers in (("coverage of ", plan.coverage), ("served in ", plan.served), ("unmet in ", plan.unmet)):
        if words.lower().startswith(start):
            row = _row(words[len(start) :], plan)
            return None if row is None else float(numbers[row])
    return None


def _row(region: str, plan: Plan) -> int | None:
    named = [each.strip().lower() for each in plan.problem.regions]
    return named.index(region.strip().lower()) if region.strip().lower() in named else None


def _not_understood(text: str) -> InputError:
    return InputError(
        sentence(
            "“{text}” is no promise that can be checked; write for example “coverage >= 70%”, “coverage of REGION >= "
            "60%”, “RESOURCE in REGION >= 40”, “lowest coverage >= 50%”, “unmet <= 1000” or “left RESOURCE <= 10”.",
            text=text,
        )
    )
