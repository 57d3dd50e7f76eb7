"""What was refused while a form was read, as sentences that name the path of each fault."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from medalloc.errors import InputError
from medalloc.saved.kinds import rule_of, version_of
from medalloc.saved.rules import Rule, shown
from medalloc.sentences import Sentence, sentence


class Refused(Exception):  # noqa: N818 - never seen by a caller
    """A value that its field does not take."""

    def __init__(self, found: object, rule: Rule) -> None:
        super().__init__()
        self.found, self.rule = found, rule


class WrongVersion(Exception):  # noqa: N818 - never seen by a caller
    """A form of another version than this program reads."""

    def __init__(self, found: object, known: int) -> None:
        super().__init__()
        self.found, self.known = found, known


Part = tuple[int | str, Any, object]
"""Place of a part in its list or object, its type and its plain value."""


def each_part(
    read: Callable[[object, Any], Any], parts: Iterable[Part], note: Any = IterableValidationNote
) -> list[Any]:
    """Read parts one by one, and refuse all that are wrong together, each with its place."""
    made, refused = [], []
    for place, kind, found in parts:
        try:
            made.append(read(found, kind))
        except (Refused, InputError, BaseValidationError) as error:
            error.add_note(note("", place, kind))
            refused.append(error)
    if refused:
        raise IterableValidationError("", refused, list)
    return made


def sentences(error: Exception, what: Sentence, path: str = "") -> Iterator[Sentence]:
    """Say everything that was refused.

    Parameters
    ----------
    what : Sentence
        What the form is, in lower case and without an article.
    path : str
        Where the error arose, such as ``limits.resources[2]``; empty for the form as a whole.

    Raises
    ------
    Exception
        The error itself if it is no fault of the form.
    """
    match error:
        case BaseValidationError():
            for each in error.exceptions:
                note = _note(each)
                place = path if note is None else joined(path, note)
                if isinstance(each, KeyError) and isinstance(note, AttributeValidationNote):
                    yield _lacking(what, place, rule_of(note.type))
                else:
                    yield from sentences(each, what, place)
        case Refused() if path:
            yield error.rule.fault(path, error.found)
        case Refused():
            found = type(error.found).__name__
            yield sentence("A saved {what} must be a JSON object, not {found}.", what=what, found=found)
        case WrongVersion():
            yield _version(error, what, path)
        case ForbiddenExtraKeysError():
            yield from _unknown(error, what, path)
        case InputError():
            for fault in error.faults:
                yield sentence("In “{name}”: {fault}", name=path, fault=fault) if path else fault
        case RecursionError():
            yield sentence("“{name}” is nested too deeply; it has been damaged.", name=path or what)
        case _:
            raise error


def joined(path: str, note: AttributeValidationNote | IterableValidationNote) -> str:
    """Return the path of a part; a word after a point, a place or anything else in brackets."""
    place = note.name if isinstance(note, AttributeValidationNote) else note.index
    if isinstance(note, AttributeValidationNote) or (isinstance(place, str) and place.isidentifier()):
        return f"{path}.{place}" if path else str(place)
    return f"{path}[{shown(place)}]"


def _note(error: Exception) -> AttributeValidationNote | IterableValidationNote | None:
    notes = getattr(error, "__notes__", ())
    return next((each for each in notes if isinstance(each, AttributeValidationNote | IterableValidationNote)), None)


def _lacking(what: Sentence, name: str, rule: Rule) -> Sentence:
    return sentence(
        "In the saved {what} this is missing: {name}. It must be {expected}.",
        what=what,
        name=name,
        expected=rule.sentence,
    )


def _unknown(error: ForbiddenExtraKeysError, what: Sentence, path: str) -> Iterator[Sentence]:
    versioned = () if version_of(error.cl) is None else ("version",)
    known = ", ".join((*versioned, *(each.name for each in fields(error.cl))))
    for entry in sorted(error.extra_fields):
        name = joined(path, IterableValidationNote("", entry, None))
        yield sentence(
            "A saved {what} has no entry called: {names}. Known are: {known}.", what=what, names=name, known=known
        )


def _version(error: WrongVersion, what: Sentence, path: str) -> Sentence:
    found = sentence("(none)") if error.found is None else shown(error.found)
    if path:
        name = f"{path}.version"
        return sentence(
            "“{name}” is {found}; this program reads version {known}.", name=name, found=found, known=error.known
        )
    return sentence(
        "The saved {what} has version {found}; this program reads version {known}.",
        what=what,
        found=found,
        known=error.known,
    )
