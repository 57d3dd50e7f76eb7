"""What "best" means, as text that can be saved: the one place that reads it."""

import math
from dataclasses import dataclass
from typing import NewType

from medalloc.sentences import Sentence, sentence

Policy = NewType("Policy", str)
"""The text of a policy, such as ``most-served`` or ``alpha:2``."""

POLICIES: tuple[Policy, ...] = tuple(
    Policy(name) for name in ("per-head", "proportional", "most-served", "max-min", "today")
)
"""Every policy that has a name of its own; beside them there is ``alpha:A`` for every number A of at least 0."""

MOST_SERVED = Policy("most-served")
"""What is best unless something else is asked for."""

RULES = ("per-head", "proportional")
"""The rules of thumb."""

ALPHA = "alpha"


@dataclass(frozen=True)
class Aim:
    """A policy, taken apart."""

    name: str
    """One of `POLICIES`, or ``alpha``."""

    alpha: float | None = None
    """How much the worse off count for more: 0 not at all, towards infinity they alone; None unless alpha-fair."""

    @property
    def policy(self) -> Policy:
        """The text that `aim_of` reads."""
        return Policy(self.name if self.alpha is None else f"{ALPHA}:{self.alpha:.17g}")


def aim_of(policy: str) -> Aim:
    """Return what the text of a policy asks for; alpha 0 is what `most-served` asks for.

    Raises
    ------
    ValueError
        If it is no policy; `policy_fault` says so in words.

    Examples
    --------
    >>> aim_of("alpha:2"), aim_of("alpha:0").name
    (Aim(name='alpha', alpha=2.0), 'most-served')
    """
    if policy in POLICIES:
        return Aim(policy)
    name, colon, number = policy.partition(":")
    if name != ALPHA or not colon:
        raise ValueError(policy)
    alpha = float(number)
    if not (math.isfinite(alpha) and alpha >= 0):
        raise ValueError(policy)
    return Aim("most-served") if alpha == 0 else Aim(ALPHA, alpha)


def policy_fault(found: object) -> Sentence | None:
    """Return what is wrong with something that should be the text of a policy."""
    try:
        aim_of(found if isinstance(found, str) else "")
    except ValueError:
        return sentence(
            "“{found}” is no policy; use one of: {policies}, or alpha:A with a number A of at least 0.",
            found=str(found),
            policies=", ".join(POLICIES),
        )
    return None
