"""What a network looks like: as data."""

from dataclasses import dataclass
from math import prod
from typing import Annotated, ClassVar

from medalloc.saved import Length, Limits, OneOf, Saved, within
from medalloc.sentences import Sentence, sentence

NOUN = sentence("description of a network")
"""What plain data of networks and of their training is called."""

KINDS = ("mlp", "cnn", "rnn", "lstm")
"""Full layers, convolutions, simple recurrent layers, recurrent layers with long short-term memory."""

RECURRENT = ("rnn", "lstm")
MOST_INPUTS = 10_000_000
MOST_LAYERS = 8
MOST_UNITS = 1024


_SHAPE = Length(1, 2, sentence("one number (features) or two (steps, channels)"))
_LAYERS = Length(1, MOST_LAYERS, sentence("a list of the units of 1 to {most} layers", most=MOST_LAYERS))


@dataclass(frozen=True)
class Architecture(Saved):
    """What a network looks like.

    Examples
    --------
    >>> net = Architecture("lstm", inputs=(26, 2), outputs=4, hidden=(16,))
    >>> Architecture.from_json(net.to_json()) == net
    True
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = NOUN

    kind: Annotated[str, OneOf(KINDS)]
    """One of `KINDS`. ``mlp`` and ``cnn`` take vectors and series, ``rnn`` and ``lstm`` take series."""

    inputs: Annotated[tuple[Annotated[int, Limits(1, MOST_INPUTS)], ...], _SHAPE]
    """Shape of one row: (features,) of a vector, (steps, channels) of a series."""

    outputs: Annotated[int, Limits(1, 10_000)] = 1
    """Numbers that come out for one row. [count]"""

    hidden: Annotated[tuple[Annotated[int, Limits(1, MOST_UNITS)], ...], _LAYERS] = (32,)
    """Units (of a ``cnn``: filters) of each hidden layer, from the inputs on. [count]"""

    kernel: Annotated[int, Limits(1, 1000)] = 3
    """Neighbouring features or steps that a filter of a ``cnn`` sees at once. [count]"""

    def own_faults(self) -> list[Sentence]:
        """Return that there are too many inputs, or that the network takes no vectors."""
        faults = within("inputs", prod(self.inputs), 1, MOST_INPUTS)
        if self.kind in RECURRENT and len(self.inputs) == 1:
            faults.append(
                sentence("A network “{kind}” takes series of shape (steps, channels), not vectors.", kind=self.kind)
            )
        return faults

    @property
    def is_series(self) -> bool:
        """Whether one row is a series."""
        return len(self.inputs) == 2
