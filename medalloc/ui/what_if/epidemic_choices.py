"""What a visitor has chosen about an epidemic."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EpidemicChoices:
    """Assumptions about an epidemic, and how it changes demand; numbers as they stand in the controls."""

    epidemic_on: bool = False
    """Whether the what-if has the epidemic on top of its demand."""

    epidemic_population: float | None = None
    """Who lives where it spreads; None for everybody in the regions. [persons]"""

    epidemic_today: float = 20.0
    """Who is in hospital because of it today. [persons]"""

    epidemic_doubling: float = 4.0
    """Time in which the infected double while contacts are as usual. [days]"""

    epidemic_reduction: int = 30
    """Contacts that no longer take place. [percent]"""

    epidemic_rate: float = 2.5
    """Infected who are admitted. [percent]"""

    epidemic_stay: int = 7
    """Length of stay in hospital. [days]"""

    epidemic_days: int = 100
    """How far ahead is looked. [days]"""

    epidemic_base: float | None = None
    """Who is in hospital on an ordinary day; None while nobody has said so. [persons]"""

    epidemic_by: str = "peak"
    """Whether demand grows as on the worst day, ``peak``, or as on average, ``mean``."""
