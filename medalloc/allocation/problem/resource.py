"""Something counted that care consumes: what there is of it, what it costs, and what may be done with it."""

from dataclasses import dataclass

HOURS_A_YEAR = 8760.0
"""365 days. [hours]"""


@dataclass(frozen=True)
class Resource:
    """What is placed, such as beds. Its values are checked where a problem is made of it.

    Examples
    --------
    >>> nurses = Resource("nurses", stock=40, requirement=0.5, stands_in_for="doctors", productivity=0.6)
    >>> nurses.is_moved, nurses.whole
    (False, False)
    """

    name: str
    """What it is called, such as ``beds``."""

    stock: float
    """How much there is to place. [units]"""

    requirement: float = 1.0
    """What one served person uses, above 0. [units/person]"""

    unit_cost: float = 0.0
    """What placing one unit takes from the budget. [money/unit]"""

    space: float = 0.0
    """Room that one placed unit takes in its region, in whatever the region's space is counted. [space/unit]"""

    whole: bool = False
    """Whether only whole units can be placed or moved."""

    movable: float = 0.0
    """Largest share of all existing units that may be taken from where they are to another region. [fraction]"""

    move_cost: float = 0.0
    """What moving one existing unit takes from the budget. [money/unit]"""

    stands_in_for: str = ""
    """Resource whose work its units can do as well; none when empty."""

    productivity: float = 1.0
    """How many units of that resource one unit replaces, above 0. [units/unit]"""

    stand_in_share: float = 1.0
    """Largest share of what a served person needs of that resource which may be done this way. [fraction]"""

    length_of_stay: float | None = None
    """Mean time a person keeps a unit busy, for waits; None where nobody queues for it. [hours]"""

    @property
    def is_moved(self) -> bool:
        """Whether existing units may be moved."""
        return self.movable > 0
