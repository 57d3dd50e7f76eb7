"""Studies that are kept: go on with one, call it otherwise, take it along as a file, delete it."""

from functools import partial

import streamlit as st

from medalloc.errors import MedallocError, refused, require
from medalloc.report.embedding import contained
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import is_hash
from medalloc.study.named import named_in
from medalloc.ui import kept, own_studies, state, visit
from medalloc.ui.choices import Choices
from medalloc.ui.kit import layout, thumbnail, uploads, words
from medalloc.ui.kit.words import _
from medalloc.workspace import Record
from medalloc.workspace.housekeeping import size
from medalloc.workspace.packed import SUFFIX, pack, unpack
from medalloc.workspace.place import keep_days
from medalloc.workspace.trained import trained_files, with_models

MOST = 5
"""Studies that are listed, those last changed first. [count]"""


def recent() -> None:
    """List the studies of this browser, each with what can be done with it; nothing where there is none."""
    try:
        studies = own_studies.recent(MOST)
    except MedallocError as error:
        layout.faults(layout.faults_of(error))
        return
    if not studies:
        return
    st.subheader(_("Continue where I was"), anchor=False)
    with st.container(border=True, gap="small"):
        for each in studies:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                _row(each)
    if kept.goes_with_server():
        st.caption(_("They are kept as long as this server runs."))
    elif (days := keep_days()) is not None:
        st.caption(
            words.counted(
                "A study that nobody opens for {days} day is deleted.",
                "A study that nobody opens for {days} days is deleted.",
                days,
            ).format(days=words.number(days))
        )


def _row(study: Record) -> None:
    is_open = visit.visit().token == study.id
    rows, taken = study.rows, size(kept.workspace(), study.id)
    about = [
        words.ago(study.changed),
        *([] if rows is None else [words.rows(rows)]),
        # a sample takes nothing
        *([words.size(taken)] if taken else []),
    ]
    thumbnail.show(study.id, study.name)
    st.button(
        words.escape(study.name),
        key=f"open_{study.id}",
        type="tertiary",
        icon=":material/radio_button_checked:" if is_open else ":material/arrow_forward:",
        disabled=is_open,
        help=_("You are in this study now.") if is_open else _("Go on with this study"),
        on_click=visit.begin_anew,
        args=(study.id,),
    )
    st.space("stretch")
    st.caption(" · ".join(about), width="content")
    with st.popover(_("More"), key=f"more_{study.id}"):
        _more(study)


def _more(study: Record) -> None:
    title = f"title_{study.id}"
    st.text_input(
        _("Name"),
        study.name,
        key=title,
        max_chars=120,
        on_change=_rename,
        args=(study.id, title),
        disabled=state.locked(),
    )
    may_take, may_delete = state.allowed("export patients"), state.allowed("manage")
    st.download_button(
        _("Download as one file"),
        partial(_packed, study, visit.called()) if may_take else b"",
        f"{study.name.rpartition('/')[2]}{SUFFIX}",
        "application/octet-stream",
        key=f"pack_{study.id}",
        icon=":material/download:",
        on_click="ignore",
        help=_("The study with its tables and trained models."),
        disabled=not may_take,
    )
    sure = st.checkbox(
        _("Delete it for good, with its tables and models"), key=f"sure_{study.id}", disabled=not may_delete
    )
    st.button(
        _("Delete"),
        key=f"delete_{study.id}",
        icon=":material/delete:",
        disabled=not (sure and may_delete),
        on_click=own_studies.delete,
        args=(study.id,),
    )


def _rename(id: str, control: str) -> None:
    if title := state.widget(control).strip():
        visit.rename(id, title)


def _packed(study: Record, who: str) -> bytes:
    kept.workspace().note("packed", who=who, study=study.id)
    choices = visit.choices_of(study)
    return pack(choices.study, study.name, visit.files().content, trained_files(choices.tickets, visit.jobs()))


def open_file() -> None:
    """Let the visitor bring a study that somebody packed, or a report that it is attached to."""
    with uploads.folded(_("Open a study from a file"), "home_open"):
        uploads.uploader(
            _("A file that ends in .medalloc, or a report as PDF; what is in it becomes a study of your own."),
            "home_open",
            _open,
            kinds=(SUFFIX.removeprefix("."), "pdf"),
        )


def _open(content: bytes, name: str) -> None:
    if content.startswith(b"%PDF"):
        visit.begin_anew(choices=Choices(study=_without_folder(_of_report(content))), title=name.removesuffix(".pdf"))
        return
    files = visit.files()
    found = unpack(content, name, files.keep)
    study = _without_folder(found.study)
    tickets = with_models(Answers(study, files, visit.jobs()), content, name, found)
    visit.begin_anew(choices=Choices(study=study, tickets=tickets), title=found.title)


def _without_folder(study: Study) -> Study:
    """Return a study, unless it would have the server open a folder that its sender names."""
    if study.data.partitions:
        raise refused("This study is of a table in partitions; commands open it on the machine that has the table.")
    return study


def _of_report(content: bytes) -> Study:
    """Return the study that is attached to a report; a file of it that is not must be here already."""
    files = visit.files()
    found = contained(content, files.objects.folder)
    asked = [each for each in named_in(found.study) if is_hash(each.file)]
    require(
        *(
            sentence(
                "The report does not hold “{file}”, as a table of patients is attached only if somebody chose so; "
                "ask for the study as one file.",
                file=each.name,
            )
            for each in asked
            if each.file not in found.files.inside and not files.has(each.file)
        )
    )
    for each in asked:
        if each.file in found.files.inside:
            files.keep(found.files.inside[each.file])
    return found.study
