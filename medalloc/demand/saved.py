"""Assumptions as plain data: which numbers are acceptable, and what is wrong with a saved form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real

import numpy as np

from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Limits:
    """What a number must be."""

    low: float = 0.0
    """Smallest value."""

    high: float = np.inf
    """Largest value."""

    above: bool = False
    """Whether it must be above `low`."""

    whole: bool = False
    """Whether it must be a whole number."""

    def hold(self, found: object) -> bool:
        """Return whether a value is acceptable; True and False are no numbers."""
        if isinstance(found, bool | np.bool_) or not isinstance(found, Real) or not np.isfinite(float(found)):
            return False
        number = float(found)
        if number > self.high or number < self.low or (self.above and number == self.low):
            return False
        return not self.whole or number.is_integer()

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        sort = sentence("whole number") if self.whole else sentence("number")
        if self.high == np.inf:
            if self.above:
                return sentence("{sort} above {low}", sort=sort, low=self.low)
            return sentence("{sort} of at least {low}", sort=sort, low=self.low)
        if self.above:
            return sentence("{sort} above {low} and at most {high}", sort=sort, low=self.low, high=self.high)
        return sentence("{sort} from {low} to {high}", sort=sort, low=self.low, high=self.high)


def number_faults(values: Mapping[str, object], limits: Mapping[str, Limits]) -> list[Sentence]:
    """Return every value that is outside its limits, by its name in words."""
    return [
        sentence(
            "“{name}” is {found}; give a {expected}.",
            name=name.replace("_", " "),
            found=repr(values[name]),
            expected=limit.sentence,
        )
        for name, limit in limits.items()
        if not limit.hold(values[name])
    ]


def form_faults(
    data: object, what: str, *, version: int, known: Iterable[str], required: Iterable[str]
) -> list[Sentence]:
    """Return what is wrong with the version and the keys of a saved `what`."""
    if not isinstance(data, Mapping):
        return [sentence("A saved {what} is an object with keys; found {found}.", what=what, found=type(data).__name__)]
    known = tuple(known)
    missing = [name for name in required if name not in data]
    unknown = [str(name) for name in data if name not in (*known, "version")]
    faults = []
    if missing:
        faults.append(sentence("The saved {what} lacks: {keys}.", what=what, keys=", ".join(missing)))
    if unknown:
        faults.append(
            sentence(
                "The saved {what} has keys that mean nothing: {keys}. Known are: {known}.",
                what=what,
                keys=", ".join(unknown),
                known=", ".join(known),
            )
        )
    if data.get("version") != version or isinstance(data.get("version"), bool):
        faults.append(
            sentence(
                "The saved {what} has version {found}; this program reads version {version}.",
                what=what,
                found=str(data.get("version", "(none)")),
                version=version,
            )
        )
    return faults
