"""What is asked: how far ahead, by which forecasters."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from medalloc.errors import InputError
from medalloc.networks.training import OPTIMIZERS
from medalloc.saved import one_of, require_form, within
from medalloc.sentences import sentence

VERSION = 1

FEWEST_SEEDS = 3
"""Seeds of a network; one alone says little."""

MOST_SEEDS = 100
MOST_HORIZON = 1000


@dataclass(frozen=True)
class Question:
    """What is asked of a panel; plain data.

    Examples
    --------
    >>> asked = Question(2, ("ridge", "lstm"))
    >>> Question.from_json(asked.to_json()) == asked
    True
    """

    horizon: int = 4
    """Periods to look ahead. [periods]"""

    models: tuple[str, ...] = ("auto",)
    """Forecasters to compare, see `catalogue.candidates`."""

    seeds: int = FEWEST_SEEDS
    """Times that a network learns, each with another start; at least 3. [count]"""

    seed: int = 0
    """The first of them; the same seed gives the same forecast."""

    optimizer: str = "adam"
    """How networks go down the gradient, one of `OPTIMIZERS`."""

    def __post_init__(self) -> None:
        faults = [
            *within("horizon", self.horizon, 1, MOST_HORIZON),
            *within("seeds", self.seeds, 1, MOST_SEEDS),
            *within("seed", self.seed, 0, 2**31 - 1 - MOST_SEEDS),
            *one_of("optimizer", self.optimizer, OPTIMIZERS),
        ]
        if not self.models or not all(isinstance(each, str) for each in self.models):
            faults.append(sentence("“models” is {found}; it must list names of forecasters.", found=repr(self.models)))
        if faults:
            raise InputError(*faults)

    def to_json(self) -> dict[str, Any]:
        """Return the question as plain data with its version."""
        return {"version": VERSION, **asdict(self), "models": list(self.models)}

    @classmethod
    def from_json(cls, data: object) -> "Question":
        """Read a question from plain data.

        Raises
        ------
        InputError
            If its shape or a value is wrong; all faults at once.
        """
        known = [each.name for each in fields(cls)]
        read = require_form(data, sentence("question about what comes"), version=VERSION, known=known)
        return cls(**{name: _tupled(read[name]) for name in known if name in read})


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
