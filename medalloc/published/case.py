"""One published number: what is expected, what is obtained, how far apart they are."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A number that somebody else published, and how it is obtained here."""

    name: str
    """The method, by the name it has in the literature."""

    inputs: str
    """What it was asked for, in short."""

    expected: float
    """The published number."""

    digits: int
    """Decimal places to which it was published."""

    source: str
    """Where it was published."""

    obtain: Callable[[], float]
    """Computes the same number here."""


@dataclass(frozen=True)
class Check:
    """A case with the number that was obtained."""

    case: Case
    """What was checked."""

    obtained: float
    """The number computed here."""

    @property
    def difference(self) -> float:
        """Obtained less expected."""
        return self.obtained - self.case.expected

    @property
    def agrees(self) -> bool:
        """Whether both are the same to the digits that were published."""
        return abs(self.difference) <= 0.5001 * 10.0**-self.case.digits

    def to_json(self) -> dict[str, object]:
        """Return the check as plain values."""
        return {
            "name": self.case.name,
            "inputs": self.case.inputs,
            "expected": self.case.expected,
            "obtained": self.obtained,
            "difference": self.difference,
            "agrees": self.agrees,
            "source": self.case.source,
        }


def checked(case: Case) -> Check:
    """Compute a case."""
    return Check(case, float(case.obtain()))
