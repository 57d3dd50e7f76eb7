"""Parts of the Data screen: choosing a file, the roles of its columns, its findings."""

from typing import Any

import pandas as pd
import streamlit as st

from medalloc.errors import MedallocError
from medalloc.tables.quality import Finding
from medalloc.tables.reading import read_bytes
from medalloc.tables.repairs import Repair, rejected_rows
from medalloc.tables.table import ROLES, Table, column_kind
from medalloc.ui import chain, downloads, layout, palette, samples, state, words
from medalloc.ui.words import _

FILE_KINDS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "parquet"]
SHOWN_ROWS = 200


def take_sample(file: str) -> None:
    """Start over with a sample."""
    sample = samples.sample(file) or samples.DEFAULT
    start_over(sample.file, sample.file, regions_file=sample.regions, regions_name=sample.regions or "")


def start_over(file: str, name: str, *, regions_file: str | None = None, regions_name: str = "") -> None:
    """Choose a table; what was decided about an earlier table no longer applies."""
    fresh = state.Choices()
    state.change(
        file=file,
        file_name=name,
        regions_file=regions_file,
        regions_name=regions_name,
        **{
            each: getattr(fresh, each)
            for each in (
                "encoding",
                "delimiter",
                "sheet",
                "roles",
                "repairs",
                "run",
                "run_of",
                "model",
                "resources",
                "budget",
                "floor",
            )
        },
    )


def choose_file(key: str) -> None:
    """Show the samples and the uploader; a file that cannot be read leaves the table in use as it is."""
    left, right = st.columns(2, gap="large")
    with left:
        chosen = st.selectbox(
            _("Try a sample"),
            [each.file for each in samples.SAMPLES],
            format_func=samples.title,
            key=f"{key}_sample",
            help=_("Real, public data; what each table can and cannot tell stands below it."),
        )
        st.button(
            _("Use this sample"), type=palette.main_button(), key=f"{key}_use", on_click=take_sample, args=(chosen,)
        )
    with right:
        st.file_uploader(
            _("Or choose your own table"),
            type=FILE_KINDS,
            key=f"{key}_upload",
            on_change=_take_upload,
            args=(f"{key}_upload",),
            help=_("CSV in any usual separator and encoding, Excel or Parquet; it stays on this machine."),
        )
    if fault := state.visit().fault:
        st.error(fault)


def _take_upload(key: str) -> None:
    state.visit().fault = None
    upload = state.widget(key)
    if upload is None:
        return
    content = upload.getvalue()
    try:
        read_bytes(content, upload.name)
    except MedallocError as error:
        state.visit().fault = words.say(error.said)
        return
    start_over(state.keep_file(content), upload.name)


def reading_options(table: Table) -> None:
    """Let the visitor correct how a text file or workbook was read."""
    if table.source.encoding is None and table.source.sheet is None:
        return
    with st.expander(_("How the file was read")):
        if table.source.sheet is not None:
            st.text_input(_("Worksheet"), placeholder=table.source.sheet, **state.bound("sheet"))
            return
        left, right = st.columns(2)
        names = {
            "utf-8": "UTF-8",
            "utf-8-sig": "UTF-8 (BOM)",
            "gb18030": "GB 18030",
            "cp1252": "Windows 1252",
            "utf-16": "UTF-16",
        }
        separators = {",": _("comma"), ";": _("semicolon"), "\t": _("tabulator"), "|": _("vertical bar")}
        left.selectbox(
            _("Encoding"),
            [None, *names],
            format_func=lambda each: (
                names[each]
                if each
                else _("recognised: {name}").format(name=names.get(table.source.encoding or "", table.source.encoding))
            ),
            **state.bound("encoding"),
        )
        right.selectbox(
            _("Separator"),
            [None, *separators],
            format_func=lambda each: (
                separators[each]
                if each
                else _("recognised: {name}").format(
                    name=separators.get(table.source.delimiter or "", table.source.delimiter)
                )
            ),
            **state.bound("delimiter"),
        )


def preview(table: Table) -> None:
    """Show the first rows as they came in."""
    st.dataframe(table.frame.head(SHOWN_ROWS), hide_index=True, height=280, alt=_("The first rows of the table"))
    st.caption(
        _("The first {shown} of {rows} rows.").format(
            shown=words.number(min(SHOWN_ROWS, len(table.frame))), rows=words.number(len(table.frame))
        )
    )


def roles_editor(table: Table) -> None:
    """Let the visitor say what each column is for."""
    units = sorted(
        {role for role in table.roles.values() if ":" in role}
        | {f"existing:{each}" for each in ("beds", "clinicians", "nurses")}
    )
    shown = pd.DataFrame(
        {
            "column": table.frame.columns,
            "role": [table.roles[name] for name in table.frame.columns],
            "kind": [kind_of(table.frame[name]) for name in table.frame.columns],
            "missing": table.frame.isna().sum().to_numpy(),
            "example": [_example(table.frame[name]) for name in table.frame.columns],
        }
    )
    st.data_editor(
        shown,
        hide_index=True,
        disabled=["column", "kind", "missing", "example"],
        column_config={
            "column": st.column_config.TextColumn(_("Column")),
            "role": st.column_config.SelectboxColumn(
                _("Role"), options=[*(each for each in ROLES if each not in ("existing", "cap")), *units], required=True
            ),
            "kind": st.column_config.TextColumn(_("Kind")),
            "missing": st.column_config.NumberColumn(_("Missing [rows]"), format="localized"),
            "example": st.column_config.TextColumn(_("Example")),
        },
        key="roles_editor",
        on_change=_take_roles,
        args=(tuple(table.frame.columns),),
        alt=_("The role of every column"),
    )


def _take_roles(columns: tuple[str, ...]) -> None:
    edited = state.widget("roles_editor")["edited_rows"]
    new = {columns[int(row)]: cells["role"] for row, cells in edited.items() if cells.get("role")}
    state.change(roles={**state.get().roles, **new})


def kind_of(column: pd.Series) -> str:
    """Return in one word what a column holds."""
    names = {"yes or no": _("yes or no"), "number": _("number"), "date": _("date"), "text": _("text")}
    return names[column_kind(column)]


def _example(column: pd.Series) -> str:
    known = column.dropna()
    return str(known.iloc[0]) if len(known) else ""


def findings_by_repair(shown: tuple[Finding, ...]) -> None:
    """Show what can be repaired with one click, and what is good to know."""
    repairable = [each for each in shown if each.repairable]
    others = [each for each in shown if not each.repairable]
    if not shown:
        st.success(_("Nothing was found that needs repair."))
    if repairable:
        accepted = set(state.get().repairs)
        st.data_editor(
            _findings_frame(repairable).assign(apply=[(each.kind, each.column) in accepted for each in repairable])[
                ["apply", "finding", "rows", "repair"]
            ],
            hide_index=True,
            disabled=["finding", "rows", "repair"],
            column_config=_findings_columns(),
            key="repairs_editor",
            on_change=_take_repairs,
            args=(tuple((each.kind, each.column) for each in repairable),),
            alt=_("Findings that can be repaired"),
        )
    if others:
        st.dataframe(
            _findings_frame(others),
            hide_index=True,
            column_config=_findings_columns(),
            alt=_("Findings that are good to know"),
        )


def _findings_frame(shown: list[Finding]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "finding": [words.plainly(each.message) for each in shown],
            "rows": [each.count for each in shown],
            "repair": [words.plainly(each.repair) for each in shown],
        }
    )


def _findings_columns() -> dict[str, Any]:
    return {
        "apply": st.column_config.CheckboxColumn(_("Repair")),
        "finding": st.column_config.TextColumn(_("What was found"), width="large"),
        "rows": st.column_config.NumberColumn(_("Rows"), format="localized"),
        "repair": st.column_config.TextColumn(_("What is done about it"), width="large"),
    }


def _take_repairs(offered: tuple[tuple[str, str | None], ...]) -> None:
    accepted = list(state.get().repairs)
    for row, cells in state.widget("repairs_editor")["edited_rows"].items():
        repair = offered[int(row)]
        if cells.get("apply") and repair not in accepted:
            accepted.append(repair)
        elif cells.get("apply") is False and repair in accepted:
            accepted.remove(repair)
    state.change(repairs=tuple(accepted))


def rejected(table: Table) -> None:
    """Offer the rows that repairs leave out, so that nothing disappears unseen."""
    out = table.frame[rejected_rows(table.frame, [Repair(*each) for each in state.get().repairs])]
    if len(out):
        st.caption(_("Rows left out by these repairs: {count}.").format(count=words.number(len(out))))
        downloads.offer(out, "rejected_rows", key="rejected")


def in_one_sentence() -> str:
    """Answer the screen's question with the current numbers."""
    try:
        table = chain.table()
    except MedallocError:
        return _("The table needs a repair before it can be used.")
    if table is None:
        return _("Choose a table of patients or of regions to begin.")
    rows, faults = words.number(len(table.frame)), words.number(len(chain.found()))
    if table.kind == "regions":
        return _("{rows} regions; findings: {faults}.").format(rows=rows, faults=faults)
    need = table.column("need")
    if need is None:
        return _("{rows} rows; no column says yet who was in need.").format(rows=rows)
    region = table.column("region")
    regions = words.number(table.frame[region].nunique()) if region else _("no")
    return _("{rows} patients, regions: {regions}, findings: {faults}.").format(
        rows=rows, regions=regions, faults=faults
    )


def remarks(table: Table) -> None:
    """Say which table is in use, what reading had to decide, and the caveats of a sample."""
    st.caption(_("In use: {name}").format(name=words.escape(table.source.name)))
    for note in table.notes:
        st.info(words.say(note))
    sample = samples.sample(state.get().file)
    if sample is not None:
        st.info(samples.caveat(sample.file))


def next_step() -> None:
    """Lead on: to preparation for patients, straight to allocation for regions."""
    table = chain.table()
    if table is not None and table.kind == "regions":
        layout.lead_to("allocate", _("Allocate: these are regions, so the patient steps are not needed"))
    else:
        layout.lead_to("prepare", _("Prepare: how the table is cleaned"))
