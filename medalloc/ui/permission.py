"""What who is here may do, as controls and downloads ask for it."""

from collections.abc import Callable
from contextlib import nullcontext, suppress

from medalloc.errors import NotAllowed, SourceError
from medalloc.safety.roles import Action
from medalloc.ui import account as accounts
from medalloc.ui.account import WITH_PATIENTS, account
from medalloc.ui.kept import workspace
from medalloc.ui.visit import OF_ANOTHER, called, may_change, visit


def allowed(action: Action) -> bool:
    """Whether who is here may do this."""
    return may_change() if action == "change" else account().may(action)


def hidden() -> tuple[str, ...]:
    """Return the screens that who is here does not see."""
    return () if allowed("see patients") else WITH_PATIENTS


def locked(also: bool = False) -> bool:
    """Whether a control that changes the study does nothing, as who is here may not or something else forbids it."""
    return also or not allowed("change")


def required(action: Action) -> None:
    """Refuse what who is here may not do.

    Raises
    ------
    NotAllowed
        With who may.
    """
    account().required(action)
    if action == "change" and not may_change():
        raise NotAllowed(OF_ANOTHER)


def exporting(what: str) -> Callable[[], None]:
    """Return what notes in the audit trail that something was taken along, when it is."""
    return noting("exported", what)


def noting(done: str, what: str) -> Callable[[], None]:
    """Return what notes in the audit trail that something was done, when it is."""
    who, kept, is_held = called(), workspace(), accounts.has_accounts()
    study = "" if visit().record is None else visit().token

    def note() -> None:
        # where there are accounts, nothing leaves or is decided without a note
        with nullcontext() if is_held else suppress(SourceError):
            kept.note(done, who=who, study=study, detail=what)

    return note
