"""The rule of a shared workspace: how few people are not told, and to what numbers of people are rounded."""

import os
from dataclasses import dataclass
from typing import Self

from medalloc.errors import InputError
from medalloc.saved import Limits, require
from medalloc.sentences import sentence

FEWEST, ROUNDED_TO = "MEDALLOC_FEWEST", "MEDALLOC_ROUNDED_TO"
"""Variables: the fewest people that are told, and what numbers of people are rounded to."""


@dataclass(frozen=True)
class Rule:
    """How numbers of people are told."""

    fewest: int = 1
    """The fewest people that are told; 1 tells every number. [count]"""

    rounded_to: int = 1
    """Numbers of people are told to the nearest multiple of this; 1 tells them as they are. [count]"""

    def __post_init__(self) -> None:
        """Refuse numbers that can be no rule.

        Raises
        ------
        InputError
            If one of them is below 1.
        """
        limits = Limits(low=1)
        named = {"fewest": self.fewest, "rounded_to": self.rounded_to}
        require(*(limits.fault(name, value) for name, value in named.items() if not limits.hold(value)))

    @property
    def tells_all(self) -> bool:
        """Whether every number is told as it is."""
        return self.fewest == 1 and self.rounded_to == 1

    @classmethod
    def of_environment(cls) -> Self:
        """Return the rule that whoever runs the server has set; every number is told where nothing is set.

        Where only the fewest people are set, numbers are rounded to as many: two tables that are told one after the
        other then do not tell of the few who came or went between them.

        Raises
        ------
        InputError
            If a variable holds no whole number from 1 on.
        """
        fewest = _whole(FEWEST, 1)
        return cls(fewest, _whole(ROUNDED_TO, fewest))


def _whole(variable: str, unsaid: int) -> int:
    said = os.environ.get(variable, "").strip() or str(unsaid)
    if not said.isdecimal() or int(said) < 1:
        raise InputError(
            sentence("{variable} is “{found}”; it must be a whole number from 1 on.", variable=variable, found=said)
        )
    return int(said)
