"""The rule of a shared workspace: how few people are not told, and to what numbers of people are rounded."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from medalloc.disclosure.journal import FileJournal, Journal
from medalloc.errors import refused, require
from medalloc.saved import Limits

FEWEST, ROUNDED_TO = "MEDALLOC_FEWEST", "MEDALLOC_ROUNDED_TO"
"""Variables: the fewest people that are told, and what numbers of people are rounded to."""

EPSILON, REMEMBERED = "MEDALLOC_EPSILON", "MEDALLOC_REMEMBERED"
"""Variables: of the noise that numbers of people are told with, and the file that knows what was told before."""

LEAST_EPSILON, MOST_EPSILON = 0.001, 20.0
"""Noise of thousands of people, and next to none."""


@dataclass(frozen=True)
class Rule:
    """How numbers of people are told."""

    fewest: int = 1
    """The fewest people that are told; 1 tells every number. [count]"""

    rounded_to: int = 1
    """Numbers of people are told to the nearest multiple of this; 1 tells them as they are. [count]"""

    epsilon: float | None = None
    """Numbers of people are told with noise of this epsilon instead (differential privacy); None for none. [1]"""

    remembered: Journal | None = None
    """Where it is written down what was told before; None for nobody who remembers."""

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
        if self.epsilon is not None and not (LEAST_EPSILON <= self.epsilon <= MOST_EPSILON and self.remembered):
            raise refused(
                "{variable} is “{found}”; it must be a number from {low} to {high}, and the variable {file} must "
                "name the file that keeps account of what was told.",
                variable=EPSILON,
                found=self.epsilon,
                low=LEAST_EPSILON,
                high=MOST_EPSILON,
                file=REMEMBERED,
            )

    @property
    def tells_all(self) -> bool:
        """Whether every number is told as it is."""
        return self.fewest == 1 and self.rounded_to == 1 and self.epsilon is None

    @classmethod
    def of_environment(cls, journal: Callable[[], Journal] | None = None) -> Self:
        """Return the rule that whoever runs the server has set; every number is told where nothing is set.

        Where only the fewest people are set, numbers are rounded to as many: two tables that are told one after the
        other then do not tell of the few who came or went between them.

        Parameters
        ----------
        journal : callable, optional
            What gives the journal of the workspace, where numbers are not told as they are and no file is named.

        Raises
        ------
        InputError
            If a variable holds no whole number from 1 on.
        """
        fewest = _whole(FEWEST, 1)
        rounded_to, epsilon, named = _whole(ROUNDED_TO, fewest), _epsilon(), _file()
        if named is None and journal is not None and not (fewest == rounded_to == 1 and epsilon is None):
            named = journal()
        return cls(fewest, rounded_to, epsilon, named)


def _epsilon() -> float | None:
    said = os.environ.get(EPSILON, "").strip()
    try:
        return float(said) if said else None
    except ValueError:
        return float("nan")


def _file() -> Journal | None:
    said = os.environ.get(REMEMBERED, "").strip()
    return FileJournal(Path(said)) if said else None


def _whole(variable: str, unsaid: int) -> int:
    said = os.environ.get(variable, "").strip() or str(unsaid)
    if not said.isdecimal() or int(said) < 1:
        raise refused("{variable} is “{found}”; it must be a whole number from 1 on.", variable=variable, found=said)
    return int(said)
