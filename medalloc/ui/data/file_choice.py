"""Parts of the Data screen: choosing a file, how it was read, what is in it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from medalloc.errors import InputError
from medalloc.study import Study
from medalloc.study.parts import Data
from medalloc.tables.account import Account
from medalloc.tables.checks.finding import Finding
from medalloc.tables.shapes.catalogue import shaped
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.data import lines
from medalloc.ui.kit import layout, palette, printed, samples, uploads, words
from medalloc.ui.kit.words import _

SHOWN_ROWS = 200
FIRST = 4
"""Remarks that stand in full; more are folded. [count]"""
FURTHER = "further_files"

OF_A_TABLE = (
    *(
        "more_files",
        "encoding",
        "delimiter",
        "sheet",
        "header_row",
        "first_row",
        "last_row",
        "lines_left_out",
        "blanks",
        "decimal",
        "day_first",
        "kept_as_text",
        "shape",
        "files_beside",
        "roles",
        "need_is",
        "need_as",
        "need_unit",
        "repairs",
    ),
    *("summary_rows", "region_level", "model"),
    *("resources", "region_changes", "budget", "floor"),
    *("regions_roles", "population_file", "population_name", "futures_file", "futures_name"),
    *("demand_from", "counts_file", "counts_name", "counts_regions_file", "counts_regions_name", "forecast_by_hand"),
    "sum_rows",
    *("boundary_set", "boundaries_file", "boundaries_name", "boundaries_column", "boundary_of"),
    *("priority_rule", "other_rule", "units_given", "overrides", "longest_way"),
    *("fairness_group", "need_label", "cost_label"),
)
"""What was decided about one table and does not hold for another."""


def take_sample(file: str) -> None:
    """Start over with a sample."""
    sample = samples.sample(file) or samples.DEFAULT
    start_over(sample.file, sample.file, regions=sample.regions, facilities=sample.facilities)


def start_over(
    file: str,
    name: str,
    *,
    regions: str | None = None,
    facilities: str | None = None,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Choose a table, with samples beside it; what was decided about an earlier table no longer applies."""
    fresh = Study()
    state.begin_study_of(file)
    state.forget(
        "training",
        "option_search",
        "searched_plan",
        "searched_rivals",
        "searched_margin",
        "searched_change",
        "held_futures",
    )
    state.change(
        **{each: fresh.choice(each) for each in OF_A_TABLE} | {"roles": roles or {}},
        file=file,
        file_name=name,
        regions_file=regions,
        regions_name=regions or "",
        facilities_file=facilities,
        facilities_name=facilities or "",
    )


def choose_file(key: str, *, in_use: bool) -> None:
    """Show the samples and the uploader; a file that cannot be read leaves the table in use as it is.

    Parameters
    ----------
    key : str
        Tells these controls from others.
    in_use : bool
        Whether there is a table already; then they are folded.
    """
    place = uploads.folded(_("Choose another table"), f"{key}_upload") if in_use else st.container()
    left, right = place.columns(2, gap="large")
    with left:
        chosen = st.selectbox(
            _("Try a sample"),
            [each.file for each in samples.SAMPLES],
            format_func=samples.title,
            help=_("Real, public data; what each can and cannot tell is said once it is in use."),
            **state.bound(at.look.sample),
        )
        st.button(
            _("Use this sample"), type=palette.main_button(), key=f"{key}_use", on_click=take_sample, args=(chosen,)
        )
    with right:
        uploads.tables(
            _("Or choose your own table"),
            f"{key}_upload",
            _take,
            help=_("CSV in any usual separator and encoding, Excel or Parquet; it stays on this machine."),
        )


def further_files(chosen: Data) -> None:
    """Let the visitor add files with the same columns, whose rows come below those of the first."""
    if chosen.file is None:
        return
    with uploads.folded(_("Further files with the same columns"), FURTHER, expanded=bool(chosen.more_files)):
        uploads.tables(
            _("Their rows come below those of the first file"),
            FURTHER,
            _take_further,
            help=_("Such as a file a month; a column says from which file each row is."),
            several=True,
        )
        if chosen.more_files:
            names = ", ".join(name for _file, name in chosen.more_files)
            st.caption(_("In use: {name}").format(name=words.escape(names)))
            st.button(_("Take them out"), key="further_out", on_click=lambda: state.change(more_files=()))


def _take_further(file: str, table: Table) -> None:
    state.revise(at.study.data.more_files, _with_file, (file, table.source.name))


def _with_file(before: tuple[tuple[str, str], ...], kept: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({*before, kept}, key=lambda each: each[1]))


def _take(file: str, table: Table) -> None:
    start_over(file, table.source.name, roles=_known_roles(table))


def _known_roles(table: Table) -> Mapping[str, str] | None:
    """Return the roles that were given by hand to an earlier table with the same columns."""
    try:
        mapped = state.remembered(shaped(table).frame.columns)
    except InputError:
        # told where the table is read
        return None
    return None if mapped is None else mapped.roles


def understood(table: Table, account: Account | None) -> None:
    """Show the first rows as they came in, beside the lines of their file where it has lines."""
    if account is None:
        with st.expander(_("The first rows")):
            _preview(table)
        return
    with st.expander(_("The first rows, and the lines of the file")):
        left, right = st.columns(2, gap="large")
        with left:
            lines.as_they_stand(account)
        with right:
            _preview(table)


def in_use(table: Table, account: Account | None) -> None:
    """Say which table is in use, and what became of the lines of its file."""
    said = _("In use: {name}").format(name=words.escape(table.source.name))
    st.caption(said if account is None else f"{said} · {words.say(account.said())}")


def _preview(table: Table) -> None:
    printed.grid(table.frame.head(SHOWN_ROWS), height=280, alt=_("The first rows of the table"))
    st.caption(
        _("Rows shown: {shown} of {rows}; columns: {columns}.").format(
            shown=words.number(min(SHOWN_ROWS, len(table.frame))),
            rows=words.number(len(table.frame)),
            columns=words.number(len(table.frame.columns)),
        )
    )


def in_one_sentence(file: str | None, table: Table | None, found: Sequence[Finding], *, counts: bool) -> str:
    """Answer the screen's question with the current numbers.

    Parameters
    ----------
    file : str, optional
        What was chosen.
    table : Table, optional
        As it is used; None where nothing was chosen, or it cannot be used yet.
    found : sequence of Finding
        What was found about it.
    counts : bool
        Whether it holds counts over time.
    """
    if file is None:
        return _("Choose a table of patients or of regions to begin.")
    if table is None:
        return _("The table needs a repair before it can be used.")
    rows = len(table.frame)
    faults = (
        words.several("{count} problem found", "{count} problems found", len(found))
        if found
        else _("no problems found")
    )
    if counts:
        return _("{rows} of counts over time; the Demand screen forecasts them.").format(rows=words.rows(rows))
    if table.kind == "regions":
        return _("{regions}; {faults}.").format(regions=words.regions(rows), faults=faults)
    if table.column("need") is None:
        columns = words.several("{count} column", "{count} columns", len(table.frame.columns))
        return _("{rows}, {columns}; no column says yet who was in need.").format(
            rows=words.rows(rows), columns=columns
        )
    patients, region = words.several("{count} patient", "{count} patients", rows), table.column("region")
    if region is None:
        return _("{patients}, no region column; {faults}.").format(patients=patients, faults=faults)
    regions = words.regions(int(table.frame[region].nunique()))
    return _("{patients} in {regions}; {faults}.").format(patients=patients, regions=regions, faults=faults)


def figures(table: Table, roles: Mapping[str, str], found: Sequence[Finding]) -> list[layout.Figure]:
    """Return how much there is, how much of it is used, how much is missing, and what was found."""
    kinds = {"patients": _("Patients"), "regions": _("Regions")}
    used = sum(role != "ignored" for role in roles.values())
    mended = sum(each.repairable for each in found)
    repairs = _("{count} can be repaired here").format(count=words.number(mended))
    return [
        layout.Figure(kinds.get(table.kind, _("Rows")), words.number(len(table.frame)), below=_("rows of the table")),
        layout.Figure(
            _("Columns"), words.number(len(roles)), below=_("{count} in use").format(count=words.number(used))
        ),
        layout.Figure(_("Missing"), words.percent(state.keep(_missing, table), 1), below=_("of all cells")),
        layout.Figure(_("Findings"), words.number(len(found)), below=repairs if found else _("nothing to repair")),
    ]


def _missing(table: Table) -> float:
    """Return the share of cells that are missing, column by column: all at once they would take as much again."""
    missing = sum(int(cells.isna().sum()) for _name, cells in table.frame.items())
    return missing / max(table.frame.size, 1)


def remarks(table: Table, file: str | None) -> None:
    """Say what reading had to decide, and the caveats of a sample."""
    told = [words.say(note) for note in table.notes]
    if (sample := samples.sample(file)) is not None:
        told.append(samples.caveat(sample.file))
    if told:
        st.info(layout.together(told[:FIRST]))
    if more := told[FIRST:]:
        with st.expander(words.several("{count} more remark on reading", "{count} more remarks on reading", len(more))):
            st.info(layout.together(more))


def next_step(table: Table | None, *, counts: bool) -> None:
    """Lead on: to preparation for patients, straight to allocation for regions, to the forecast of counts."""
    if counts:
        layout.lead_to("demand", _("Demand: these are counts over time, so the patient steps are not needed"))
    elif table is not None and table.kind == "regions":
        layout.lead_to("allocate", _("Allocate: these are regions, so the patient steps are not needed"))
    else:
        layout.lead_to("prepare", _("Prepare: how the table is cleaned"))
