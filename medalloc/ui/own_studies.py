"""Studies that are kept: whose a visitor sees, what they are called, and taking one away."""

from contextlib import suppress
from dataclasses import replace

from medalloc.errors import SourceError
from medalloc.ui import account as accounts
from medalloc.ui.account import account
from medalloc.ui.kept import workspace
from medalloc.ui.visit import begin_anew, called, jobs, visit, who
from medalloc.workspace import Record
from medalloc.workspace.housekeeping import remove


def copy(title: str) -> None:
    """Go on in a copy of the study that is open; it is whose who made it."""
    begin_anew(choices=visit().choices, title=title)


def recent(most: int) -> list[Record]:
    """Return the studies that this browser made, or everybody's where there are accounts, those last changed first."""
    if accounts.has_accounts():
        return workspace().recent(None, most) if account().may("see") else []
    # there are none where nothing tells browsers apart
    return workspace().recent(who(), most) if who() else []


def delete(id: str) -> None:
    """Take a kept study away for good; a visit that is in it begins anew."""
    try:
        account().required("manage")
        for run in workspace().runs_of(id):
            jobs().cancel(run)
        remove(workspace(), id, who=called())
    except SourceError as error:
        visit().not_kept = error.said
        return
    if visit().token == id:
        begin_anew()


def count_rows(rows: int | None) -> None:
    """Note how many rows the table of the study has, for lists of studies."""
    now = visit()
    if now.record is not None and rows is not None and rows != now.record.rows:
        now.record = replace(now.record, rows=rows)
        with suppress(SourceError):
            workspace().touch(now.record.id, rows=rows)
