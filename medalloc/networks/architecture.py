"""What a network looks like: as data."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import prod
from typing import Any

from medalloc.errors import InputError
from medalloc.saved import one_of, require_form, within
from medalloc.sentences import Sentence, sentence

VERSION = 1

NOUN = sentence("description of a network")
"""What plain data of networks and of their training is called."""

KINDS = ("mlp", "cnn", "rnn", "lstm")
"""Full layers, convolutions, simple recurrent layers, recurrent layers with long short-term memory."""

RECURRENT = ("rnn", "lstm")
MOST_INPUTS = 10_000_000
MOST_LAYERS = 8
MOST_UNITS = 1024


@dataclass(frozen=True)
class Architecture:
    """What a network looks like.

    Examples
    --------
    >>> net = Architecture("lstm", inputs=(26, 2), outputs=4, hidden=(16,))
    >>> Architecture.from_json(net.to_json()) == net
    True
    """

    kind: str
    """One of `KINDS`. ``mlp`` and ``cnn`` take vectors and series, ``rnn`` and ``lstm`` take series."""

    inputs: tuple[int, ...]
    """Shape of one row: (features,) of a vector, (steps, channels) of a series."""

    outputs: int = 1
    """Numbers that come out for one row. [count]"""

    hidden: tuple[int, ...] = (32,)
    """Units (of a ``cnn``: filters) of each hidden layer, from the inputs on. [count]"""

    kernel: int = 3
    """Neighbouring features or steps that a filter of a ``cnn`` sees at once. [count]"""

    def __post_init__(self) -> None:
        faults = [
            *one_of("kind", self.kind, KINDS),
            *_shape_faults(self.inputs),
            *within("outputs", self.outputs, 1, 10_000),
            *_hidden_faults(self.hidden),
            *within("kernel", self.kernel, 1, 1000),
        ]
        if self.kind in RECURRENT and len(self.inputs) == 1:
            faults.append(
                sentence("A network “{kind}” takes series of shape (steps, channels), not vectors.", kind=self.kind)
            )
        if faults:
            raise InputError(*faults)

    @property
    def is_series(self) -> bool:
        """Whether one row is a series."""
        return len(self.inputs) == 2

    def to_json(self) -> dict[str, Any]:
        """Return the description as plain data with its version."""
        return {
            "version": VERSION,
            "kind": self.kind,
            "inputs": list(self.inputs),
            "outputs": self.outputs,
            "hidden": list(self.hidden),
            "kernel": self.kernel,
        }

    @classmethod
    def from_json(cls, data: object) -> "Architecture":
        """Read a description from plain data.

        Raises
        ------
        InputError
            If its shape or a value is wrong; all faults at once.
        """
        known = [each.name for each in fields(cls)]
        read = require_form(data, NOUN, version=VERSION, known=known)
        lacking = [name for name in ("kind", "inputs") if name not in read]
        if lacking:
            raise InputError(sentence("The description of a network lacks: {names}.", names=", ".join(lacking)))
        return cls(**{name: _tupled(read[name]) for name in known if name in read})


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _shape_faults(inputs: Sequence[int]) -> list[Sentence]:
    if isinstance(inputs, tuple) and len(inputs) in (1, 2):
        faults = [fault for size in inputs for fault in within("inputs", size, 1, MOST_INPUTS)]
        return faults or within("inputs", prod(inputs), 1, MOST_INPUTS)
    return [
        sentence("“inputs” is {found}; it must be one number (features) or two (steps, channels).", found=repr(inputs))
    ]


def _hidden_faults(hidden: Sequence[int]) -> list[Sentence]:
    if isinstance(hidden, tuple) and 1 <= len(hidden) <= MOST_LAYERS:
        return [fault for units in hidden for fault in within("hidden", units, 1, MOST_UNITS)]
    return [
        sentence(
            "“hidden” is {found}; it must list the units of 1 to {most} layers.", found=repr(hidden), most=MOST_LAYERS
        )
    ]
