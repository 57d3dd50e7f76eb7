"""What an administrator does with everything that is kept: look, check, take along, take away."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from medalloc.errors import MedallocError
from medalloc.saved import ObjectsByAddress
from medalloc.sealing import ring_at
from medalloc.sentences import sentence
from medalloc.ui import kept, own_studies, state, visit
from medalloc.ui.kit import downloads, layout, numbers, pressed, printed, uploads, words
from medalloc.ui.kit.words import _
from medalloc.workspace import Record
from medalloc.workspace.backup import back_up
from medalloc.workspace.housekeeping import damaged_files, sweep
from medalloc.workspace.place import keep_days

SHOWN = 500
"""Entries of the audit trail that are shown. [count]"""

SWEEP = "workspace_sweep"


def workspace() -> None:
    """Show an administrator the workspace; nothing to anybody else."""
    if not state.allowed("manage"):
        return
    label, icon = _("Manage the workspace"), ":material/admin_panel_settings:"
    # with a key it stays open wherever what stands above it moves it to
    with uploads.folded(label, SWEEP, icon=icon, key="manage_workspace", on_change="rerun") as shown:
        if not shown.open:
            return
        st.markdown(_about())
        try:
            _studies(kept.workspace().recent())
            _tidy()
            _trail()
        except MedallocError as error:
            layout.faults(layout.faults_of(error))


def _about() -> str:
    """Say where everything is, and who can read it there."""
    objects = kept.workspace().objects
    folder = objects.address if isinstance(objects, ObjectsByAddress) else objects.folder
    if ring_at(objects.folder) is not None:
        said = _("Everything is kept in “{folder}”, encrypted by a key that is not there.")
    else:
        said = _(
            "Everything is kept in “{folder}”, where the server's user can read it; “medalloc workspace encrypt” "
            "encrypts it."
        )
    return said.format(folder=words.escape(str(folder)))


def _studies(studies: list[Record]) -> None:
    st.subheader(_("All studies"), anchor=False)
    frame = pd.DataFrame(
        {
            "name": [each.name for each in studies],
            "rows": pd.array([each.rows for each in studies], dtype="Int64"),
            "changed": [words.ago(each.changed) for each in studies],
        }
    )
    chosen = printed.grid(
        frame,
        column_config={
            "name": st.column_config.TextColumn(_("Study"), width="large"),
            "rows": st.column_config.NumberColumn(_("Rows"), format="localized"),
            "changed": st.column_config.TextColumn(_("Changed")),
        },
        selection_mode="multi-row",
        on_select="rerun",
        key="managed_studies",
        alt=_("Every study of the workspace"),
    )
    ids = [studies[row].id for row in chosen["selection"]["rows"] if row < len(studies)]
    with st.container(horizontal=True, vertical_alignment="center"):
        sure = st.checkbox(_("Delete what is selected for good"), key="managed_sure", disabled=not ids)
        pressed.button(
            *(_("Delete"), _delete, ids),
            key="managed_delete",
            icon=":material/delete:",
            disabled=not (ids and sure),
        )


def _delete(ids: list[str]) -> None:
    for each in ids:
        own_studies.delete(each)
    state.start_over("managed_sure")
    state.start_over("managed_studies")


def _tidy() -> None:
    """Offer a backup, and to take away what is old."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        days = numbers.free(
            _("Delete studies that nobody opened for [days]"),
            "managed_days",
            int(keep_days() or 365),
            low=1,
            help=_("MEDALLOC_KEEP_DAYS does so at each start."),
        )
    with right.container(horizontal=True):
        pressed.button(
            *(_("Take away now"), _sweep, days),
            key="managed_sweep",
            icon=":material/auto_delete:",
            disabled=days is None,
        )
        who, at = visit.called(), kept.workspace()

        def backup() -> bytes:
            with TemporaryDirectory() as folder:
                back_up(at, Path(folder) / "all.zip", who=who)
                return (Path(folder) / "all.zip").read_bytes()

        st.download_button(
            _("Download a backup"),
            backup,
            f"medalloc-{datetime.now():%Y%m%d}.zip",
            "application/zip",
            key="managed_backup",
            icon=":material/download:",
            on_click="ignore",
            help=_("Everything, as encrypted as it is here; “medalloc workspace restore” reads it."),
        )
    uploads.tell(SWEEP)


def _sweep(days: int) -> None:
    with uploads.refusing(SWEEP):
        state.required("manage")
        gone = sweep(kept.workspace(), days, who=visit.called())
        st.toast(
            words.say(
                sentence(
                    "Taken away: studies {studies}, files {files}, runs {runs}.",
                    studies=gone.studies,
                    files=gone.files,
                    runs=gone.runs,
                )
            )
        )


def _trail() -> None:
    """Show who did what, and whether anything was changed afterwards."""
    st.subheader(_("Who saw, changed and took along what"), anchor=False)
    names = {each.id: each.name for each in kept.workspace().recent()}
    what = {
        "begun": _("begun"),
        "opened": _("opened"),
        "changed": _("changed"),
        "renamed": _("renamed"),
        "exported": _("taken along"),
        "decided": _("decided on a move"),
        "packed": _("packed as one file"),
        "deleted": _("deleted"),
        "backed up": _("backed up"),
        "encrypted": _("encrypted"),
        "role": _("role given"),
    }
    entries = kept.workspace().trail(SHOWN)
    shown = pd.DataFrame(
        {
            "at": [_minute(each.at) for each in entries],
            "who": [each.who for each in entries],
            "what": [what.get(each.what, each.what) for each in entries],
            "study": [names.get(each.study, each.study) for each in entries],
            "detail": [each.detail for each in entries],
        }
    )
    printed.grid(
        shown,
        column_config={
            "at": st.column_config.TextColumn(_("When (UTC)")),
            "who": st.column_config.TextColumn(_("Who")),
            "what": st.column_config.TextColumn(_("What")),
            "study": st.column_config.TextColumn(_("Study")),
            "detail": st.column_config.TextColumn(_("Details"), width="large"),
        },
        alt=_("The audit trail, the newest first"),
    )
    downloads.offer(shown, "audit", key="managed_audit", action="manage")
    if st.button(_("Check the trail and every file"), key="managed_verify", icon=":material/verified:"):
        _verified()


def _verified() -> None:
    found, damaged = kept.workspace().verify(), damaged_files(kept.workspace())
    faults = [*found.faults, *(sentence("The file “{name}” is gone or was changed.", name=each) for each in damaged)]
    if faults:
        layout.faults(faults)
    else:
        said = _("Every entry ({count}) and every file is as it was written. The last hash is {hash}.")
        st.success(said.format(count=words.number(found.entries), hash=found.last))


def _minute(at: str) -> str:
    """Return a time to the minute."""
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M}"
