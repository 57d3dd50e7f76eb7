"""What "best" means, as text that can be saved: the one place that reads it."""

import math
from typing import NewType

from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policies.kind import Aim, PolicyKind
from medalloc.allocation.policies.most_served import MOST_SERVED as MOST
from medalloc.sentences import Sentence, sentence

Policy = NewType("Policy", str)
"""The text of a policy, such as ``most-served`` or ``alpha:2``."""

MOST_SERVED = Policy(MOST.kind)
"""What is best unless something else is asked for."""


def kind_of(policy: str) -> PolicyKind:
    """Return what is said of a policy, whatever its number; KeyError if there is none."""
    return CATALOGUE[policy.partition(":")[0]]


def number_of(policy: str) -> float | None:
    """Return the number that goes with a policy, if one does.

    Raises
    ------
    ValueError
        If it is no policy; `policy_fault` says so in words.
    """
    kind, colon, text = policy.partition(":")
    if kind not in CATALOGUE or (colon != "") != (CATALOGUE[kind].number is not None):
        raise ValueError(policy)
    number = float(text) if colon else None
    if number is not None and not (math.isfinite(number) and number >= 0):
        raise ValueError(policy)
    return number


def policy_of(kind: str, number: float) -> Policy:
    """Return the shortest text that `number_of` reads as this number, if this kind of policies has one.

    Examples
    --------
    >>> policy_of("alpha", 2.0), policy_of("max-min", 2.0)
    ('alpha:2', 'max-min')
    """
    has_number = kind in CATALOGUE and CATALOGUE[kind].number is not None
    return Policy(f"{kind}:{number!r}".removesuffix(".0") if has_number else kind)


def aim_of(policy: str) -> Aim:
    """Return what the text of a policy asks for; alpha 0 asks for what `most-served` does.

    Raises
    ------
    ValueError
        If it is no policy.

    Examples
    --------
    >>> aim_of("alpha:2")
    Aim(alpha=2.0, rule=None)
    """
    number = number_of(policy)
    return kind_of(policy).aim(number or 0.0)


def policy_fault(found: object) -> Sentence | None:
    """Return what is wrong with something that should be the text of a policy."""
    try:
        number_of(found if isinstance(found, str) else "")
    except ValueError:
        return sentence(
            "“{found}” is no policy; use one of: {policies}; A is a number of at least 0.",
            found=str(found),
            policies=", ".join(each.written for each in CATALOGUE.values()),
        )
    return None
