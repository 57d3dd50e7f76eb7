"""Choices as plain data: which values are acceptable, and what is wrong with a saved form."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

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
    """Return what is wrong with the keys and the version of a saved `what`."""
    if not isinstance(data, Mapping):
        return [sentence("A saved {what} is an object with keys; found {found}.", what=what, found=type(data).__name__)]
    return key_faults(data, what, tuple(known), tuple(required)) + version_faults(data, what, version)


def key_faults(
    data: Mapping[str, object], what: str, known: tuple[str, ...], required: tuple[str, ...]
) -> list[Sentence]:
    """Return what is wrong with the keys of a saved `what`: missing ones and unknown ones."""
    missing = [name for name in required if name not in data]
    unknown = [str(name) for name in data if name not in (*known, "version")]
    faults = []
    if missing:
        faults.append(sentence("The saved {what} lacks: {keys}.", what=what, keys=listed(missing)))
    if unknown:
        faults.append(
            sentence(
                "The saved {what} has keys that mean nothing: {keys}. Known are: {known}.",
                what=what,
                keys=listed(unknown),
                known=", ".join(known),
            )
        )
    return faults


def version_faults(data: Mapping[str, object], what: str, version: int) -> list[Sentence]:
    """Return a fault unless `data` says that it was written in this version of the form."""
    if data.get("version") == version and not isinstance(data.get("version"), bool):
        return []
    return [
        sentence(
            "The saved {what} has version {found}; this program reads version {version}.",
            what=what,
            found=str(data.get("version", "(none)")),
            version=version,
        )
    ]


def one_of(name: str, value: object, known: Collection[str]) -> list[Sentence]:
    """Return what is wrong with a text that must be one of several."""
    if isinstance(value, str) and value in known:
        return []
    return [sentence("“{name}” is {found}; use one of: {known}.", name=name, found=repr(value), known=", ".join(known))]


def within(name: str, value: object, low: float, high: float, *, whole: bool = True) -> list[Sentence]:
    """Return what is wrong with a number that must lie in a range, ends included."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if is_number and low <= float(value) <= high and (not whole or isinstance(value, int)):  # type: ignore[arg-type]
        return []
    return [
        sentence(
            "“{name}” is {found}; it must be a {sort} from {low} to {high}.",
            name=name,
            found=repr(value),
            sort=sentence("whole number") if whole else sentence("number"),
            low=low,
            high=high,
        )
    ]


def require_entries(data: object, what: Sentence, known: Collection[str], version: int) -> Mapping[str, Any]:
    """Return plain data as a mapping whose entries are all known.

    Parameters
    ----------
    data : object
        What was read.
    what : Sentence
        What it should be, in lower case and without an article.
    known : collection of str
        Entries it may have besides its version.
    version : int
        The one this program reads.

    Raises
    ------
    InputError
        If it is no object, of another version, or has further entries; all faults at once.
    """
    if not isinstance(data, Mapping):
        raise InputError(sentence("A {what} must be a JSON object, not {found}.", what=what, found=type(data).__name__))
    faults = []
    if data.get("version") != version:
        faults.append(
            sentence(
                "The {what} has version {found}; this program reads version {known}.",
                what=what,
                found=repr(data.get("version")),
                known=version,
            )
        )
    others = sorted(set(map(str, data)) - {"version", *known})
    if others:
        faults.append(sentence("A {what} has no entry called: {names}.", what=what, names=", ".join(others)))
    if faults:
        raise InputError(*faults)
    return data
