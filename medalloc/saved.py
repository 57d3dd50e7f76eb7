"""Choices as plain data: which values are acceptable, and what is wrong with a saved form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, cast

import numpy as np

from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence


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
        number_fault(name.replace("_", " "), values[name], limit)
        for name, limit in limits.items()
        if not limit.hold(values[name])
    ]


def number_fault(name: str, value: object, limits: Limits) -> Sentence:
    """Return that a number is outside its limits, and what would do."""
    return sentence(
        "“{name}” is {found}; it must be a {expected}.", name=name, found=repr(value), expected=limits.sentence
    )


def within(name: str, value: object, low: float, high: float, *, whole: bool = True) -> list[Sentence]:
    """Return what is wrong with a number that must lie in a range, ends included; a whole one must be an integer."""
    limits = Limits(low, high, whole=whole)
    if limits.hold(value) and (not whole or isinstance(value, int)):
        return []
    return [number_fault(name, value, limits)]


def one_of(name: str, value: object, known: Collection[str]) -> list[Sentence]:
    """Return what is wrong with a text that must be one of several."""
    if isinstance(value, str) and value in known:
        return []
    return [sentence("“{name}” is {found}; use one of: {known}.", name=name, found=repr(value), known=", ".join(known))]


def require_form(
    data: object, what: Sentence, *, version: int, known: Collection[str], required: Collection[str] = ()
) -> Mapping[str, Any]:
    """Return plain data as an object whose version and entries are right.

    Parameters
    ----------
    data : object
        What was read.
    what : Sentence
        What it should be, in lower case and without an article.
    version : int
        The one this program reads.
    known, required : collection of str
        Entries it may have besides its version, and those it must have.

    Raises
    ------
    InputError
        With every fault of the form at once.
    """
    if faults := form_faults(data, what, version=version, known=known, required=required):
        raise InputError(*faults)
    return cast("Mapping[str, Any]", data)


def form_faults(
    data: object, what: Sentence, *, version: int, known: Collection[str], required: Collection[str] = ()
) -> list[Sentence]:
    """Return what is wrong with the entries and the version of a saved `what`."""
    if not isinstance(data, Mapping):
        return [sentence("A saved {what} must be a JSON object, not {found}.", what=what, found=type(data).__name__)]
    faults = entry_faults(data, what, known=(*known, "version"), required=required)
    if data.get("version") != version or isinstance(data["version"], bool):
        faults.append(
            sentence(
                "The saved {what} has version {found}; this program reads version {known}.",
                what=what,
                found=str(data.get("version", "(none)")),
                known=version,
            )
        )
    return faults


def entry_faults(
    data: Mapping[str, object], what: Sentence, *, known: Collection[str], required: Collection[str] = ()
) -> list[Sentence]:
    """Return what is wrong with the entries of a saved `what`: missing ones and unknown ones."""
    missing = [name for name in required if name not in data]
    unknown = [name for name in data if name not in known]
    faults = []
    if missing:
        faults.append(sentence("The saved {what} lacks: {names}.", what=what, names=listed(missing)))
    if unknown:
        faults.append(
            sentence(
                "A saved {what} has no entry called: {names}. Known are: {known}.",
                what=what,
                names=listed(unknown),
                known=", ".join(known),
            )
        )
    return faults
