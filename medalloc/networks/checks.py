"""Checks that descriptions of networks and of their training share."""

from collections.abc import Collection, Mapping
from numbers import Real
from typing import Any

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence


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


def require_entries(data: object, known: Collection[str], version: int) -> Mapping[str, Any]:
    """Return plain data as a mapping whose entries are all known.

    Raises
    ------
    InputError
        If it is no object, of another version, or has further entries; all faults at once.
    """
    if not isinstance(data, Mapping):
        raise InputError(
            sentence("A description of a network must be a JSON object, not {found}.", found=type(data).__name__)
        )
    faults = []
    if data.get("version") != version:
        faults.append(
            sentence(
                "The description of a network has version {found}; this program reads version {known}.",
                found=repr(data.get("version")),
                known=version,
            )
        )
    others = sorted(set(map(str, data)) - {"version", *known})
    if others:
        faults.append(sentence("A description of a network has no entry called: {names}.", names=", ".join(others)))
    if faults:
        raise InputError(*faults)
    return data
