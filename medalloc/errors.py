"""What a user can cause, and how they can repair it. Anything else is a bug and surfaces as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medalloc.sentences import Sentence, sentence, together


class MedallocError(Exception):
    """Base of every error a user can do something about."""

    @property
    def said(self) -> Sentence:
        """What went wrong, in words that can still be translated."""
        return Sentence("{reason}", {"reason": str(self)})


class InputError(MedallocError):
    """The table or a value must be mended. Says every fault at once."""

    def __init__(self, *faults: Sentence) -> None:
        self.faults = faults
        super().__init__(" ".join(str(fault) for fault in faults))

    def __reduce__(self) -> tuple[type["InputError"], tuple[Sentence, ...]]:
        """Cross to another process with every fault."""
        return type(self), tuple(self.faults)

    @property
    def said(self) -> Sentence:
        """Every fault, one after the other."""
        return together(self.faults)


class SourceError(MedallocError):
    """A file, a feed or a store cannot be reached."""

    def __init__(self, fault: Sentence) -> None:
        self.fault = fault
        super().__init__(str(fault))

    def __reduce__(self) -> tuple[type["SourceError"], tuple[Sentence]]:
        """Cross to another process with the fault."""
        return type(self), (self.fault,)

    @property
    def said(self) -> Sentence:
        """The fault."""
        return self.fault


class NotAllowed(SourceError):  # noqa: N818
    """Somebody may not do what they asked for; says who may."""


@dataclass(frozen=True)
class Conflict:
    """One limit that cannot be kept together with the others."""

    limit: Sentence
    """Which limit, in words."""

    required: float
    """What keeping the floors would take, in the unit of the limit."""

    available: float
    """What there is, in the same unit."""

    repair: Sentence
    """What would make it fit."""

    remedies: tuple[Mapping[str, object], ...] = ()
    """The same as data: changes of a scenario, each of which alone would make this limit fit."""


class InfeasibleError(MedallocError):
    """No plan keeps every limit; carries each conflict."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(self.conflicts)

    def __reduce__(self) -> tuple[type["InfeasibleError"], tuple[tuple[Conflict, ...]]]:
        """Cross to another process with every conflict."""
        return type(self), (self.conflicts,)

    def __str__(self) -> str:
        # written when somebody reads it: there may be thousands
        return str(self.said)

    @property
    def said(self) -> Sentence:
        """Every conflict and its repair, one after the other."""
        return together(each for conflict in self.conflicts for each in (conflict.limit, conflict.repair))


def refused(template: str, /, **values: object) -> InputError:
    """Return the error of one fault; its template is collected for translation like that of a sentence."""
    return InputError(Sentence(template, values))


def unreached(template: str, /, **values: object) -> SourceError:
    """Return the error of what cannot be reached, likewise."""
    return SourceError(Sentence(template, values))


def require(*faults: Sentence) -> None:
    """Refuse what has faults, all of them at once.

    Raises
    ------
    InputError
        With every fault, if there is any.
    """
    if faults:
        raise InputError(*faults)


def reason_of(error: Exception) -> str:
    """Return why the machine refused, to stand within a sentence."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return str(error).rstrip(".")


def not_opened(file: object, error: Exception) -> SourceError:
    """Return the error of a file that cannot be read."""
    return SourceError(sentence("“{file}” cannot be opened: {reason}.", file=str(file), reason=reason_of(error)))


def not_written(file: object, error: Exception) -> SourceError:
    """Return the error of a file that cannot be written."""
    return SourceError(sentence("“{file}” cannot be written: {reason}.", file=str(file), reason=reason_of(error)))
