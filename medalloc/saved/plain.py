"""Frozen dataclasses as plain data and back: every fault of a saved form at once, each with its path."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar, Self, TypeVar, get_type_hints

import numpy as np
from cattrs.errors import AttributeValidationNote, BaseValidationError
from numpy.typing import NDArray

from medalloc.errors import InputError, require
from medalloc.saved.cells import plain_cells
from medalloc.saved.faults import Refused, each_part, sentences
from medalloc.saved.kinds import version_of
from medalloc.saved.reading import Reader
from medalloc.sentences import Sentence

Form = TypeVar("Form")

_PLAIN, _MADE = Reader(), Reader(made=True)


def from_plain(kind: type[Form], data: object, what: Sentence) -> Form:
    """Read a frozen dataclass from plain data, such as what was read from JSON.

    Parameters
    ----------
    kind : type
        The dataclass. Its fields are text, numbers, true or false, `Literal`, tuples, mappings from text, other frozen
        dataclasses, ``Annotated[..., rule]`` and unions of these. A class attribute ``version`` says which version of
        the form is read. What is wrong with several fields together is raised by ``__post_init__`` as an `InputError`,
        or returned by a method ``own_faults``.
    data : object
        Lists, objects, texts and numbers. True is no number, and "3" is none; 3.0 is a whole one.
    what : Sentence
        What is read, in lower case and without an article.

    Raises
    ------
    InputError
        With every fault at once, each naming its path, such as ``limits.resources[2].stock``.

    Examples
    --------
    >>> from medalloc.saved.rules import Limits
    >>> from_plain(Limits, {"low": 1, "high": 9, "whole": 1}, Sentence("range"))
    Traceback (most recent call last):
    medalloc.errors.InputError: “whole” is 1; it must be true or false.
    >>> from_plain(Limits, {"low": 1, "high": 9, "whole": True}, Sentence("range"))
    Limits(low=1.0, high=9.0, above=False, whole=True)
    """
    try:
        return _PLAIN.read(data, kind)  # type: ignore[no-any-return]
    except (BaseValidationError, Refused) as error:
        raise InputError(*sentences(error, what)) from None


def to_plain(value: object) -> Any:
    """Return plain data from which `from_plain` reads the same: lists for tuples and arrays, objects for dataclasses.

    A dataclass whose class attribute ``sparse`` is true leaves out what is as by default.

    Examples
    --------
    >>> to_plain({"both": (1.5, np.array([1.0, np.nan]))})
    {'both': [1.5, [1.0, None]]}
    """
    return plain_and_arrays(value, None)


def plain_and_arrays(value: object, arrays: dict[str, NDArray[Any]] | None) -> Any:
    """Return plain data; given a place for arrays, only their names stand in it, and what is infinite is text."""
    match value:
        case np.ndarray():
            if arrays is None:
                return plain_cells(value)
            arrays[f"array{len(arrays)}"] = value
            return f"array{len(arrays) - 1}"
        case Sentence():
            return value.to_json()
        case np.generic():
            return plain_and_arrays(value.item(), arrays)
        case list() | tuple():
            return [plain_and_arrays(each, arrays) for each in value]
        case Mapping():
            return {str(name): plain_and_arrays(each, arrays) for name, each in value.items()}
        case float() if arrays is not None and not np.isfinite(value):
            return str(value)
        case date() if arrays is not None:
            return value.isoformat()
    if is_dataclass(value):
        version = version_of(type(value))
        said = [each for each in fields(value) if not getattr(value, "sparse", False) or _differs(value, each)]
        entries = {each.name: plain_and_arrays(getattr(value, each.name), arrays) for each in said}
        return entries if version is None else {"version": version, **entries}
    return value


def _differs(value: Any, entry: Field[Any]) -> bool:
    usual = entry.default if entry.default_factory is MISSING else entry.default_factory()
    return bool(getattr(value, entry.name) != usual)


def field_faults(made: Any) -> list[Sentence]:
    """Return what is wrong with each field of a dataclass by itself, for its ``__post_init__``; names are in words."""
    hints = get_type_hints(type(made), include_extras=True)
    parts = [(each.name.replace("_", " "), hints[each.name], getattr(made, each.name)) for each in fields(made)]
    try:
        each_part(_MADE.read, parts, AttributeValidationNote)
    except BaseValidationError as error:
        return list(sentences(error, Sentence("")))
    return []


class Saved:
    """Base of a frozen dataclass that checks itself, whether made by hand or read."""

    noun: ClassVar[Sentence]
    """What it is, in lower case and without an article."""

    def __post_init__(self) -> None:
        require(*(field_faults(self) or self.own_faults()))

    def own_faults(self) -> list[Sentence]:
        """Return what is wrong with fields together; called once each is right by itself."""
        return []

    def to_json(self) -> dict[str, Any]:
        """Return plain data, with the version if it has one."""
        return dict(to_plain(self))

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read what `to_json` wrote; what is left out is as by default.

        Raises
        ------
        InputError
            With every fault at once, each with its path.
        """
        return from_plain(cls, data, cls.noun)
